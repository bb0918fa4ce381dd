import { type Check, isCharacter } from '../../../evaluate/checks/check.ts';
import { contentOf } from '../../../evaluate/values/container.ts';
import { stringOf } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { lackingByPattern } from '../checks/judge-pattern.ts';
import { isSameText } from '../steps-between.ts';

/** Those that a literal in another language is left by, in the order in which `openQuote` names those of a shell. */
const QUOTES = ["'", '"', '$', '`', '\\'];

/** Characters that conditions keep out of a value: `if "'" in name: return`, and of one character of a text `if c in "\r\n": continue`. */
export function keptOut(checks: readonly Check[], atom: Atom): string {
  let result = '';
  for (const check of checks) {
    const { fact, holds, subject } = check;
    // `re.fullmatch(r"[0-9a-f-]{36}", name)`
    result += lackingByPattern(check, atom, QUOTES).join('');
    if (holds || !isSameText(subject, atom)) continue;
    if (fact.kind === 'contains') {
      const part = stringOf(fact.part);
      if (part?.length === 1) result += part;
    } else if (fact.kind === 'member' && isCharacter(atom)) result += charactersIn(fact.of);
    else if (fact.kind === 'equal' && isCharacter(atom)) result += charactersIn(fact.other);
  }
  return result;
}

/** The characters that a text consists of, that stand alone in a collection, or that are keys of a dict; none where it is not known which it is. */
function charactersIn(value: Value): string {
  const [only, ...others] = value;
  if (!only || others.length > 0) return '';
  if (only.kind !== 'container') return stringOf(value) ?? '';
  if (only.object.open) return '';
  const texts =
    only.form === 'dict'
      ? [...only.object.keyNames()].map((slot) => (slot.startsWith('s:') ? slot.slice(2) : undefined))
      : contentOf(only).map((one) => stringOf([one]));
  return texts.filter((text) => text?.length === 1).join('');
}
