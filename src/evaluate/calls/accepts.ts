import type { Value } from '../values/value.ts';
import type { CallArguments } from './arguments.ts';
import type { FunctionInfo } from './function-info.ts';

/**
 * Of several functions that may be called, those that can be: the others raise a TypeError. `getattr(self, f"run_{kind}")(data)` calls no
 * `run_func(self, name, data)`. What is not told apart that way is left as it is.
 */
export function accepting(callee: Value, args: CallArguments): Value {
  if (callee.length < 2) return callee;
  const able = callee.filter(
    (atom) => (atom.kind !== 'function' && atom.kind !== 'bound') || accepts(atom.info, args, atom.kind === 'bound' ? 1 : 0),
  );
  return able.length > 0 ? able : callee;
}

/** Whether each parameter without a default is passed something, and nothing is passed that has no parameter. A decorator may change both. */
function accepts(info: FunctionInfo, args: CallArguments, given: number): boolean {
  if (info.decorators.length > 0 || args.openPositional || args.openKeywords) return true;
  const { params } = info.node;
  const places = params.filter(({ form }) => form === 'plain' || form === 'positional-only');
  const positional = args.positional.length + given;
  if (positional > places.length && !params.some(({ form }) => form === 'rest')) return false;
  const named = new Set(args.keywords.map(({ name }) => name));
  return places.slice(positional).every((parameter) => info.defaults.has(parameter) || named.has(parameter.name));
}
