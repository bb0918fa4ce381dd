import type { Check } from '../../evaluate/check.ts';
import { isContainer } from '../../evaluate/container.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { leadsTo } from '../../evaluate/lineage.ts';
import { reachesSource } from '../../evaluate/taint.ts';
import { literalSuffix, stringSegments } from '../../evaluate/text.ts';
import type { Atom, Value } from '../../evaluate/value.ts';
import { excludes, isAnchored } from './charset.ts';
import { HARMS, type HarmName } from './harms.ts';
import { stepsBetween } from './steps-between.ts';

/** What checks say of one value: harmless, or some part of it, or only that somebody looked at it. */
export type Verdict = 'harmless' | 'doubtful' | 'no';

const PRESERVING = new Set([
  'lower',
  'upper',
  'strip',
  'lstrip',
  'rstrip',
  'casefold',
  'title',
  'str',
  'decode',
  'encode',
  'unquote',
  'checked',
  'text',
]);
const NUMBERS = new Set(['isdigit', 'isdecimal', 'isnumeric']);
const WORDS = new Set(['isalnum', 'isalpha', 'isidentifier', ...NUMBERS]);
const HOSTS = new Set(['netloc', 'hostname', 'host', 'domain', 'registered_domain', 'geturl']);
const RESOLVED = new Set(['realpath', 'abspath', 'normpath', 'resolve', 'absolute', 'safe_join', 'samefile']);
const NUMERIC_TYPES = new Set(['int', 'float', 'complex', 'bool', 'Decimal', 'Fraction', 'UUID', 'date', 'datetime', 'Integral', 'Number']);
const VALIDATOR =
  /(?:^|_)(?:is|are|has|check|checks|valid|validate|validated|validates|verify|verifies|verified|safe|allowed|permitted|sanitize|sanitise|ensure|assert|clean)(?:_|$)|[a-z](?:Valid|Safe|Allowed)/;

/** Judges together all checks that hold for a value where it is used. */
export function judge(interpreter: Interpreter, harm: HarmName, atom: Atom, checks: readonly Check[]): Verdict {
  const relevant = checks.filter((check) => check.subject.some((subject) => leadsTo(subject, atom, 8)));
  if (relevant.length === 0) return 'no';
  const facts = new Set<string>();
  let doubtful = false;
  for (const check of relevant) {
    const verdict = judgeOne(interpreter, harm, atom, check, facts);
    if (verdict === 'harmless') return 'harmless';
    if (verdict === 'doubtful') doubtful = true;
  }
  if (isEnough(harm, facts)) return 'harmless';
  return doubtful ? 'doubtful' : 'no';
}

/** Facts that help only together. */
function isEnough(harm: HarmName, facts: ReadonlySet<string>): boolean {
  switch (harm) {
    case 'redirect':
      return facts.has('starts with a slash') && facts.has('not two slashes');
    case 'path':
      return facts.has('no separator') || (facts.has('no dots') && facts.has('not absolute'));
    case 'argument':
      return facts.has('no leading dash');
    case 'html':
      return facts.has('no <') && (facts.has('no >') || facts.has('no "'));
    case 'header':
    case 'log':
    case 'email':
      return facts.has('no \n') && facts.has('no \r');
    default:
      return false;
  }
}

function judgeOne(interpreter: Interpreter, harm: HarmName, atom: Atom, check: Check, facts: Set<string>): Verdict {
  const { fact, holds } = check;
  switch (fact.kind) {
    case 'any': {
      const verdicts = fact.ways.map((way) => judge(interpreter, harm, atom, way));
      if (verdicts.every((verdict) => verdict === 'harmless')) return 'harmless';
      return verdicts.every((verdict) => verdict !== 'no') ? 'doubtful' : 'no';
    }
    case 'equal':
      if (!holds || !isTrusted(interpreter, fact.other)) {
        // `os.path.basename(name) == name`: nothing was cut off.
        return holds && harm === 'path' && fact.other.some((other) => leadsTo(other, atom, 1)) && passes(check, atom, 'basename')
          ? 'harmless'
          : 'no';
      }
      return isSame(harm, check, atom) || (harm === 'path' && passes(check, atom, 'commonpath', 'dirname')) ? 'harmless' : 'no';
    case 'member':
      if (!holds || !isTrusted(interpreter, fact.of) || isText(fact.of)) return 'no';
      return isSame(harm, check, atom) ? 'harmless' : 'no';
    case 'contains': {
      const part = textOf(fact.part);
      if (part === undefined || holds || !isSame('code', check, atom)) return 'no';
      if (part === '..') facts.add('no dots');
      if (part === '/') facts.add('no separator').add('not two slashes').add('no dots').add('not absolute');
      if (part === '//' || part === '\\') facts.add('not two slashes');
      facts.add(`no ${part}`);
      return 'no';
    }
    case 'call':
      return judgeCall(interpreter, harm, atom, check, fact, facts);
  }
}

function judgeCall(
  interpreter: Interpreter,
  harm: HarmName,
  atom: Atom,
  check: Check,
  fact: Check['fact'] & { kind: 'call' },
  facts: Set<string>,
): Verdict {
  const { holds } = check;
  const method = (fact.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
  const isReceiver = fact.receiver?.some((one) => leadsTo(one, atom, 8)) ?? false;
  const argument = fact.args.positional[0]?.value;
  for (const name of fact.names) {
    const row = interpreter.library.row(name);
    if (holds && row?.checks?.some((one) => one === harm || one === 'all')) return 'harmless';
  }
  if (isReceiver && WORDS.has(method)) return holds && (isSame('code', check, atom) || isHostCheck(harm, check, atom)) ? 'harmless' : 'no';
  if (isReceiver && (method === 'startswith' || method === 'endswith'))
    return judgeEnds(interpreter, harm, atom, check, method, argument, facts);
  if (method === 'is_relative_to' || method === 'relative_to')
    return harm === 'path' && holds && passes(check, atom, ...RESOLVED) ? 'harmless' : 'no';
  if (method === 'isabs' || method === 'is_absolute') {
    if (!holds) facts.add('not absolute');
    return 'no';
  }
  if (method === 'fullmatch' || method === 'match' || method === 'search') return judgePattern(harm, check, fact, method, atom);
  if (method === 'isinstance') {
    const types = fact.args.positional[1]?.value ?? [];
    const names = types.flatMap((type) => (isContainer(type) ? type.object.everything(type.object.branch) : [type])).map(lastName);
    if (!holds || names.length === 0) return 'no';
    if (names.every((name) => NUMERIC_TYPES.has(name))) return 'harmless';
    return harm === 'nosql' && names.every((name) => name === 'str' || name === 'bytes' || NUMERIC_TYPES.has(name)) ? 'harmless' : 'no';
  }
  if (NUMERIC_TYPES.has(method) && argument && fact.names.some((name) => interpreter.library.isClass(name)))
    return holds ? 'harmless' : 'no';
  // A validator that is not at hand: somebody looked at it, how well is not known.
  const isKnown = fact.names.some((name) => interpreter.library.row(name) !== undefined || name.startsWith('builtins.'));
  return holds && !isKnown && VALIDATOR.test(method) ? 'doubtful' : 'no';
}

function judgeEnds(
  interpreter: Interpreter,
  harm: HarmName,
  atom: Atom,
  check: Check,
  method: 'startswith' | 'endswith',
  argument: Value | undefined,
  facts: Set<string>,
): Verdict {
  if (!argument || !isTrusted(interpreter, argument)) return 'no';
  const texts = argument
    .flatMap((one) => (isContainer(one) ? one.object.everything(one.object.branch) : [one]))
    .map((one) => textOf([one]));
  if (method === 'endswith') {
    const isDomain = texts.length > 0 && texts.every((text) => text?.startsWith('.'));
    return check.holds && isDomain && (harm === 'redirect' || harm === 'ssrf') && passes(check, atom, 'netloc', 'hostname')
      ? 'harmless'
      : 'no';
  }
  if (!check.holds) {
    for (const text of texts) {
      if (text === '//') facts.add('not two slashes');
      if (text === '/') facts.add('not absolute');
      if (text === '-') facts.add('no leading dash');
    }
    return 'no';
  }
  if (harm === 'redirect' || harm === 'ssrf') {
    if (texts.length > 0 && texts.every((text) => text !== undefined && /^[a-z][a-z0-9+.-]*:\/\/[^/\\?#@]+[/?#]/i.test(text)))
      return 'harmless';
    if (texts.some((text) => text === '/')) facts.add('starts with a slash');
    return 'no';
  }
  // `startswith(root)` accepts `/root-of-another`; with the separator behind it, or a path that is normalised and ends in one, nothing leaves the root.
  if (harm === 'path' && passes(check, atom, ...RESOLVED)) {
    const endsInSeparator = argument.every((one) => {
      const segments = stringSegments(one);
      const last = segments?.at(-1);
      if (segments && /[\\/]$/.test(literalSuffix(segments))) return true;
      return last !== undefined && typeof last !== 'string' && last.value.some((end) => /(^|\.)(sep|altsep)$/.test(lastName(end)));
    });
    return endsInSeparator ? 'harmless' : 'no';
  }
  return 'no';
}

function judgePattern(
  harm: HarmName,
  check: Check,
  fact: Check['fact'] & { kind: 'call' },
  method: 'fullmatch' | 'match' | 'search',
  atom: Atom,
): Verdict {
  const { needs } = HARMS[harm];
  const compiled = fact.receiver?.[0];
  const isCompiled =
    compiled?.kind === 'opaque' && compiled.origin.via === 'call' && compiled.origin.names.some((name) => name.endsWith('.compile'));
  const pattern = isCompiled
    ? textOf(compiled.origin.via === 'call' ? compiled.origin.args.positional[0]?.value : undefined)
    : textOf(fact.args.positional[0]?.value);
  const subject = fact.args.positional[isCompiled ? 0 : 1]?.value;
  if (pattern === undefined || !subject?.some((one) => leadsTo(one, atom, 4))) return 'no';
  if (!check.holds) {
    // `re.search(r"[^\w]", x)` finds nothing.
    const [, denied] = /^\[\^(.*)\]$/.exec(pattern) ?? [];
    return denied !== undefined && method === 'search' && needs && excludes(`[${denied}]`, needs) ? 'harmless' : 'no';
  }
  if (method !== 'fullmatch' && !isAnchored(pattern, method)) return 'no';
  // Without a set of characters, a pattern of word characters alone is taken for a name that was meant.
  return excludes(pattern, needs ?? /[^\w.-]/) ? 'harmless' : 'no';
}

/** Whether what was tested is the value itself, as far as this harm goes. */
function isSame(harm: HarmName, check: Check, atom: Atom): boolean {
  return (
    isHostCheck(harm, check, atom) ||
    check.subject.some((subject) => stepsBetween(subject, atom, 8)?.every((step) => PRESERVING.has(step)) ?? false)
  );
}

function isHostCheck(harm: HarmName, check: Check, atom: Atom): boolean {
  return (harm === 'redirect' || harm === 'ssrf' || harm === 'host-link') && passes(check, atom, ...HOSTS);
}

/** Whether one of these steps lies between the value and what was tested. */
function passes(check: Check, atom: Atom, ...steps: readonly string[]): boolean {
  return check.subject.some((subject) => stepsBetween(subject, atom, 8)?.some((step) => steps.includes(step)) ?? false);
}

function isTrusted(interpreter: Interpreter, value: Value): boolean {
  return value.length > 0 && !reachesSource(interpreter, value);
}

function isText(value: Value): boolean {
  return value.some((one) => one.kind === 'constant' && one.literal.type === 'str');
}

function textOf(value: Value | undefined): string | undefined {
  const only = value?.[0];
  return value?.length === 1 && only?.kind === 'constant' && (only.literal.type === 'str' || only.literal.type === 'bytes')
    ? only.literal.value
    : undefined;
}

function lastName(atom: Atom): string {
  if (atom.kind === 'symbol') return atom.name.split('.').at(-1) ?? '';
  if (atom.kind === 'class') return atom.info.name;
  return atom.kind === 'opaque' && (atom.origin.via === 'global' || atom.origin.via === 'attribute')
    ? (atom.origin.name.split('.').at(-1) ?? '')
    : '';
}
