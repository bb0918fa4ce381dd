import { changed, environmentOf } from '../names/environment.ts';
import type { EnvironmentAtom, Value } from '../values/value.ts';
import type { CallArguments } from './arguments.ts';

/**
 * What a function of the project makes of a variable of the environment: `strtobool(os.environ.get("DEBUG", "no"))`, which returns one of a few
 * constants. It still is that variable, with what the function makes of the default; `undefined` where the call is none like that.
 * @param call calls the function with other arguments
 */
export function convertedVariable(args: CallArguments, result: Value, call: (args: CallArguments) => Value): Value | undefined {
  if (result.length < 2 || args.openPositional || args.openKeywords || !result.every((atom) => atom.kind === 'constant')) return undefined;
  const passed = [...args.positional, ...args.keywords];
  const [read, ...others] = passed.flatMap(({ value }) => environmentOf(value) ?? []);
  if (!read || others.length > 0 || !passed.every(({ value }) => isPlain(value))) return undefined;
  const made = read.fallback && call(withDefault(args, read));
  if (made && made.length !== 1) return undefined;
  return changed(read, castOf(result), made);
}

function isPlain([only, ...others]: Value): boolean {
  return others.length === 0 && (only?.kind === 'constant' || only?.kind === 'environment');
}

function withDefault(args: CallArguments, read: EnvironmentAtom): CallArguments {
  const fallback = read.fallback ?? [];
  const decided = <Passed extends { readonly value: Value }>(passed: Passed): Passed =>
    environmentOf(passed.value) === read ? { ...passed, value: fallback } : passed;
  return { ...args, positional: args.positional.map(decided), keywords: args.keywords.map(decided) };
}

/** Functions that give yes or no do it by `True` and `False`, or by 1 and 0. */
function castOf(result: Value): string | undefined {
  const isFlag = result.every(
    (atom) =>
      atom.kind === 'constant' &&
      (atom.literal.type === 'bool' || (atom.literal.type === 'int' && [0, 1].includes(Number(atom.literal.value)))),
  );
  return isFlag ? 'bool' : undefined;
}
