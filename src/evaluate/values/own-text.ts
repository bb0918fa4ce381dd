import type { Span } from '../../ir/nodes.ts';
import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { findInClass } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { textBelow } from './built-on.ts';
import { join, NOTHING, opaque, str, type Value } from './value.ts';

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
    const text =
      own?.kind === 'function'
        ? callFunction(interpreter, frame, own.info, NO_ARGUMENTS, [atom], node)
        : (textBelow(interpreter, frame, atom) ?? [atom]);
    result = join(result, text);
  }
  interpreter.ended = false;
  return result;
}

/** What `f"{price:long}"` puts in for objects that the project made and that have a `__format__`; `undefined` where none has. */
export function formattedByOwn(
  interpreter: Interpreter,
  frame: Frame,
  value: Value,
  spec: string | undefined,
  node: Span,
): Value | undefined {
  const [only, ...others] = value;
  if (only?.kind !== 'object' || others.length > 0 || only.object === only.info.anyInstance) return undefined;
  const own = findInClass(only.info, '__format__', frame)?.value[0];
  if (own?.kind !== 'function') return undefined;
  const passed = spec === undefined ? opaque({ via: 'operation', operands: [], site: site(frame, node) }, 'builtins.str') : str(spec);
  const text = callFunction(interpreter, frame, own.info, positional({ value: passed, node }), value, node);
  interpreter.ended = false;
  return text;
}

const AS_TEXT = ['__str__', '__repr__'];
/** `repr(order)`, `f"{order!r}"` */
export const AS_REPR = ['__repr__'];
