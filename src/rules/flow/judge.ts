import type { Check } from '../../evaluate/check.ts';
import { isContainer } from '../../evaluate/container.ts';
import { asksSchema } from '../../evaluate/finding-calls.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { leadsTo } from '../../evaluate/lineage.ts';
import { constantText, literalSuffix, stringSegments } from '../../evaluate/text.ts';
import { looksLikeValidator } from '../../evaluate/validators.ts';
import type { Atom, Value } from '../../evaluate/value.ts';
import { complexityOf } from '../complexity.ts';
import { excludes, isAnchored, membersOfClass, startsLikeOwnPath, startsWithout } from './charset.ts';
import { isHostCheck, isItself, isResolved, isSame, isSigned, isSplitPath, isWhole, lastName, passes, RESOLVED } from './check-steps.ts';
import { isAbout } from './checks-about.ts';
import { isFoundByName, isFoundRow } from './found-row.ts';
import { HARMS, type HarmName, isHarmlessText } from './harms.ts';
import { startsWithHost } from './host-pattern.ts';
import { isSecondCharacter } from './second-character.ts';
import { isStrippedOfSlashes } from './stripped-slashes.ts';
import { isHarmlessByType, NUMERIC_TYPES } from './type-checks.ts';

/** What checks say of one value: harmless, or some part of it, or only that somebody looked at it. */
export type Verdict = 'harmless' | 'doubtful' | 'no';

const NUMBERS = new Set(['isdigit', 'isdecimal', 'isnumeric']);
const WORDS = new Set(['isalnum', 'isalpha', 'isidentifier', ...NUMBERS]);
const ADDRESS_KINDS = ['is_global', 'is_private', 'is_loopback', 'is_link_local', 'is_reserved', 'is_multicast', 'is_unspecified'];

/** For whom checks are judged. */
export interface Judge {
  readonly interpreter: Interpreter;
  readonly harm: HarmName;
  /** Whether nothing from outside that may do this harm is in a value: what others were compared with. */
  readonly isTrusted: (value: Value) => boolean;
  /**
   * What was said of a value by one check: the same value is met behind ever other conditions, and ways of a helper stand in ways of those that
   * call it, the same ones again and again.
   */
  readonly said: Map<Atom, Map<Check, Said>>;
}

/** What one check says, alone and together with others. */
interface Said {
  readonly verdict: Verdict;
  readonly facts: readonly string[];
}
const NOTHING_SAID: Said = { verdict: 'no', facts: [] };

/** Decisions in a validator of the project from which on it is taken to be one that was thought through. */
const MIN_REASONS = 5;

/** Judges together all checks that hold for a value where it is used. */
export function judge(by: Judge, atom: Atom, checks: readonly Check[]): Verdict {
  const facts = new Set<string>();
  const verdict = gather(by, atom, checks, facts);
  if (verdict === 'harmless' || isEnough(by.harm, facts)) return 'harmless';
  return isHalfEnough(by.harm, facts) ? 'doubtful' : verdict;
}

/** What single checks say; what helps only together goes to `facts`. */
function gather(by: Judge, atom: Atom, checks: readonly Check[], facts: Set<string>): Verdict {
  let result: Verdict = 'no';
  for (const check of checks) {
    const said = whatSays(by, atom, check);
    if (said.verdict === 'harmless') return 'harmless';
    if (said.verdict === 'doubtful') result = 'doubtful';
    for (const fact of said.facts) facts.add(fact);
  }
  return result;
}

function whatSays(by: Judge, atom: Atom, check: Check): Said {
  let ofAtom = by.said.get(atom);
  if (!ofAtom) {
    ofAtom = new Map();
    by.said.set(atom, ofAtom);
  }
  const known = ofAtom.get(check);
  if (known) return known;
  let said = NOTHING_SAID;
  if (isAbout(check, atom)) {
    const facts = new Set<string>();
    const verdict = judgeOne(by, atom, check, facts);
    if (verdict !== 'no' || facts.size > 0) said = { verdict, facts: [...facts] };
  }
  ofAtom.set(check, said);
  return said;
}

/** What holds on all ways that are open. */
function judgeWays(by: Judge, atom: Atom, checks: readonly (readonly Check[])[]): Said {
  const ways = checks.map((way) => {
    const own = new Set<string>();
    return { verdict: gather(by, atom, way, own), facts: own };
  });
  const [first, ...others] = ways.filter((way) => way.verdict !== 'harmless' && !isEnough(by.harm, way.facts));
  if (!first) return { verdict: 'harmless', facts: [] };
  const facts = [...first.facts].filter((one) => others.every((way) => way.facts.has(one)));
  const isDoubtful = [first, ...others].every((way) => way.verdict === 'doubtful' || isHalfEnough(by.harm, way.facts));
  return { verdict: isDoubtful ? 'doubtful' : 'no', facts };
}

/** Facts that help only together. */
function isEnough(harm: HarmName, facts: ReadonlySet<string>): boolean {
  switch (harm) {
    case 'redirect':
      return (
        (facts.has('starts with a slash') && (facts.has('not two slashes') || facts.has('no host'))) ||
        (facts.has('no host') && facts.has('no scheme'))
      );
    case 'ssrf':
      return facts.has('no host');
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

/** Facts that help in most cases, and leave ways round: no host, but `https:evil.com` and `///evil.com` have none to a parser. */
function isHalfEnough(harm: HarmName, facts: ReadonlySet<string>): boolean {
  return harm === 'redirect' && facts.has('no host');
}

function judgeOne(by: Judge, atom: Atom, check: Check, facts: Set<string>): Verdict {
  const { fact, holds } = check;
  const { harm } = by;
  switch (fact.kind) {
    case 'any': {
      const { verdict, facts: shared } = judgeWays(by, atom, fact.ways);
      for (const one of shared) facts.add(one);
      return verdict;
    }
    case 'equal':
      // `hmac.new(KEY, url).hexdigest() == request.args["signature"]`
      if (holds && isSigned(check, atom)) return 'harmless';
      if (!holds && harm === 'redirect' && constantText(fact.other) === '/' && isSecondCharacter(check, atom)) facts.add('not two slashes');
      if (!holds || !by.isTrusted(fact.other)) return 'no';
      if (isEmpty(fact.other)) return judgeEmpty(harm, check, atom, facts);
      return isSame(harm, check, atom) ||
        (harm === 'path' && (passes(check, atom, 'commonpath', 'dirname', 'parent') || isResolved(check, atom)))
        ? 'harmless'
        : 'no';
    case 'true': {
      // What an address is: of the own machine and networks, or of the internet. https://docs.python.org/3/library/ipaddress.html
      if (harm === 'ssrf' && passes(check, atom, ...ADDRESS_KINDS))
        return passes(check, atom, holds ? 'is_global' : 'is_private') ? 'harmless' : 'no';
      return holds ? 'no' : judgeEmpty(harm, check, atom, facts);
    }
    case 'member':
      if (
        !holds &&
        harm === 'redirect' &&
        contentsOf(fact.of).some((one) => constantText([one])?.startsWith('/')) &&
        isSecondCharacter(check, atom)
      )
        facts.add('not two slashes');
      if (!holds || !by.isTrusted(fact.of)) return 'no';
      // A part of a text has no other characters than the text.
      if (isText(fact.of)) {
        const text = constantText(fact.of);
        return text !== undefined &&
          isSame('code', check, atom) &&
          isHarmlessText(harm, (characters) => ![...text].some((one) => characters.test(one)))
          ? 'harmless'
          : 'no';
      }
      if (isHostCheck(harm, check, atom) && contentsOf(fact.of).some((one) => isEmpty([one]))) {
        facts.add('no host');
        return 'no';
      }
      return isSame(harm, check, atom) ? 'harmless' : 'no';
    case 'contains': {
      // `BASE in path.parents`
      if (holds && harm === 'path' && passes(check, atom, 'parents') && passes(check, atom, ...RESOLVED) && by.isTrusted(fact.part))
        return 'harmless';
      const part = constantText(fact.part);
      if (part === '..' && !holds && isSplitPath(check, atom)) facts.add('no dots');
      if (part === undefined || holds || !isSame('code', check, atom)) return 'no';
      withoutText(part, facts);
      return 'no';
    }
    case 'validated':
      if (holds && isFoundByName(harm, fact.info.name) && isSame(harm, check, atom)) return 'harmless';
      // Which names a schema lets through that it does not list is more than the call says.
      if (holds && HARMS[harm].names && asksSchema(fact.info)) return 'doubtful';
      // It rejects for several reasons; whether these are enough is more than its parts say here.
      return holds && looksLikeValidator(fact.info.name) && complexityOf(fact.info.node) >= MIN_REASONS ? 'doubtful' : 'no';
    case 'call':
      return judgeCall(by, atom, check, fact, facts);
  }
}

/** What it says of a text that another is not in it. */
function withoutText(part: string, facts: Set<string>): void {
  if (part === '..') facts.add('no dots');
  if (part === '/') facts.add('no separator').add('not two slashes').add('no dots').add('not absolute');
  if (part === '//') facts.add('not two slashes');
  facts.add(`no ${part}`);
}

/** What it says of a value that something computed from it is empty. */
function judgeEmpty(harm: HarmName, check: Check, atom: Atom, facts: Set<string>): Verdict {
  if (isHostCheck(harm, check, atom)) facts.add('no host');
  else if (passes(check, atom, 'scheme')) facts.add('no scheme');
  else if (isSame(harm, check, atom)) return 'harmless';
  return 'no';
}

function judgeCall(by: Judge, atom: Atom, check: Check, fact: Check['fact'] & { kind: 'call' }, facts: Set<string>): Verdict {
  const { holds } = check;
  const { interpreter, harm } = by;
  const method = (fact.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
  const isReceiver = fact.receiver?.some((one) => leadsTo(one, atom, 8)) ?? false;
  const argument = fact.args.positional[0]?.value;
  for (const name of fact.names) {
    const row = interpreter.library.row(name);
    if (holds && row?.checks?.some((one) => one === harm || one === 'all') && isWhole(check, atom)) return 'harmless';
  }
  if (holds && isFoundRow(interpreter, harm, fact, atom)) return 'harmless';
  if (isReceiver && WORDS.has(method) && (!HARMS[harm].words || NUMBERS.has(method)))
    return holds && (isSame('code', check, atom) || isHostCheck(harm, check, atom)) ? 'harmless' : 'no';
  // Line breaks and all other control characters are not printable. https://docs.python.org/3/library/stdtypes.html#str.isprintable
  if (isReceiver && method === 'isprintable' && (harm === 'log' || harm === 'header' || harm === 'email'))
    return holds && isSame(harm, check, atom) ? 'harmless' : 'no';
  if (isReceiver && (method === 'startswith' || method === 'endswith')) return judgeEnds(by, atom, check, method, argument, facts);
  if (method === 'is_relative_to' || method === 'relative_to')
    return harm === 'path' && holds && passes(check, atom, ...RESOLVED) ? 'harmless' : 'no';
  // `path.parent.samefile(FOLDER)`: it lies in that folder. https://docs.python.org/3/library/pathlib.html#pathlib.Path.samefile
  if (method === 'samefile') {
    const others = [fact.receiver, ...fact.args.positional.map((passed) => passed.value)].filter(
      (value): value is Value => value !== undefined && !value.some((one) => leadsTo(one, atom, 8)),
    );
    return harm === 'path' && holds && passes(check, atom, 'parent', 'dirname') && others.some(by.isTrusted) ? 'harmless' : 'no';
  }
  if (method === 'compare_digest') return holds && isSigned(check, atom) ? 'harmless' : 'no';
  if (method === 'isabs' || method === 'is_absolute') {
    if (!holds) facts.add('not absolute');
    return 'no';
  }
  if (method === 'fullmatch' || method === 'match' || method === 'search') return judgePattern(harm, check, fact, method, atom, facts);
  if (method === 'isinstance') {
    const types = fact.args.positional[1]?.value ?? [];
    const listed = contentsOf(types);
    if (holds && harm === 'exposure' && isItself(check, atom) && listed.length > 0 && listed.every((type) => isMeant(interpreter, type)))
      return 'harmless';
    // `if isinstance(found, str): return`: what goes on is not the text that was one of its alternatives.
    if (!holds && isItself(check, atom) && listed.some((type) => isOfType(interpreter, atom, type))) return 'harmless';
    const names = listed.map(lastName);
    return isHarmlessByType(harm, names, holds, isItself(check, atom)) ? 'harmless' : 'no';
  }
  // `int(text)` returned, so the text is one of a number; of a part of it that says nothing of the rest, and everything has a truth.
  if (NUMERIC_TYPES.has(method) && method !== 'bool' && argument && fact.names.some((name) => interpreter.library.isClass(name)))
    return holds && isSame('code', check, atom) ? 'harmless' : 'no';
  // A validator that is not at hand: somebody looked at it, how well is not known.
  const isKnown = fact.names.some((name) => interpreter.library.row(name) !== undefined || /^builtins\.[\w.]+$/.test(name));
  return holds && !isKnown && looksLikeValidator(method) ? 'doubtful' : 'no';
}

function judgeEnds(
  by: Judge,
  atom: Atom,
  check: Check,
  method: 'startswith' | 'endswith',
  argument: Value | undefined,
  facts: Set<string>,
): Verdict {
  const { harm } = by;
  if (!argument || !by.isTrusted(argument)) return 'no';
  const texts = contentsOf(argument).map((one) => constantText([one]));
  if (method === 'endswith') {
    const isDomain = texts.length > 0 && texts.every((text) => text?.startsWith('.'));
    return check.holds && isDomain && (harm === 'redirect' || harm === 'ssrf') && passes(check, atom, 'netloc', 'hostname')
      ? 'harmless'
      : 'no';
  }
  const same = isSame('code', check, atom);
  if (!check.holds) {
    // A path that is normalised has `..` at its start alone; what was stripped of slashes in front is not absolute.
    const isLeaving = harm === 'path' && texts.some((text) => text === '..' || text === '../');
    // The way from a folder to what is outside of it begins with `..`. https://docs.python.org/3/library/os.path.html#os.path.relpath
    if (isLeaving && passes(check, atom, 'relpath')) return 'harmless';
    if (isLeaving && passes(check, atom, 'normpath')) {
      facts.add('no dots');
      if (isStrippedOfSlashes(check, atom)) facts.add('not absolute');
    }
    for (const text of same ? texts : []) {
      if (text === '//') facts.add('not two slashes');
      if (text === '/') facts.add('not absolute');
      if (text === '-') facts.add('no leading dash');
    }
    return 'no';
  }
  // `method.startswith("get_")`: one of those that were meant for it, as behind a prefix that the code puts there.
  if (same && harm === 'name')
    return texts.length > 0 && texts.every((text) => text !== undefined && /[a-z]/i.test(text)) ? 'harmless' : 'no';
  if (same && (harm === 'redirect' || harm === 'ssrf')) {
    if (texts.length > 0 && texts.every((text) => text !== undefined && /^[a-z][a-z0-9+.-]*:\/\/[^/\\?#@]+[/?#]/i.test(text)))
      return 'harmless';
    // `startswith("/files")`: a path of the own site, as what stands behind the first slash is no second one.
    if (harm === 'redirect' && texts.length > 0 && texts.every((text) => text !== undefined && /^\/[^/\\\s]/.test(text))) return 'harmless';
    if (texts.some((text) => text === '/')) facts.add('starts with a slash');
    // `startswith(settings.SITE_URL)`: enough if that ends behind its host.
    return texts.some((text) => text === undefined) ? 'doubtful' : 'no';
  }
  // `startswith(root)` accepts `/root-of-another`, which is seldom there; with the separator behind it, or a path that is normalised and ends in one, nothing leaves the root.
  if (harm === 'path' && passes(check, atom, ...RESOLVED)) {
    const endsInSeparator = argument.every((one) => {
      const segments = stringSegments(one);
      const last = segments?.at(-1);
      if (segments && /[\\/]$/.test(literalSuffix(segments))) return true;
      return last !== undefined && typeof last !== 'string' && last.value.some((end) => /(^|\.)(sep|altsep)$/.test(lastName(end)));
    });
    return endsInSeparator ? 'harmless' : 'doubtful';
  }
  return 'no';
}

function judgePattern(
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

/** Exceptions of the project, and those of libraries that are not known to tell of the system, have a text that was made for somebody. */
function isMeant({ library }: Interpreter, type: Atom): boolean {
  return type.kind === 'class' || (type.kind === 'symbol' && !library.row(type.name)?.source);
}

/** Whether it is known that something is an instance of a builtin type. */
function isOfType({ library }: Interpreter, atom: Atom, type: Atom): boolean {
  const name = type.kind === 'symbol' && type.name.startsWith('builtins.') ? type.name : undefined;
  if (name === undefined) return false;
  if (atom.kind === 'text') return name === 'builtins.str';
  return atom.kind === 'opaque' && atom.type !== undefined && library.isSubclass(atom.type, name);
}

/** The alternatives of a value, those of collections in their place. */
function contentsOf(value: Value): Value {
  return value.flatMap((one) => (isContainer(one) ? one.object.everything(one.object.branch) : [one]));
}

function isEmpty(value: Value): boolean {
  return value.length > 0 && value.every((one) => one.kind === 'constant' && (one.literal.type === 'none' || constantText([one]) === ''));
}

function isText(value: Value): boolean {
  return value.some((one) => one.kind === 'constant' && one.literal.type === 'str');
}
