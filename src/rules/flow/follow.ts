import { savedContent } from '../../evaluate/behaviours/saved-files.ts';
import { NO_ARGUMENTS, type PassedKeyword } from '../../evaluate/calls/arguments.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { reachesSource, STORED, sourceKinds } from '../../evaluate/values/taint.ts';
import { literalSuffix } from '../../evaluate/values/text.ts';
import {
  type Atom,
  type CallOrigin,
  NOTHING,
  type OpaqueAtom,
  type Origin,
  type Segment,
  type Site,
  type Value,
} from '../../evaluate/values/value.ts';
import { provenanceOf } from '../provenance.ts';
import { siteOf } from './atom-kinds.ts';
import { givenArguments, leftAsItWas, rowsOf, urlArgument } from './calls.ts';
import { RESOLVED } from './checks/check-steps.ts';
import { checksAbout } from './checks/checks-about.ts';
import { isOfValidatedForm, tableOf } from './checks/form-fields.ts';
import { BEHIND, judge } from './checks/judge.ts';
import { isHarmlessGroup } from './checks/matched-groups.ts';
import { ownValidation } from './checks/own-validation.ts';
import type { Judge } from './checks/verdict.ts';
import { COMPOSED, extend, type Flow, isSurer, taken } from './flow.ts';
import { broughtBack, isDecoded } from './harmless/brought-back.ts';
import { isOfEmptyBody } from './harmless/empty-bodies.ts';
import { entryKinds } from './harmless/entry-kinds.ts';
import { reasonOfHarmlessAttribute } from './harmless/harmless-attributes.ts';
import { reasonOfHarmless, shownCall } from './harmless/harmless-calls.ts';
import { harmlessPart } from './harmless/harmless-parts.ts';
import { isHarmlessItself, isPartOfUrl, reasonOfHarmlessValue } from './harmless/harmless-values.ts';
import { insideOf } from './harmless/inside-of.ts';
import { keptOut } from './harmless/kept-out.ts';
import { madeOf } from './harmless/made-of.ts';
import { isOfOwnBrowser } from './harmless/own-browser.ts';
import { isBehindStartOfName, isDoubtfulBehind, isHarmlessBefore, isHarmlessBehind, TRUSTED_HOLE } from './harmless/position.ts';
import { queryParts } from './harmless/query-document.ts';
import { doubledBy, IN_HOST, isHarmlessWithout, openQuote, removedBy } from './harmless/removed.ts';
import { partsTaken, takenBy } from './harmless/taken-keys.ts';
import { HARMS, type HarmName } from './harms.ts';
import {
  isStricter,
  NOTHING_PASSED,
  type Passed,
  stillTelling,
  withBehind,
  withCheck,
  withDoubled,
  withFolded,
  withName,
  withoutTaken,
  withQuote,
  withRead,
  withRemoved,
  withUndone,
} from './passed.ts';
import { ACTING, CONVERTING, doubtsOfUnknown, isLookingUp, isTaking, RECODING, TEXT_METHODS } from './passing.ts';
import { type FlowStop, wordsOfCheck } from './stop.ts';

/** What is looked for. */
export interface FlowQuestion {
  readonly interpreter: Interpreter;
  readonly harm: HarmName;
  /** Kinds of source that count. */
  readonly from: Pick<ReadonlySet<string>, 'has'>;
  /** Where the value is used: conditions that hold there. */
  readonly frame: Frame;
  /** An address that is only followed: the scheme alone can do harm, no host. */
  readonly isLink?: boolean;
  /** Told why something from outside was not followed to its source; for people who ask why there is no finding. */
  readonly onStop?: (stop: FlowStop) => void;
}

/** Steps of one flow; longer ones are not followed. */
const MAX_STEPS = 60;

/** Values looked at for one question: past it the answer is that nothing was found. */
const MAX_VISITS = 1_500;

/**
 * How often what was compared with is looked at like the value itself: `hosts` of `is_safe(url, hosts)` may hold a host that was looked for in
 * others. Further on only conditions that compare with nothing from outside count, as others could be about each other.
 */
const MAX_COMPARING = 2;

/** The flow by which something from outside reaches a value and may do harm there, the surest one; `undefined` when there is none. */
export function follow(question: FlowQuestion, value: Value): Flow | undefined {
  if (!reachesSource(question.interpreter, value)) return undefined;
  const dangerous = value.filter((atom) => !isHarmlessItself(question, atom));
  return new Walker(question).ofValue(dangerous, NOTHING_PASSED, 0);
}

/** Goes back from a sink, value by value. It stands in one file, as each kind of value leads to all others. */
class Walker {
  private readonly question: FlowQuestion;
  private readonly judge: Judge;
  /** By what was passed since the sink: the same value behind the same conditions is looked at once. */
  private readonly answers = new Map<string, Map<Atom, Flow | undefined>>();
  /** Behind what nothing was found: nor is there behind the same and more conditions. */
  private readonly fruitless = new Map<Atom, Passed[]>();
  private readonly trusted = new Map<Value, boolean>();
  private readonly visiting = new Set<Atom>();
  private left = MAX_VISITS;
  /** How often what a value was compared with had to be looked at on the way here. */
  private comparing = 0;

  constructor(question: FlowQuestion) {
    this.question = question;
    const { interpreter, harm } = question;
    this.judge = { interpreter, harm, isLink: question.isLink === true, isTrusted: (value) => this.isTrusted(value), said: new Map() };
  }

  ofValue(value: Value, passed: Passed, step: number): Flow | undefined {
    let best: Flow | undefined;
    for (const atom of value) {
      const flow = this.ofAtom(atom, passed, step);
      if (flow && isSurer(flow, best)) best = flow;
      // None is surer.
      if (best?.doubts === 0) break;
    }
    return best;
  }

  private ofAtom(atom: Atom, passed: Passed, step: number): Flow | undefined {
    if (!reachesSource(this.question.interpreter, [atom]) || this.isOfOtherSources(atom)) return undefined;
    if (step > MAX_STEPS || this.left-- <= 0) return this.stop(siteOf(atom), 'the way back is longer than ratel follows', true);
    const answers = this.answersFor(passed);
    if (answers.has(atom)) return answers.get(atom);
    const fruitless = this.fruitless.get(atom);
    if (fruitless?.some((before) => isStricter(passed, before))) return undefined;
    // A value that leads to itself does so for nothing.
    if (this.visiting.has(atom)) return undefined;
    this.visiting.add(atom);
    const flow = this.find(atom, passed, step);
    this.visiting.delete(atom);
    answers.set(atom, flow);
    if (!flow) {
      if (fruitless) fruitless.push(passed);
      else this.fruitless.set(atom, [passed]);
    }
    return flow;
  }

  /** Whether all that it comes from are sources that do not count. */
  private isOfOtherSources(atom: Atom): boolean {
    if (atom.kind === 'container') return false;
    const { sources } = provenanceOf(this.question.interpreter, [atom]);
    if (sources.size === 0) return false;
    for (const kind of sources) if (this.mayCount(kind)) return false;
    return true;
  }

  private mayCount(kind: string): boolean {
    const { from, harm } = this.question;
    if (from.has(kind)) return true;
    // What is told apart only on the way back, out of what holds a whole request.
    const isRequest = kind === 'request' || kind === 'segment';
    return isRequest && (harm === 'ssrf' || from.has('request') || PARTS_OF_REQUESTS.some((part) => from.has(part)));
  }

  private answersFor({ key }: Passed): Map<Atom, Flow | undefined> {
    let answers = this.answers.get(key);
    if (!answers) {
      answers = new Map();
      this.answers.set(key, answers);
    }
    return answers;
  }

  private find(atom: Atom, passed: Passed, step: number): Flow | undefined {
    const { interpreter, harm, from, frame } = this.question;
    // What is unpacked is the file, not its name.
    if (harm === 'archive') {
      const flow = this.ofSaved([atom], atom, passed, step);
      if (flow) return flow;
    }
    const entry = entryKinds(interpreter, atom);
    const kinds = entry ?? sourceKinds(interpreter, atom);
    if (entry?.length === 0) return this.stop(siteOf(atom), 'the server sets it, or lets nothing through that could');
    if (kinds.length > 0 && isOfEmptyBody(interpreter, frame, atom)) return this.stop(siteOf(atom), 'a request by GET has no body');
    const harmless = reasonOfHarmlessValue(this.question, atom, kinds, passed);
    if (harmless !== undefined) return this.stop(siteOf(atom), harmless);
    const made = madeOf(interpreter, kinds.length > 0 ? [atom] : (tableOf(atom) ?? NOTHING));
    if (made && !this.ofValue(made, passed, step + 1))
      return this.stop(siteOf(atom), 'what it was accepted from is not from outside, or harmless');
    const here = stillTelling(passed, checksAbout(frame, atom));
    const own = ownValidation(interpreter, frame, atom);
    const all = [...here, ...passed.checks, ...own.checks];
    const verdict = all.length > 0 ? judge(this.judge, atom, all, passed.isBehind ? BEHIND : undefined) : 'no';
    if (verdict === 'harmless') {
      const one = this.question.onStop && all.find((check) => judge(this.judge, atom, [check]) === 'harmless');
      return this.stop(siteOf(atom), one ? wordsOfCheck(one) : 'the conditions that hold here make it harmless together');
    }
    if (isHarmlessWithout(harm, passed.removed + keptOut(all, atom), passed.quote))
      return this.stop(siteOf(atom), 'the characters that it would take were taken out or are not in it');
    let flow: Flow | undefined;
    if (kinds.length > 0) {
      const site = siteOf(atom);
      // A path segment has no slash: it is no URL, but it can be a host.
      const isHost = passed.quote === IN_HOST && kinds.includes('segment');
      const asRead = isFromRequest(kinds) ? passed.read : NO_KINDS;
      const asDecoded = kinds.includes('segment') && isDecoded(harm, passed.undone) ? DECODED_SEGMENT : NO_KINDS;
      if (site && (isHost || [...kinds, ...asRead, ...asDecoded].some((kind) => from.has(kind))))
        flow = { source: site, kinds, points: [], doubts: kinds.every((kind) => kind === STORED) ? 1 : 0 };
      else this.stop(site, `it comes from outside, but as ${kinds.join(', ')}, which is not counted here`);
    }
    if (own.given) flow = this.ofCleaned(own.given, atom, passed, step);
    else if (!entry) flow ??= this.before(atom, passed, step);
    const isQuoted = passed.quote !== undefined && passed.doubled.includes(passed.quote);
    const isDoubtful = verdict === 'doubtful' || isQuoted || own.isUnknown || isOfValidatedForm(interpreter, frame, atom);
    if (flow && isDoubtful) return { ...flow, doubts: flow.doubts + 2 };
    return flow && isOfOwnBrowser(interpreter, harm, atom) ? { ...flow, doubts: flow.doubts + 1 } : flow;
  }

  /** What a form has of a field is what its own method made of it; what that did that is not known counts for more there. */
  private ofCleaned(given: Value, atom: Atom, passed: Passed, step: number): Flow | undefined {
    const flow = this.ofValue(given, passed, step + 1);
    const source = siteOf(atom);
    return flow && source && { ...flow, source, points: [], doubts: flow.doubts > 0 ? flow.doubts + 1 : 0 };
  }

  /** What is in the files that a value names, where something from outside was saved there. */
  private ofSaved(paths: Value, at: Atom, passed: Passed, step: number): Flow | undefined {
    const contents = paths.flatMap((path) => savedContent(path) ?? []);
    const site = siteOf(at);
    return contents.length > 0 && site
      ? extend(this.ofValue(contents, passed, step + 1), site, 'is the file that it was saved to')
      : undefined;
  }

  private isTrusted(value: Value): boolean {
    if (this.comparing >= MAX_COMPARING) return value.length > 0 && !reachesSource(this.question.interpreter, value);
    const known = this.trusted.get(value);
    if (known !== undefined) return known;
    const { onStop: _, ...question } = this.question;
    const walker = new Walker(question);
    walker.comparing = this.comparing + 1;
    const isTrusted = value.length > 0 && walker.ofValue(value, NOTHING_PASSED, 0) === undefined;
    this.trusted.set(value, isTrusted);
    return isTrusted;
  }

  private before(atom: Atom, passed: Passed, step: number): Flow | undefined {
    switch (atom.kind) {
      case 'text':
        if (atom.origin.via === 'checked') return this.ofValue(atom.origin.of, withCheck(passed, atom.origin.check), step + 1);
        return extend(this.ofSegments(atom.segments, withoutTaken(passed), step), atom.origin.site, COMPOSED);
      case 'container': {
        if (this.question.harm === 'nosql') return this.ofValue(queryParts(atom), passed, step + 1);
        if (atom.form === 'dict' && HARMS[this.question.harm].names) return this.ofValue(atom.object.keys, passed, step + 1);
        const [parts, inside] = partsTaken(atom.object, passed);
        return this.ofValue(passed.taken ? parts : [...parts, ...atom.object.keys], inside, step + 1);
      }
      case 'opaque': {
        const flow = this.ofOrigin(this.inFront(atom), passed, step);
        return flow ?? (atom.content && this.ofValue(...partsTaken(atom.content, passed), step + 1));
      }
      default:
        return undefined;
    }
  }

  /** `FOLDER / name`: of what is joined to a path only the folder counts where all behind a separator is harmless. */
  private inFront({ origin, type }: OpaqueAtom): Origin {
    const isJoined = origin.via === 'operation' && type === 'pathlib.Path' && isHarmlessBehind(this.question.harm, `${TRUSTED_HOLE}/`);
    return isJoined ? { ...origin, operands: origin.operands.slice(0, 1) } : origin;
  }

  private ofSegments(segments: readonly Segment[], passed: Passed, step: number): Flow | undefined {
    let best: Flow | undefined;
    let text = '';
    for (const segment of segments) {
      if (typeof segment === 'string') {
        text += segment;
        continue;
      }
      if (isHarmlessBehind(this.question.harm, text) || isHarmlessBefore(this.question.harm, literalSuffix(segments))) {
        if (reachesSource(this.question.interpreter, segment.value))
          this.stop(
            segment.site,
            `in ${JSON.stringify(`${text.replaceAll(TRUSTED_HOLE, '…')}…${literalSuffix(segments)}`)} it can do no such harm`,
          );
        break;
      }
      const harmless = harmlessPart(this.question, text, segment.value);
      if (harmless) {
        if (harmless.reason !== undefined) this.stop(segment.site, harmless.reason);
        text += harmless.shown;
        continue;
      }
      const quote = openQuote(this.question.harm, text);
      const isBehind = this.question.harm === 'path' && text !== '' && !segment.startsAnew;
      const found = this.ofValue(segment.value, withQuote(isBehind ? withBehind(passed) : passed, quote), step + 1);
      const isInName = this.question.harm === 'path' && !passed.isFolded && isBehindStartOfName(text);
      const doubts = isDoubtfulBehind(this.question.harm, text) ? 2 : isInName ? 1 : 0;
      const flow = found && doubts > 0 ? { ...found, doubts: found.doubts + doubts } : found;
      if (flow && isSurer(flow, best)) best = flow;
      if (best?.doubts === 0) break;
      // Whether the host in front can be chosen is told of what stands there: a part of the path behind it chooses none.
      text += flow && !IN_URL.has(this.question.harm) ? '' : TRUSTED_HOLE;
    }
    return best;
  }

  private ofOrigin(origin: Origin, passed: Passed, step: number): Flow | undefined {
    const { interpreter, harm } = this.question;
    if (isHarmlessGroup(harm, origin)) return this.stop(origin.site, 'the group of the pattern lets nothing through that could');
    switch (origin.via) {
      case 'attribute': {
        const harmless = reasonOfHarmlessAttribute(interpreter, harm, origin);
        if (harmless !== undefined) return this.stop(origin.site, harmless);
        const from = withUndone(takenBy(origin, passed), broughtBack(harm, origin));
        const named = harm === 'path' && origin.name === 'filename' ? withName(from) : from;
        return taken(this.ofValue(origin.of.filter(hasAttributes), named, step + 1), origin.site);
      }
      case 'item':
      case 'element':
        if (HARMS[harm].names && isPartOfUrl(interpreter, origin.of))
          return this.stop(origin.site, 'a part of a URL is a text, and has no names in it');
        return taken(
          this.ofValue(origin.of, withUndone(insideOf(harm, origin, takenBy(origin, passed)), broughtBack(harm, origin)), step + 1),
          origin.site,
        );
      case 'checked':
        return this.ofValue(origin.of, withCheck(passed, origin.check), step + 1);
      case 'operation': {
        for (const [at, operand] of origin.operands.entries()) {
          const flow = this.ofValue(operand, takenBy(origin, passed), step + 1);
          // `app.config["BASE"] + url`, of which neither is known to be a text.
          const doubts = at > 0 && isDoubtfulBehind(harm, TRUSTED_HOLE) ? 2 : 0;
          if (flow) return extend({ ...flow, doubts: flow.doubts + doubts }, origin.site, 'is computed from it');
        }
        return undefined;
      }
      case 'call':
        return this.ofCall(origin, passed, step);
      default:
        return undefined;
    }
  }

  private ofCall(origin: Origin & { via: 'call' }, before: Passed, step: number): Flow | undefined {
    const { interpreter, harm } = this.question;
    const rows = rowsOf(interpreter, origin);
    const name = (origin.names[0] ?? '').replace(/\(\)$/, '');
    const method = name.split('.').at(-1) ?? '';
    const way = harm === 'path' && RESOLVED.has(method) ? withFolded(before) : before;
    const undone = [...rows.flatMap((row) => row.undoes ?? []), ...broughtBack(harm, origin)];
    const passed = withRead(
      withDoubled(withRemoved(withUndone(way, undone), removedBy(origin)), doubledBy(origin)),
      rows.flatMap((row) => row.reads ?? []),
    );
    if (rows.some((row) => row.behaves === 'open-saved')) {
      const [file] = origin.args.positional;
      const [path] = file?.value ?? [];
      const flow = file && path && this.ofSaved(file.value, path, passed, step);
      if (flow) return extend(flow, origin.site, 'is opened');
    }
    const shown = shownCall(method);
    const isKnown = rows.length > 0 || (name.startsWith('builtins.') && !/\(\)|\[\]|^builtins\.NoneType\./.test(name));
    const left = leftAsItWas(rows, harm, origin);
    const kept = left && this.ofValue(left, passed, step + 1);
    if (kept) return this.passed(kept, origin, method, true);
    const harmless = reasonOfHarmless(this.question, { origin, rows, method, isKnown }, passed);
    if (harmless !== undefined) return this.stop(origin.site, harmless);
    if (origin.receiver && rows.some((row) => row.keeps === 'receiver')) {
      const held = this.ofValue(origin.receiver, passed, step + 1);
      return held && taken(held, origin.site);
    }
    const isLookedUp = origin.receiver !== undefined && isLookingUp(method);
    // What is given otherwise stands in the place of what is looked up.
    const outside = isLookedUp ? passed : withoutTaken(passed);
    const receiver = origin.receiver ? this.ofValue(origin.receiver, insideOf(harm, origin, takenBy(origin, passed)), step + 1) : undefined;
    if (receiver) {
      if (isTaking(method)) return taken(receiver, origin.site);
      if (!isKnown && ACTING.test(method)) return this.stop(origin.site, `what ${shown} gives is taken to tell of what it did`);
      return this.passed(receiver, origin, method, isKnown || TEXT_METHODS.has(method) || CONVERTING.test(method));
    }
    // What is looked up by a value is not that value: `users.get(id)`, `query.filter(name=name).first()`.
    if (origin.receiver && !isKnown && !CONVERTING.test(method))
      return this.stop(origin.site, `what ${shown} gives is taken to be looked up by it, not to hold it`);
    if (CALL_BY_NAME.test(origin.names[0] ?? '')) return this.stop(origin.site, 'which function is called is not known');
    const url = harm === 'ssrf' ? urlArgument(rows, origin) : undefined;
    const { spread } = url ? NO_ARGUMENTS : origin.args;
    const keywords = url ? NO_ARGUMENTS.keywords : harm === 'html' ? this.shownKeywords(origin) : origin.args.keywords;
    let best: Flow | undefined;
    const given = url ? [{ value: url }] : givenArguments(harm, origin, name, isLookedUp);
    for (const value of [...given.map((one) => one.value), ...keywords.map((one) => one.value), spread]) {
      const flow = this.ofValue(value, outside, step + 1);
      if (flow && isSurer(flow, best)) best = flow;
      if (best?.doubts === 0) break;
    }
    // `settings.PROFILE_URL.format(number=number)`, `engine["url"].replace("{}", terms)`: where the template has it is not known, most often
    // behind the host.
    const isFilled = origin.receiver !== undefined && (method === 'format' || method === 'replace') && isDoubtfulBehind(harm, TRUSTED_HOLE);
    const found = best && isFilled ? { ...best, doubts: best.doubts + 2 } : best;
    return found && this.passed(found, origin, method, isKnown || RECODING.test(method));
  }

  /** Of what a template is given by name, what it shows as it is. */
  private shownKeywords(call: CallOrigin): readonly PassedKeyword[] {
    const { interpreter } = this.question;
    return interpreter.hooks.reduce((shown, hook) => hook.shownKeywords?.(interpreter, call) ?? shown, call.args.keywords);
  }

  /** Through a call; where what it does is not known, that is one doubt more, and another where nothing is known of what is called. */
  private passed(flow: Flow, { site, names }: CallOrigin, method: string, isSure: boolean): Flow {
    if (method === '') return { ...(extend(flow, site, 'is passed to what is not known') ?? flow), doubts: flow.doubts + 2 };
    return {
      ...(extend(flow, site, `passes through ${method}()`) ?? flow),
      doubts: flow.doubts + (isSure ? 0 : doubtsOfUnknown(this.question, names)),
    };
  }

  private stop(site: Site | undefined, words: string, isLost = false): undefined {
    if (site) this.question.onStop?.({ site, words, isLost });
    return undefined;
  }
}

/** `getattr(self, request.method.lower())(path)`: one of several methods, of which none is known to give what it was passed. */
const CALL_BY_NAME = /^builtins\.getattr\(\)(?:\(\))?$/;

/** Harms that the beginning of an address does. */
const IN_URL: ReadonlySet<HarmName> = new Set(['ssrf', 'redirect']);

/** A dict, list or text of the project has methods, and no other attributes. */
function hasAttributes(atom: Atom): boolean {
  return atom.kind !== 'text' && (atom.kind !== 'container' || atom.object.fields !== undefined);
}

const NO_KINDS: readonly string[] = [];
/** What a path segment is once it was decoded: any text. */
const DECODED_SEGMENT: readonly string[] = ['request'];
/** Kinds of source that are parts of what holds a whole request. */
const PARTS_OF_REQUESTS = ['host', 'referrer', 'json'];

function isFromRequest(kinds: readonly string[]): boolean {
  return kinds.includes('request') || kinds.includes('segment');
}
