import type { CallExpr } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { castText } from '../names/environment.ts';
import { isContainer } from '../values/container.ts';
import type { Value } from '../values/value.ts';
import { positional } from './arguments.ts';
import { callPassed } from './calls.ts';

/** A default behind the cast, and what the variable is cast to where that tells. */
export interface CastDefault {
  readonly value: Value;
  readonly cast: string | undefined;
}

/**
 * What a library makes of a default that it casts like the variable itself: `config("HOSTS", default="a,b", cast=Csv())`, `cast=lambda v:
 * v.split(",")`. What calling the cast gives is taken where it is known; else the default stays as it is written.
 * @param to the name of a built-in type that is the cast
 */
export function castDefault(
  interpreter: Interpreter,
  frame: Frame,
  value: Value,
  cast: Value | undefined,
  to: string | undefined,
  node: CallExpr,
): CastDefault {
  const [only, ...others] = value;
  const isText = only?.kind === 'constant' && only.literal.type === 'str' && others.length === 0;
  const callable = cast?.length === 1 && cast.some(({ kind }) => ['function', 'bound', 'opaque'].includes(kind));
  if (!cast || !callable || !isText) return { value: castText(value, to), cast: to };
  const made = callPassed(interpreter, frame, cast, positional({ value, node }), node);
  const [result, ...more] = made;
  if (more.length > 0 || (result?.kind !== 'constant' && !(result && isContainer(result)))) return { value, cast: to };
  return { value: made, cast: isContainer(result) ? result.form : to };
}
