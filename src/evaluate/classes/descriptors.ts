import { positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Atom, Site, Value } from '../values/value.ts';
import { findInClass } from './attributes.ts';
import type { ClassInfo } from './class-info.ts';

/** What an object in a class gives through an instance, where its own class says that. https://docs.python.org/3/howto/descriptor.html */
export function throughDescriptor(
  interpreter: Interpreter,
  frame: Frame,
  atom: Atom,
  self: Value,
  info: ClassInfo,
  { node }: Site,
): Value | undefined {
  const [get] = atom.kind === 'object' ? (findInClass(atom.info, '__get__', frame)?.value ?? []) : [];
  if (get?.kind !== 'function') return undefined;
  const args = positional({ value: self, node }, { value: [{ kind: 'class', info }], node });
  const given = callFunction(interpreter, frame, get.info, args, [atom], node);
  interpreter.ended = false;
  return given.length > 0 ? given : undefined;
}
