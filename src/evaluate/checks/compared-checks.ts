import type { CompareOperator } from '../../ir/nodes.ts';
import type { Site, Value } from '../values/value.ts';
import { type Check, telling } from './check.ts';
import { isSet, subsetChecks } from './subset-checks.ts';

/**
 * What a comparison with None or a truth value asks of its first side: `match is not None` that it is true, `is_safe(x) is False` that it is false.
 * `nothing` where the answer is known before: a truth value is never None, whichever it is. `undefined` for every other comparison.
 */
export function askedTruth(op: CompareOperator, first: Value, [other, ...others]: Value): boolean | 'nothing' | undefined {
  if (op !== 'is' && op !== '==' && op !== 'is not' && op !== '!=') return undefined;
  if (other?.kind !== 'constant' || others.length > 0) return undefined;
  const isSame = op === 'is' || op === '==';
  if (other.literal.type === 'none') return isNeverNone(first) ? 'nothing' : !isSame;
  return other.literal.type === 'bool' ? isSame === other.literal.value : undefined;
}

/** `is_safe(url)` that gives a truth value. */
function isNeverNone(value: Value): boolean {
  return (
    value.length > 0 &&
    value.every((one) => (one.kind === 'constant' ? one.literal.type === 'bool' : one.kind === 'opaque' && one.type === 'builtins.bool'))
  );
}

/** `path.find(root) == 0`, `path.index(root) == 0`: the text begins so. Undefined for every other comparison. */
export function beginsChecks(
  op: CompareOperator,
  a: Value,
  [other, ...others]: Value,
  holds: boolean,
  here: Site,
): readonly Check[] | undefined {
  if ((op !== '==' && op !== '!=') || other?.kind !== 'constant' || others.length > 0) return undefined;
  if (other.literal.type !== 'int' || other.literal.value !== 0) return undefined;
  const calls = a.flatMap((one) =>
    one.kind === 'opaque' && one.origin.via === 'call' && PLACE.test(one.origin.names[0] ?? '') ? one.origin : [],
  );
  if (calls.length === 0 || calls.length < a.length) return undefined;
  return calls.flatMap(({ names, receiver, args }) => {
    if (!receiver || args.positional.length !== 1) return [];
    const asked = names.map((name) => name.replace(PLACE, '.startswith$1'));
    const subject = [...receiver, ...(args.positional[0]?.value ?? [])];
    return telling([{ fact: { kind: 'call', names: asked, receiver, args }, holds: (op === '==') === holds, subject, site: here }]);
  });
}
const PLACE = /\.(?:find|index)(\(\))?$/;

/** What a comparison says of both its sides. */
export function comparedChecks(op: CompareOperator, a: Value, b: Value, holds: boolean, here: Site): readonly Check[] {
  switch (op) {
    case '==':
    case 'is':
    case '!=':
    case 'is not': {
      const equal = (op === '==' || op === 'is') === holds;
      return telling([
        { fact: { kind: 'equal', other: b }, holds: equal, subject: a, site: here },
        { fact: { kind: 'equal', other: a }, holds: equal, subject: b, site: here },
      ]);
    }
    case 'in':
    case 'not in':
      return telling([
        { fact: { kind: 'member', of: b }, holds: (op === 'in') === holds, subject: a, site: here },
        { fact: { kind: 'contains', part: a }, holds: (op === 'in') === holds, subject: b, site: here },
      ]);
    case '<':
    case '<=':
      return holds && isSet(b) ? telling(subsetChecks(a, b, here)) : [];
    case '>':
    case '>=':
      return holds && isSet(a) ? telling(subsetChecks(b, a, here)) : [];
    default:
      return [];
  }
}
