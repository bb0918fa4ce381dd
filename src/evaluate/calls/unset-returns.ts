import type { Frame } from '../frame.ts';
import { environmentOf } from '../names/environment.ts';
import { truthOf } from '../values/truth.ts';
import type { EnvironmentAtom, Value } from '../values/value.ts';

/** What a function gives where a variable of the environment that it reads is not set. */
export interface UnsetReturn {
  readonly variable: string;
  readonly value: Value;
}

/** Remembers `return default` below `if raw is None:`, with `raw = os.environ.get(name)`. */
export function noteUnset(frame: Frame, value: Value): void {
  const guard = frame.guards.at(-1);
  const read = guard && environmentOf(guard.value);
  if (!guard || read?.variable === undefined || !read.fallback || frame.unset) return;
  if (truthOf(read.fallback) === guard.holds) frame.unset = { variable: read.variable, value };
}

/** The variable with that as its default, where the function gives nothing else. */
export function withUnset({ unset }: Frame, result: Value): Value {
  if (!unset) return result;
  const isRead = (atom: Value[number]): atom is EnvironmentAtom => atom.kind === 'environment' && atom.variable === unset.variable;
  const [read, ...others] = result.filter(isRead);
  if (!read || others.length > 0 || result.length !== unset.value.length + 1) return result;
  return [{ ...read, fallback: unset.value }];
}
