import type { Check } from '../../../evaluate/checks/check.ts';
import { leadsTo } from '../../../evaluate/values/lineage.ts';
import { constantText } from '../../../evaluate/values/text.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import { HARMS, type HarmName, isHarmlessText } from '../harms.ts';
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
  const compiled = fact.receiver?.[0];
  const isCompiled =
    compiled?.kind === 'opaque' && compiled.origin.via === 'call' && compiled.origin.names.some((name) => name.endsWith('.compile'));
  const pattern = isCompiled
    ? constantText(compiled.origin.via === 'call' ? compiled.origin.args.positional[0]?.value : undefined)
    : constantText(fact.args.positional[0]?.value);
  const subject = fact.args.positional[isCompiled ? 0 : 1]?.value;
  const isByLine =
    pattern !== undefined && isMultiline(pattern, isCompiled && compiled.origin.via === 'call' ? compiled.origin : fact, isCompiled);
  if (pattern === undefined || !subject?.some((one) => leadsTo(one, atom, 4))) return 'no';
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

/** A pattern of hosts below one domain: `[a-z0-9-]+\.example\.com$`. */
function isHostOfDomain(pattern: string): boolean {
  const host = pattern.replace(/(?:\$|\\Z)$/, '').replace(/(?:\((?:\?:)?(?:\\\.[\w-]+)+\)\?)$/, '');
  return /\\\.[\w-]+(?:\\\.[\w-]+)+$/.test(host) && excludes(pattern, /[\\/:@?#]/);
}
