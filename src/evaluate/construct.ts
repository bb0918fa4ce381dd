import type { CallExpr } from '../ir/nodes.ts';
import type { CallArguments } from './arguments.ts';
import { findInClass } from './attributes.ts';
import { callFunction } from './call-function.ts';
import { ancestors, type ClassInfo } from './class-info.ts';
import type { Frame } from './frame.ts';
import { HeapObject } from './heap.ts';
import { type Interpreter, site } from './interpreter.ts';
import { libraryAncestors } from './names.ts';
import { typedValue } from './types.ts';
import type { Value } from './value.ts';

/** Calling a project class: a new object, on which `__init__` (or the fields of a dataclass) has run. */
export function construct(
  interpreter: Interpreter,
  frame: Frame,
  info: ClassInfo,
  args: CallArguments,
  node: CallExpr,
  names: readonly string[],
): Value {
  const object = new HeapObject(site(frame, node), frame.branch);
  const self: Value = [{ kind: 'object', info, object }];
  const init = findInClass(info, '__init__', frame)?.value[0];
  if (init?.kind === 'function') {
    callFunction(interpreter, frame, init.info, args, self, node);
    interpreter.ended = false;
    return self;
  }
  for (const ancestor of libraryAncestors(interpreter, info)) {
    const row = interpreter.library.row(ancestor);
    // A library class may make something else of being called, as `enum.Enum` does.
    if (row?.returns !== undefined)
      return typedValue(
        interpreter,
        row.returns,
        { receiver: self, args },
        { via: 'call', names, receiver: undefined, args, site: site(frame, node) },
      );
  }
  fillFields(frame, info, object, args);
  return self;
}

/** Keyword arguments become attributes, positional ones by the order of annotated names: dataclasses, named tuples, pydantic and Django models. */
function fillFields(frame: Frame, info: ClassInfo, object: HeapObject, args: CallArguments): void {
  for (const { name, value } of args.keywords) object.write(name, value, frame.branch);
  if (args.positional.length === 0) return;
  const names: string[] = [];
  for (const ancestor of [...ancestors(info)].reverse()) {
    if (ancestor.kind !== 'class') continue;
    for (const statement of ancestor.info.node.body) {
      const target = statement.kind === 'assign' && statement.annotation ? statement.targets[0] : undefined;
      if (target?.kind === 'name' && !names.includes(target.id)) names.push(target.id);
    }
  }
  args.positional.forEach(({ value }, index) => {
    const name = names[index];
    if (name !== undefined) object.write(name, value, frame.branch);
  });
}
