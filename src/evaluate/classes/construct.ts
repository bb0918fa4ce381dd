import type { CallExpr } from '../../ir/nodes.ts';
import { type CallArguments, NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { throughDeclaration } from '../checks/declared-conditions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import { container, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { typedValue } from '../values/types.ts';
import { type Origin, opaque, type Site, type Value } from '../values/value.ts';
import { findInClass } from './attributes.ts';
import type { ClassInfo } from './class-info.ts';
import { readFields, readsFields } from './environment-fields.ts';
import { checksFields, declaredFields, enumMembers, validated } from './validated-model.ts';

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
  const self: Value = madeByClass(interpreter, frame, info, args, node) ?? [{ kind: 'object', info, object }];
  const init = findInClass(info, '__init__', frame)?.value[0];
  if (init?.kind === 'function') {
    callFunction(interpreter, frame, init.info, args, self, node);
    interpreter.ended = false;
    return self;
  }
  object.madeWith = args;
  const members = args.positional.length === 1 && args.positional[0]?.value.some((atom) => atom.kind !== 'constant');
  if (members) {
    const found = enumMembers(interpreter, info);
    if (found) return found;
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
  fillFields(interpreter, frame, info, object, args, node);
  // https://docs.python.org/3/library/dataclasses.html#post-init-processing, https://www.attrs.org/en/stable/init.html#post-init
  const after = (findInClass(info, '__post_init__', frame) ?? findInClass(info, '__attrs_post_init__', frame))?.value[0];
  if (after?.kind === 'function') {
    callFunction(interpreter, frame, after.info, NO_ARGUMENTS, self, node);
    interpreter.ended = false;
  }
  return self;
}

/** What a class makes that has a `__new__` of its own: the one instance that it keeps. https://docs.python.org/3/reference/datamodel.html#object.__new__ */
function madeByClass(interpreter: Interpreter, frame: Frame, info: ClassInfo, args: CallArguments, node: CallExpr): Value | undefined {
  const make = findInClass(info, '__new__', frame)?.value[0];
  if (make?.kind !== 'function') return undefined;
  const type = { value: [{ kind: 'class', info } as const], node };
  const given = callFunction(interpreter, frame, make.info, { ...args, positional: [type, ...args.positional] }, undefined, node);
  interpreter.ended = false;
  const own = given.filter((atom) => atom.kind === 'object' && atom.info === info && atom.object !== info.anyInstance);
  return own.length > 0 ? own : undefined;
}

/** Keyword arguments become attributes, positional ones by the order of annotated names: dataclasses, named tuples, pydantic and Django models. */
function fillFields(
  interpreter: Interpreter,
  frame: Frame,
  info: ClassInfo,
  object: HeapObject,
  args: CallArguments,
  node: CallExpr,
): void {
  const given = new Map<string, Value>();
  for (const { name, value } of args.keywords) given.set(name, value);
  const originOf = (name: string): Origin => ({
    via: 'operation',
    operands: [given.get(name) ?? args.spread],
    site: object.site,
  });
  const isChecked = checksFields(interpreter, info);
  if (args.positional.length > 0 || args.openKeywords || isChecked) {
    const names = [...declaredFields(interpreter, info, originOf).keys()];
    args.positional.forEach(({ value }, index) => {
      const name = names[index];
      if (name !== undefined) given.set(name, value);
    });
    // `Item(**data)`: each field that is not given by its name may be in the rest.
    for (const [name, declared] of declaredFields(interpreter, info, originOf)) {
      const value = given.get(name) ?? (args.openKeywords ? opaque(originOf(name)) : undefined);
      if (value)
        given.set(
          name,
          isChecked && reachesSource(interpreter, value) ? validated(interpreter, info, name, declared, originOf(name)) : value,
        );
    }
  }
  for (const [name, value] of given) {
    if (keepsOwnData(interpreter, frame, info, name)) continue;
    const declared = findInClass(info, name, frame)?.value;
    object.write(
      name,
      declared
        ? throughDeclaration(interpreter, frame, declared, value, node)
        : throughLibrary(interpreter, info, name, value, object.site),
      frame.branch,
    );
  }
  for (const name of declaredFields(interpreter, info, originOf).keys()) {
    const made = given.has(name) || (args.openKeywords && isChecked) ? undefined : newDefault(findInClass(info, name, frame)?.value, frame);
    if (made) object.write(name, made, frame.branch);
  }
  if (readsFields(interpreter, info) && !args.openKeywords) readFields(interpreter, info, object, object.site);
}

/** The field of a form stays what it is, and holds what it is given as its `data`. https://wtforms.readthedocs.io/en/stable/forms/#the-form-class */
function keepsOwnData({ library }: Interpreter, frame: Frame, info: ClassInfo, name: string): boolean {
  const [field] = findInClass(info, name, frame)?.value ?? [];
  return field?.kind === 'opaque' && field.type !== undefined && library.member(field.type, 'data')?.source !== undefined;
}

/**
 * What an attribute has that a class of a library makes of what the instance was made with under that name, where the library models say what
 * that does: `serializer.data` of `ReviewSerializer(data=request.data)`.
 */
function throughLibrary(interpreter: Interpreter, info: ClassInfo, name: string, value: Value, site: Site): Value {
  if (!reachesSource(interpreter, value)) return value;
  for (const ancestor of libraryAncestors(interpreter, info)) {
    const made = `${ancestor}.${name}`;
    const row = interpreter.library.row(made);
    if (!row?.cleans) continue;
    const args = positional({ value, node: site.node });
    return opaque({ via: 'call', names: [made], receiver: undefined, args, site }, row.type);
  }
  return value;
}

/** `names: list = field(default_factory=list)`: each instance has its own. */
function newDefault(declared: Value | undefined, frame: Frame): Value | undefined {
  const only = declared?.length === 1 ? declared[0] : undefined;
  if (only?.kind !== 'opaque' || only.origin.via !== 'call') return undefined;
  const factory = only.origin.args.keywords.find(({ name }) => name === 'default_factory' || name === 'factory')?.value[0];
  if (factory?.kind !== 'symbol') return undefined;
  switch (factory.name) {
    case 'builtins.list':
      return sequence('list', [], only.origin.site, frame.branch);
    case 'builtins.set':
      return sequence('set', [], only.origin.site, frame.branch);
    case 'builtins.dict':
      return container('dict', new HeapObject(only.origin.site, frame.branch));
    default:
      return undefined;
  }
}
