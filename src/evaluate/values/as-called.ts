import type { Interpreter } from '../interpreter.ts';
import { reachesSource } from './taint.ts';
import type { Atom, Value } from './value.ts';

/**
 * What is in a collection without what functions put there when they were looked at on their own: where the calls of such a function are
 * followed, these have put in what it is. `REGISTRY[name] = function` in a decorator that is called by each `@register("name")`.
 */
export function asCalled(interpreter: Interpreter, value: Value): Value {
  if (value.length < 2 || !value.some(isFollowedParameter)) return value;
  const known = value.filter((atom) => !isFollowedParameter(atom) || reachesSource(interpreter, [atom]));
  return known.length > 0 ? known : value;
}

function isFollowedParameter(atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.origin.via === 'parameter' && atom.origin.info.handed === 'followed';
}
