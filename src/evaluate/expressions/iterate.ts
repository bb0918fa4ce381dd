import type { Span } from '../../ir/nodes.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { findInClass } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { listOf } from '../values/container.ts';
import { join, NOTHING, type Value } from '../values/value.ts';

/** What is iterated over: of an object of the project what its `__iter__` gives. https://docs.python.org/3/reference/datamodel.html#object.__iter__ */
export function iterated(interpreter: Interpreter, frame: Frame, value: Value, node: Span): Value {
  if (!value.some((atom) => atom.kind === 'object')) return value;
  let result: Value = NOTHING;
  for (const atom of value) {
    const own =
      atom.kind === 'object'
        ? (findInClass(atom.info, '__iter__', frame) ?? findInClass(atom.info, '__aiter__', frame))?.value[0]
        : undefined;
    const given = own?.kind === 'function' ? callFunction(interpreter, frame, own.info, NO_ARGUMENTS, [atom], node) : [atom];
    // `__iter__` that returns the object itself leaves the rest to `__next__`.
    const next = given.some((one) => one === atom || (one.kind === 'object' && atom.kind === 'object' && one.object === atom.object));
    const step = next && atom.kind === 'object' ? findInClass(atom.info, '__next__', frame)?.value[0] : undefined;
    if (step?.kind === 'function')
      result = join(
        result,
        listOf(callFunction(interpreter, frame, step.info, NO_ARGUMENTS, [atom], node), { module: frame.state.module, node }),
      );
    else result = join(result, given);
  }
  interpreter.ended = false;
  return result;
}
