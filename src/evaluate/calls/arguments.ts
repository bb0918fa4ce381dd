import type { Span } from '../../ir/nodes.ts';
import { NOTHING, type Value } from '../values/value.ts';

/** One value passed to a call; `node` is the argument's place (`name=value` for keywords). */
export interface PassedArgument {
  readonly value: Value;
  readonly node: Span;
}
export interface PassedKeyword extends PassedArgument {
  readonly name: string;
}

/** The values passed to a call. Known `*args` and `**kwargs` are already spread. */
export interface CallArguments {
  readonly positional: readonly PassedArgument[];
  readonly keywords: readonly PassedKeyword[];
  /** More positional arguments may follow, from a `*spread` that is not known. */
  readonly openPositional: boolean;
  /** More keywords may be there, from a `**spread` that is not known. */
  readonly openKeywords: boolean;
  /** What the unknown spreads may hold. */
  readonly spread: Value;
  /** What the names of those keywords may be. */
  readonly names?: Value;
  /** What they may be where the call itself writes `**{name: value}`. */
  readonly keys?: Value;
}

export const NO_ARGUMENTS: CallArguments = { positional: [], keywords: [], openPositional: false, openKeywords: false, spread: NOTHING };

export function positional(...values: readonly PassedArgument[]): CallArguments {
  return { ...NO_ARGUMENTS, positional: values };
}

export function keyword(args: CallArguments, name: string): PassedKeyword | undefined {
  return args.keywords.find((argument) => argument.name === name);
}

/** The argument by keyword, else by position. */
export function argument(args: CallArguments, position: number | undefined, name: string | undefined): PassedArgument | undefined {
  const named = name === undefined ? undefined : keyword(args, name);
  return named ?? (position === undefined ? undefined : args.positional[position]);
}
