import type { CompareOperator } from '../../ir/nodes.ts';
import type { Site, Value } from '../values/value.ts';
import { type Check, telling } from './check.ts';
import { searchChecks } from './search-checks.ts';
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

/** What a comparison says of both its sides, and of a text that one of them is the place of something in. */
export function comparedChecks(op: CompareOperator, a: Value, b: Value, holds: boolean, here: Site): readonly Check[] {
  return [...checksOfSides(op, a, b, holds, here), ...telling(searchChecks(op, a, b, holds, here))];
}

function checksOfSides(op: CompareOperator, a: Value, b: Value, holds: boolean, here: Site): readonly Check[] {
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
