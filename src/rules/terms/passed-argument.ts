import { argument, type CallArguments } from '../../evaluate/calls/arguments.ts';
import type { Span } from '../../ir/nodes.ts';
import type { Subject } from '../term.ts';

/**
 * An argument by its key in a rule: `verify` by keyword (or by the position that the library model gives it), `1` by position,
 * `debug@2` by keyword or position. `node` is the call, where nothing is passed.
 */
export function passedArgument(args: CallArguments, node: Span | undefined, key: string, params: readonly string[] | undefined): Subject {
  const at = key.indexOf('@');
  const name = at >= 0 ? key.slice(0, at) : /^\d+$/.test(key) ? undefined : key;
  const position =
    at >= 0 ? Number(key.slice(at + 1)) : name === undefined ? Number(key) : params ? orUndefined(params.indexOf(name)) : undefined;
  const passed = argument(args, position, name);
  if (passed) return { value: passed.value, node: passed.node, absent: 'no' };
  const maybe = args.openKeywords || (args.openPositional && position !== undefined);
  return { value: undefined, node, absent: maybe ? 'maybe' : 'yes' };
}

function orUndefined(index: number): number | undefined {
  return index < 0 ? undefined : index;
}
