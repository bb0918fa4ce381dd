import { positional } from './arguments.ts';
import type { Frame } from './frame.ts';
import type { AppliedDecorator } from './function-info.ts';
import type { Interpreter } from './interpreter.ts';
import { site } from './interpreter.ts';
import { qualifiedNames } from './names.ts';
import { typedValue } from './types.ts';
import type { Value } from './value.ts';

/**
 * What a decorator makes of a function or class: itself, unless a model says that the library puts something else in its place.
 * A project decorator's wrapper is taken to do what it wraps, so that the function stays visible to rules and to callers; what the
 * decorator checks is asked of the decorator itself.
 */
export function applyDecorator(interpreter: Interpreter, frame: Frame, decorator: AppliedDecorator, value: Value): Value {
  for (const name of qualifiedNames(interpreter, decorator.value)) {
    const row = interpreter.library.row(name.endsWith('()') ? name.slice(0, -2) : name);
    if (row?.replaces === true && row.returns !== undefined) {
      const here = site(frame, decorator.node);
      const args = positional({ value, node: decorator.node });
      return typedValue(
        interpreter,
        row.returns,
        { receiver: undefined, args },
        { via: 'call', names: [name], receiver: undefined, args, site: here },
      );
    }
  }
  return value;
}
