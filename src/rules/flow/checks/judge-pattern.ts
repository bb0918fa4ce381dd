import type { Check } from '../../../evaluate/checks/check.ts';
import { leadsTo } from '../../../evaluate/values/lineage.ts';
import { constantText } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { HARMS, isHarmlessText } from '../harms.ts';
import { isSameText } from '../steps-between.ts';
import { behindSlash, excludes, isAnchored, membersOfClass, startsLikeOwnPath, startsWithout } from './charset.ts';
import { isSame } from './check-steps.ts';
import { withoutText } from './facts-together.ts';
import { startsWithHost } from './host-pattern.ts';
import { isMultiline, isWholeByLine } from './multiline.ts';
import type { Judge, Verdict } from './verdict.ts';

/** What it says of a value that a regular expression matches it, or does not. */
export function judgePattern(
  by: Judge,
  check: Check,
  fact: Check['fact'] & { kind: 'call' },
  method: 'fullmatch' | 'match' | 'search',
  atom: Atom,
  facts: Set<string>,
): Verdict {
  const { harm } = by;
  const { needs, words } = HARMS[harm];
  if (words) return 'no';
  const asked = askedPattern(fact);
  // `re.match(settings.USERNAMES, name)`: what the pattern lets through is not known here, and somebody wrote it for this.
  if (!asked) return check.holds && isUnknownPattern(by, fact, atom) ? 'doubtful' : 'no';
  if (!asked.subject.some((one) => leadsTo(one, atom, 4))) return 'no';
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
  const below = harm === 'redirect' ? behindSlash(pattern, method === 'search') : undefined;
  if (below !== undefined) facts.add('starts with a slash');
  // `/[a-z]*` as a whole: there is no second slash.
  if (below !== undefined && (method === 'fullmatch' || isAnchored(pattern, method)) && excludes(below, /[/\\]/)) return 'harmless';
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

/** Whether the value is compared with a regular expression that is not known here, and that nobody sent. */
function isUnknownPattern({ isTrusted }: Judge, { names, receiver, args }: Check['fact'] & { kind: 'call' }, atom: Atom): boolean {
  const [, owner = ''] = /^(.*)\.\w+$/.exec((names[0] ?? '').replace(/\(\)$/, '')) ?? [];
  const isFunction = owner === 're' || owner === 'regex';
  const subject = args.positional[isFunction ? 1 : 0]?.value;
  if (!subject?.some((one) => leadsTo(one, atom, 4))) return false;
  const pattern = isFunction ? args.positional[0]?.value : receiver;
  // `USER_RE.fullmatch(name)`, `self.host_regex`, or what was compiled.
  const isPattern = isFunction || PATTERN_NAME.test(owner) || pattern?.every((one) => one.kind === 'opaque' && one.type === 're.Pattern');
  return (isPattern ?? false) && (pattern === undefined || isTrusted(pattern));
}
const PATTERN_NAME = /(?:regexp?|pattern|(?:^|[_.])re)s?$/i;

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
