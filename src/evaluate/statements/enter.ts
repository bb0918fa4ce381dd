import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { findInClass } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { typedValue } from '../values/types.ts';
import { join, NOTHING, type Site, type Value } from '../values/value.ts';

/** What `with context as x` binds: the result of `__enter__`, which for most libraries is the object itself. */
export function enteredValue(interpreter: Interpreter, frame: Frame, context: Value, here: Site): Value {
  let result: Value = NOTHING;
  for (const atom of context) {
    if (atom.kind === 'opaque' && atom.type !== undefined) {
      const enters = interpreter.library.classRow(atom.type, 'enters');
      result = join(
        result,
        enters === undefined
          ? [atom]
          : typedValue(interpreter, enters, { receiver: [atom], args: NO_ARGUMENTS }, { via: 'element', of: [atom], site: here }),
      );
    } else if (atom.kind === 'object') {
      const enter = (findInClass(atom.info, '__enter__', frame) ?? findInClass(atom.info, '__aenter__', frame))?.value[0];
      result = join(
        result,
        enter?.kind === 'function' ? callFunction(interpreter, frame, enter.info, NO_ARGUMENTS, [atom], here.node) : [atom],
      );
    } else result = join(result, [atom]);
  }
  return result;
}
