import type { Check } from '../../../evaluate/checks/check.ts';
import { wayBetween } from '../../../evaluate/values/lineage.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { expressionOf } from '../../terms/value-syntax.ts';

/** Steps back that are looked at: the part that was taken, and what was stripped off before. */
const MAX_STEPS = 4;

/** Whether the second character of a value was tested, by which `//host` and a path differ: `url[1:2]`, `url[1]`. */
export function isSecondCharacter({ subject }: Check, atom: Atom): boolean {
  return subject.some(
    (one) =>
      wayBetween(one, atom, MAX_STEPS)?.some(
        (step) => step.kind === 'opaque' && step.origin.via === 'item' && isSecond(expressionOf(step.origin.site.node)),
      ) ?? false,
  );
}

function isSecond(node: Expr | undefined): boolean {
  if (node?.kind !== 'subscript') return false;
  const { index } = node;
  if (index.kind !== 'slice') return isNumber(index, 1);
  return isNumber(index.lower, 1) && isNumber(index.upper, 2) && index.step === undefined;
}

function isNumber(node: Expr | undefined, wanted: number): boolean {
  return node?.kind === 'literal' && node.literal.type === 'int' && Number(node.literal.value) === wanted;
}
