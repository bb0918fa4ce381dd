import type { Span } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { type Atom, type Site, str, type Value } from '../values/value.ts';
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
  const get = methodOf(atom, '__get__', frame);
  if (!get) return undefined;
  const args = positional({ value: self, node }, { value: [{ kind: 'class', info }], node });
  const given = callFunction(interpreter, frame, get, args, [atom], node);
  interpreter.ended = false;
  return given.length > 0 ? given : undefined;
}

/** `account.email = value` where `email` is an object in the class that says what is kept; whether it does. */
export function setThroughDescriptor(interpreter: Interpreter, frame: Frame, instance: Atom, name: string, value: Value): boolean {
  const [descriptor, ...others] = instance.kind === 'object' ? (findInClass(instance.info, name, frame)?.value ?? []) : [];
  const set = descriptor && others.length === 0 ? methodOf(descriptor, '__set__', frame) : undefined;
  if (!descriptor || !set) return false;
  const { node } = set;
  callFunction(interpreter, frame, set, positional({ value: [instance], node }, { value, node }), [descriptor], node);
  interpreter.ended = false;
  return true;
}

/** Objects in the body of a class are told their names. https://docs.python.org/3/reference/datamodel.html#object.__set_name__ */
export function tellNames(interpreter: Interpreter, frame: Frame, info: ClassInfo, vars: ReadonlyMap<string, Value>, node: Span): void {
  for (const [name, value] of vars) {
    const [only, ...others] = value;
    const told = only && others.length === 0 ? methodOf(only, '__set_name__', frame) : undefined;
    if (!only || !told) continue;
    callFunction(
      interpreter,
      frame,
      told,
      positional({ value: [{ kind: 'class', info }], node }, { value: str(name), node }),
      [only],
      node,
    );
    interpreter.ended = false;
  }
}

function methodOf(atom: Atom, name: string, frame: Frame): FunctionInfo | undefined {
  const [method] = atom.kind === 'object' ? (findInClass(atom.info, name, frame)?.value ?? []) : [];
  return method?.kind === 'function' ? method.info : undefined;
}
