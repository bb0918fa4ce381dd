import type { Check } from '../../../evaluate/checks/check.ts';
import { stringOf } from '../../../evaluate/values/text.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import { isSameText } from '../steps-between.ts';

/** Characters that conditions keep out of a value: `if "'" in name: return`. */
export function keptOut(checks: readonly Check[], atom: Atom): string {
  let result = '';
  for (const { fact, holds, subject } of checks) {
    if (fact.kind !== 'contains' || holds || !isSameText(subject, atom)) continue;
    const part = stringOf(fact.part);
    if (part?.length === 1) result += part;
  }
  return result;
}
