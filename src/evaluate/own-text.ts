import type { Span } from '../ir/nodes.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import { findInClass } from './attributes.ts';
import { callFunction } from './call-function.ts';
import type { Frame } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import { join, NOTHING, type Value } from './value.ts';

/**
 * What `f"{order}"` puts in for an object that the project made: what its `__str__` gives, else its `__repr__`. Of any instance of a class it
 * says nothing.
 * https://docs.python.org/3/reference/datamodel.html#object.__str__
 */
export function ownText(interpreter: Interpreter, frame: Frame, value: Value, node: Span, methods: readonly string[] = AS_TEXT): Value {
  if (!value.some((atom) => atom.kind === 'object')) return value;
  let result: Value = NOTHING;
  for (const atom of value) {
    const isMade = atom.kind === 'object' && atom.object !== atom.info.anyInstance;
    const own = isMade ? methods.flatMap((name) => findInClass(atom.info, name, frame)?.value ?? [])[0] : undefined;
    const text = own?.kind === 'function' ? callFunction(interpreter, frame, own.info, NO_ARGUMENTS, [atom], node) : [atom];
    result = join(result, text);
  }
  interpreter.ended = false;
  return result;
}

const AS_TEXT = ['__str__', '__repr__'];
/** `repr(order)`, `f"{order!r}"` */
export const AS_REPR = ['__repr__'];
