import type { Check } from '../../../evaluate/checks/check.ts';
import { leadsTo } from '../../../evaluate/values/lineage.ts';
import { constantText } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { HARMS, type HarmName, isHarmlessText } from '../harms.ts';
import { isSameText } from '../steps-between.ts';
import { excludes, isAnchored, membersOfClass, startsLikeOwnPath, startsWithout } from './charset.ts';
import { isSame } from './check-steps.ts';
import { withoutText } from './facts-together.ts';
import { startsWithHost } from './host-pattern.ts';
import { isMultiline, isWholeByLine } from './multiline.ts';
import type { Verdict } from './verdict.ts';

/** What it says of a value that a regular expression matches it, or does not. */
export function judgePattern(
  harm: HarmName,
  check: Check,
  fact: Check['fact'] & { kind: 'call' },
  method: 'fullmatch' | 'match' | 'search',
  atom: Atom,
  facts: Set<string>,
): Verdict {
  const { needs, words } = HARMS[harm];
  if (words) return 'no';
  const asked = askedPattern(fact);
  if (!asked?.subject.some((one) => leadsTo(one, atom, 4))) return 'no';
  const { pattern, isByLine } = asked;
  if (!check.holds) {
    // `re.search(r"[^\w]", x)` finds nothing.
    const [, denied] = /^\[\^(.*)\]$/.exec(pattern) ?? [];
    if (denied !== undefined) return method === 'search' && needs && excludes(`[${denied}]`, needs) ? 'harmless' : 'no';
    // `re.search(r"[/\\]", x)` finds nothing: none of these is in it.
    const isAnywhere = method === 'search' && isSame('code', check, atom);
    for (const one of (isAnywhere && membersOfClass(pattern)) || []) withoutText(one, facts);
    return 'no';
  }
  // One line of it fits; the others are anything.
  if (isByLine && !isWholeByLine(pattern, method)) return 'no';
  if (harm === 'redirect' && startsLikeOwnPath(pattern, method === 'search')) return 'harmless';
  if ((harm === 'redirect' || harm === 'ssrf') && startsWithHost(pattern, method === 'search', method === 'fullmatch')) return 'harmless';
  if (method !== 'fullmatch' && !isAnchored(pattern, method)) return 'no';
  if ((harm === 'ssrf' || harm === 'redirect') && isHostOfDomain(pattern)) return 'harmless';
  if (harm === 'argument' && startsWithout(pattern, /-/)) return 'harmless';
  return isHarmlessText(harm, (characters) => excludes(pattern, characters)) ? 'harmless' : 'no';
}

interface AskedPattern {
  readonly pattern: string;
  readonly subject: Value;
  /** `^` and `$` stand at lines of the text. */
  readonly isByLine: boolean;
}

/** What a call of a regular expression asks of which value; `undefined` where the pattern is not known. */
function askedPattern(fact: Check['fact'] & { kind: 'call' }): AskedPattern | undefined {
  const compiled = fact.receiver?.[0];
  const isCompiled =
    compiled?.kind === 'opaque' && compiled.origin.via === 'call' && compiled.origin.names.some((name) => name.endsWith('.compile'));
  const made = isCompiled && compiled.origin.via === 'call' ? compiled.origin : fact;
  const pattern = constantText(made.args.positional[0]?.value);
  const subject = fact.args.positional[isCompiled ? 0 : 1]?.value;
  return pattern === undefined || !subject ? undefined : { pattern, subject, isByLine: isMultiline(pattern, made, isCompiled) };
}

/** Those of some characters that are in no text that passes a check by a regular expression, where it is asked of all of this very text. */
export function lackingByPattern({ fact, holds }: Check, atom: Atom, characters: readonly string[]): readonly string[] {
  const method = fact.kind === 'call' && holds ? /\.(fullmatch|match)(?:\(\))?$/.exec(fact.names[0] ?? '')?.[1] : undefined;
  const asked = fact.kind === 'call' && method ? askedPattern(fact) : undefined;
  if (!asked || asked.isByLine || !isSameText(asked.subject, atom)) return [];
  const { pattern } = asked;
  if (method !== 'fullmatch' && !isAnchored(pattern, 'match')) return [];
  return characters.filter((one) => excludes(pattern, new RegExp(`\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`, 'u')));
}

/** A pattern of hosts below one domain: `[a-z0-9-]+\.example\.com$`. */
function isHostOfDomain(pattern: string): boolean {
  const host = pattern.replace(/(?:\$|\\Z)$/, '').replace(/(?:\((?:\?:)?(?:\\\.[\w-]+)+\)\?)$/, '');
  return /\\\.[\w-]+(?:\\\.[\w-]+)+$/.test(host) && excludes(pattern, /[\\/:@?#]/);
}
