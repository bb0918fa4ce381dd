import { asksSchema } from '../../../evaluate/calls/finding-calls.ts';
import type { Check } from '../../../evaluate/checks/check.ts';
import { looksLikeValidator } from '../../../evaluate/checks/validators.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { contentOf } from '../../../evaluate/values/container.ts';
import { leadsTo } from '../../../evaluate/values/lineage.ts';
import { constantText } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { decisionsOf } from '../../complexity.ts';
import { isFoundByName, isFoundRow } from '../harmless/found-row.ts';
import { HARMS, type HarmName, isHarmlessText } from '../harms.ts';
import {
  isBelow,
  isHostCheck,
  isItself,
  isPartOfPath,
  isResolved,
  isSame,
  isSigned,
  isSplitPath,
  isWhole,
  lastName,
  passes,
  RESOLVED,
} from './check-steps.ts';
import { isAbout } from './checks-about.ts';
import { isEnough, isHalfEnough, withoutText } from './facts-together.ts';
import { judgeEnds } from './judge-ends.ts';
import { judgePattern } from './judge-pattern.ts';
import { isOneOfSchemes } from './schemes.ts';
import { isSecondCharacter } from './second-character.ts';
import { isTrustedBefore } from './trusted-before.ts';
import { isHarmlessByType, NUMERIC_TYPES } from './type-checks.ts';
import type { Judge, Said, Verdict } from './verdict.ts';

const NUMBERS = new Set(['isdigit', 'isdecimal', 'isnumeric']);
const WORDS = new Set(['isalnum', 'isalpha', 'isidentifier', ...NUMBERS]);
const ADDRESS_KINDS = ['is_global', 'is_private', 'is_loopback', 'is_link_local', 'is_reserved', 'is_multicast', 'is_unspecified'];

const NOTHING_SAID: Said = { verdict: 'no', facts: [] };

/** Decisions in a validator of the project from which on it is taken to be one that was thought through. */
const MIN_REASONS = 5;

/** What is known of a value that stands behind the start of a path. */
export const BEHIND: readonly string[] = ['not absolute'];

/** Judges together all checks that hold for a value where it is used, and what its place there says. */
export function judge(by: Judge, atom: Atom, checks: readonly Check[], ofPlace: readonly string[] = []): Verdict {
  const facts = new Set(ofPlace);
  const verdict = gather(by, atom, checks, facts);
  if (verdict === 'harmless' || isEnough(by, facts)) return 'harmless';
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
  const [first, ...others] = ways.filter((way) => way.verdict !== 'harmless' && !isEnough(by, way.facts));
  if (!first) return { verdict: 'harmless', facts: [] };
  const facts = [...first.facts].filter((one) => others.every((way) => way.facts.has(one)));
  const isDoubtful = [first, ...others].every((way) => way.verdict === 'doubtful' || isHalfEnough(by.harm, way.facts));
  return { verdict: isDoubtful ? 'doubtful' : 'no', facts };
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
      if (!holds && harm === 'path' && constantText(fact.other) === '..') return judgeParts(check, atom, facts);
      if (!holds || !by.isTrusted(fact.other)) return 'no';
      if (isEmpty(fact.other)) return judgeEmpty(harm, check, atom, facts);
      if (isOneOfSchemes(check, atom, fact.other)) facts.add('known scheme');
      return isSame(harm, check, atom) ||
        (harm === 'path' && (passes(check, atom, 'dirname', 'parent') || isResolved(check, atom) || isBelow(check, atom, fact.other)))
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
        fact.of.flatMap(contentOf).some((one) => constantText([one])?.startsWith('/')) &&
        isSecondCharacter(check, atom)
      )
        facts.add('not two slashes');
      if (!holds && harm === 'path' && fact.of.flatMap(contentOf).some((one) => constantText([one]) === '..'))
        return judgeParts(check, atom, facts);
      if (!holds || !isTrustedBefore(by, fact.of, check)) return 'no';
      // A part of a text has no other characters than the text.
      if (isText(fact.of)) {
        const text = constantText(fact.of);
        return text !== undefined &&
          isSame('code', check, atom) &&
          isHarmlessText(harm, (characters) => ![...text].some((one) => characters.test(one)))
          ? 'harmless'
          : 'no';
      }
      if (isOneOfSchemes(check, atom, fact.of.flatMap(contentOf))) facts.add('known scheme');
      if (isHostCheck(harm, check, atom) && fact.of.flatMap(contentOf).some((one) => isEmpty([one]))) {
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
      return holds && looksLikeValidator(fact.info.name) && decisionsOf(fact.info.node) >= MIN_REASONS ? 'doubtful' : 'no';
    case 'call':
      return judgeCall(by, atom, check, fact, facts);
  }
}

/** What it says of a value that no part of its path is `..`; a part alone has no separator, either. */
function judgeParts(check: Check, atom: Atom, facts: Set<string>): Verdict {
  if (isPartOfPath(atom) && isItself(check, atom)) return 'harmless';
  if (isSplitPath(check, atom)) facts.add('no dots');
  return 'no';
}

/** What it says of a value that something computed from it is empty. */
function judgeEmpty(harm: HarmName, check: Check, atom: Atom, facts: Set<string>): Verdict {
  if (isHostCheck(harm, check, atom)) facts.add('no host');
  else if (passes(check, atom, 'scheme')) facts.add('no scheme');
  else if (isSame(harm, check, atom)) return 'harmless';
  return 'no';
}

/**
 * `url_has_allowed_host_and_scheme(url, allowed_hosts={urlparse(url).netloc})`: what is allowed was taken from the value that is asked about,
 * and nobody looked at it.
 */
function isAskedOfItself({ isTrusted }: Judge, { args }: Check['fact'] & { kind: 'call' }, atom: Atom): boolean {
  const made = [...args.positional, ...args.keywords].filter(({ value }) =>
    value.flatMap(contentOf).some((one) => leadsTo(one, atom, 8) && !(isChecked(one) && isTrusted([one]))),
  );
  return made.length > 1;
}

function isChecked(atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.origin.via === 'checked';
}

function judgeCall(by: Judge, atom: Atom, check: Check, fact: Check['fact'] & { kind: 'call' }, facts: Set<string>): Verdict {
  const { holds } = check;
  const { interpreter, harm } = by;
  const method = (fact.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
  const isReceiver = fact.receiver?.some((one) => leadsTo(one, atom, 8)) ?? false;
  const argument = fact.args.positional[0]?.value;
  for (const name of fact.names) {
    const row = interpreter.library.row(name);
    if (
      holds &&
      row?.checks?.some((one) => one === harm || one === 'all') &&
      isWhole(check, atom) &&
      !(harm === 'redirect' && isAskedOfItself(by, fact, atom))
    )
      return 'harmless';
    const hosts = fact.args.positional[1]?.value;
    if (holds && row?.checksHost && hosts && isHostCheck(harm, check, atom) && isTrustedBefore(by, hosts, check)) return 'harmless';
  }
  if (holds && isFoundRow(interpreter, harm, fact, atom)) return 'harmless';
  if (isReceiver && WORDS.has(method) && (!HARMS[harm].words || NUMBERS.has(method)))
    return holds && (isSame('code', check, atom) || isHostCheck(harm, check, atom)) ? 'harmless' : 'no';
  // Line breaks and all other control characters are not printable. https://docs.python.org/3/library/stdtypes.html#str.isprintable
  if (isReceiver && method === 'isprintable' && (harm === 'log' || harm === 'header' || harm === 'email'))
    return holds && isSame(harm, check, atom) ? 'harmless' : 'no';
  if (isReceiver && (method === 'startswith' || method === 'endswith')) return judgeEnds(by, atom, check, method, argument, facts);
  if (method === 'is_relative_to' || method === 'relative_to')
    return harm === 'path' && holds && passes(check, atom, ...RESOLVED) && !isTop(argument) ? 'harmless' : 'no';
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
  if (method === 'fullmatch' || method === 'match' || method === 'search') return judgePattern(by, check, fact, method, atom, facts);
  if (method === 'isinstance') {
    const types = fact.args.positional[1]?.value ?? [];
    const listed = types.flatMap(contentOf);
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

/** Exceptions of the project, and those of libraries that are not known to tell of the system, have a text that was made for somebody. */
function isMeant({ library }: Interpreter, type: Atom): boolean {
  return type.kind === 'class' || (type.kind === 'symbol' && !library.row(type.name)?.source);
}

/** The top of the file system, in which everything lies. */
function isTop(folder: Value | undefined): boolean {
  const [only] = folder ?? [];
  const path = only?.kind === 'opaque' && only.origin.via === 'call' ? only.origin.args.positional[0]?.value : folder;
  return constantText(path) === '/';
}

/** Whether it is known that something is an instance of a builtin type, or of a class of a library. */
function isOfType({ library }: Interpreter, atom: Atom, type: Atom): boolean {
  if (type.kind !== 'symbol') return false;
  if (atom.kind === 'text') return type.name === 'builtins.str';
  return atom.kind === 'opaque' && atom.type !== undefined && library.isSubclass(atom.type, library.canonical(type.name));
}

function isEmpty(value: Value): boolean {
  return value.length > 0 && value.every((one) => one.kind === 'constant' && (one.literal.type === 'none' || constantText([one]) === ''));
}

function isText(value: Value): boolean {
  return value.some((one) => one.kind === 'constant' && one.literal.type === 'str');
}
