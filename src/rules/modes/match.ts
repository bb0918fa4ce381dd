import { type Event, isSetting, type Listener } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Site } from '../../evaluate/values/value.ts';
import type { RawFinding } from '../../findings/finding.ts';
import type { FindingContext } from '../../findings/finding-builder.ts';
import { type Profile, shows } from '../../findings/rule-description.ts';
import type { PackageVersions } from '../../frameworks/package-versions.ts';
import { FILE_ROLES, type FileRole } from '../../source/source-file.ts';
import type { CompiledRule, Matcher, StoreForm } from '../compile.ts';
import { type Flow, isSurer } from '../flow/flow.ts';
import type { ReportSource } from '../rule-source.ts';
import type { TestContext } from '../term.ts';
import { buildFinding, type Spoken, sureness } from './build-finding.ts';
import type { Candidate } from './candidate.ts';
import { EventIndex } from './event-index.ts';
import { FactBook, type FactPlace } from './fact-book.ts';
import { type FactGrain, finest, grainOf, KnownFacts } from './fact-grain.ts';
import { flowGroups } from './flow-report.ts';
import { isLong } from './flow-steps.ts';
import { isMadeElsewhere, onceKeys } from './once-key.ts';
import { enclosingOf, factPlaceOf, placeOfCandidate } from './place-of-event.ts';
import { isWaivedElsewhere } from './waived-elsewhere.ts';

interface Subscription {
  readonly matcher: Matcher;
  readonly rule: CompiledRule | undefined;
  readonly fact: string | undefined;
  /** Of a fact: how exactly it is kept. */
  readonly grain: FactGrain;
  readonly rank: number;
  /** Roles of the files that it is about. */
  readonly roles: ReadonlySet<FileRole>;
}
/** By kind of event; stores by their form besides, as most of them only set a variable. */
type Indexes = Map<Event['kind'] | StoreForm, EventIndex<Subscription>>;

const STORE_FORMS: readonly StoreForm[] = ['variable', 'class-variable', 'attribute', 'item', 'entry', 'keyword', 'default'];

/** Evaluates all rules of modes `match`, `flow` and `setting`: listens to the evaluator, then judges. */
export class MatchMode implements Listener {
  readonly wanted = new Set<Event['kind']>();
  private readonly subscriptions: Subscription[] = [];
  /** By the role of the file: half of many a project is tests, which few rules are about. */
  private readonly indexes = new Map<FileRole, Indexes>();
  private readonly candidates = new Map<string, Candidate>();
  private readonly known = new KnownFacts();
  private book: FactBook | undefined;
  private interpreter: Interpreter | undefined;
  /** The event that was told last, and its place: many facts are about one event. */
  private latest: { readonly event: Event; readonly place: FactPlace } | undefined;
  /** Something other than examples, tests and scripts was evaluated. */
  private hasApplication = false;

  constructor(rules: readonly CompiledRule[], sharedFacts: ReadonlyMap<string, readonly Matcher[]>, profile: Profile) {
    const askedBy = new Map<string, CompiledRule[]>();
    const grains = new Map<string, FactGrain>();
    for (const rule of rules) {
      const { roles } = rule.source;
      const keyOf = keysOf(rule);
      const asked = new Set<string>();
      matchersThatCount(rule, profile).forEach((matcher, rank) => {
        this.subscribe({ matcher, rule, fact: undefined, grain: 'place', rank, roles });
        for (const wanted of [...matcher.source.exists, ...matcher.source.unless])
          for (const name of [wanted.fact, wanted.most, wanted.among]) {
            if (name === undefined) continue;
            asked.add(name);
            grains.set(keyOf(name), finest(grains.get(keyOf(name)), grainOf(wanted)));
          }
      });
      for (const name of asked) if (!rule.facts.has(name)) push(askedBy, name, rule);
      for (const [name, matchers] of rule.facts) if (asked.has(name)) this.subscribeFact(keyOf(name), matchers, grains, [rule]);
    }
    for (const [name, matchers] of sharedFacts) {
      const askers = askedBy.get(name);
      if (askers) this.subscribeFact(name, matchers, grains, askers);
    }
  }

  private subscribeFact(
    fact: string,
    matchers: readonly Matcher[],
    grains: ReadonlyMap<string, FactGrain>,
    askers: readonly CompiledRule[],
  ): void {
    const grain = grains.get(fact) ?? 'place';
    for (const matcher of matchers) this.subscribe({ matcher, rule: undefined, fact, grain, rank: 0, roles: rolesOfFacts(askers) });
  }

  private subscribe(subscription: Subscription): void {
    this.wanted.add(subscription.matcher.kind);
    this.subscriptions.push(subscription);
  }

  private indexesOf(role: FileRole): Indexes {
    const known = this.indexes.get(role);
    if (known) return known;
    const indexes: Indexes = new Map();
    for (const subscription of this.subscriptions) {
      if (!subscription.roles.has(role)) continue;
      const { kind, keys, forms } = subscription.matcher;
      for (const place of kind === 'store' ? (forms ?? STORE_FORMS) : [kind]) {
        const index = indexes.get(place) ?? new EventIndex<Subscription>(kind);
        indexes.set(place, index);
        index.add(keys, subscription);
      }
    }
    this.indexes.set(role, indexes);
    return indexes;
  }

  /** The evaluator hands itself over once, before the first event. */
  attach(interpreter: Interpreter): void {
    this.interpreter = interpreter;
    this.book = new FactBook(interpreter);
  }

  on(event: Event): void {
    const interpreter = this.interpreter;
    if (!interpreter) throw new Error('internal error: events before the evaluator was attached');
    const { role } = event.frame.state.module.file;
    this.hasApplication ||= role === 'app';
    const index = this.indexesOf(role).get(event.kind === 'store' ? event.form : event.kind);
    if (!index) return;
    const context: TestContext = { interpreter, event, trace: { flow: undefined } };
    for (const subscription of index.find(context)) this.ask(subscription, context);
  }

  private ask(subscription: Subscription, context: TestContext): void {
    const { event } = context;
    const { rule, matcher, fact, grain } = subscription;
    const { module } = event.frame.state;
    if (fact !== undefined && this.known.has(fact, grain, event)) return;
    if (rule && isSilenced(event, rule, matcher)) return;
    context.trace.flow = undefined;
    if (!matcher.test(context)) return;
    if (fact !== undefined) {
      this.known.add(fact, grain, event);
      this.book?.add(fact, this.placeOf(event));
      return;
    }
    if (!rule) return;
    const key = `${rule.source.description.id}\0${module.path}\0${event.kind}\0${event.node.start}\0${event.node.end}\0${event.kind === 'route' ? event.method : ''}\0${subscription.rank}`;
    const flow = context.trace.flow as Flow | undefined;
    const before = this.candidates.get(key);
    // Seen again with other arguments: the surest flow is told, the other sources beside it.
    if (before && !(flow && before.flow)) {
      if (event.kind === 'setting') before.alike.push(event);
      // What a call passes is more than what might be passed.
      if (!flow && !before.flow && before.event.frame.open && !event.frame.open)
        this.candidates.set(key, { ...before, ...this.met(context) });
      return;
    }
    const isBetter = !before?.flow || !flow || isSurer(flow, before.flow);
    this.candidates.set(key, {
      ...(before && !isBetter ? before : { rule, matcher, rank: subscription.rank, flow, alike: [], ...this.met(context) }),
      otherSources: [...(before?.otherSources ?? []), ...(before?.flow && flow ? [isBetter ? before.flow.source : flow.source] : [])],
    });
  }

  private met(context: TestContext): Pick<Candidate, 'place' | 'event' | 'enclosing' | 'context'> {
    const { event } = context;
    return { place: placeOfCandidate(this.placeOf(event), event), event, enclosing: enclosingOf(event), context };
  }

  private placeOf(event: Event): FactPlace {
    if (this.latest?.event !== event) this.latest = { event, place: factPlaceOf(event) };
    return this.latest.place;
  }

  /** Findings of all candidates that hold, in no particular order; `onCrash` is told of those that could not be put into words. */
  judge(
    versions: PackageVersions,
    profile: Profile,
    finding: FindingContext,
    onCrash: (module: Site['module'], error: unknown) => void,
  ): RawFinding[] {
    const { book } = this;
    if (!book) return [];
    const groups = new Map<string, Candidate[]>();
    for (const [key, candidate] of this.candidates) push(groups, key.slice(0, key.lastIndexOf('\0')), candidate);
    const spoken: Spoken[] = [];
    const said = new Map<string, Spoken>();
    const flows = new Map<string, Spoken>();
    for (const group of groups.values()) {
      const speaker = group
        .sort((a, b) => a.rank - b.rank)
        .find((candidate) => holds(candidate, book, versions) && !(profile === 'default' && isPassedOtherwise(candidate)));
      const report = speaker?.matcher.source.report;
      if (!speaker || !report) continue;
      if (!shows(profile, report.profile)) continue;
      // A guess is worth reading only for those who asked for more.
      if (profile === 'default' && isGuess(speaker, report)) continue;
      if (profile === 'default' && !speaker.flow && this.hasApplication && isBesideApplication(speaker)) continue;
      if (profile === 'default' && !speaker.flow && isWaived(speaker)) continue;
      const once = onceKeys(speaker, report);
      const told = once.map((key) => said.get(key)).find((one) => one !== undefined);
      const rest = report.rest ?? (report.once === undefined ? 'strict' : undefined);
      if (told && !(rest && shows(profile, rest))) {
        // Told where the value is made rather than where it ends up.
        const isNearer = isMadeElsewhere(told.speaker, told.report) && !isMadeElsewhere(speaker, report);
        if (rest) told.likewise.push(isNearer ? told.speaker : speaker);
        if (isNearer) {
          told.speaker = speaker;
          told.report = report;
        }
        for (const key of once) if (!said.has(key)) said.set(key, told);
        continue;
      }
      const flowKeys = flowGroups(speaker).map((key) => `${speaker.rule.source.description.id}\0${key}`);
      const first = flowKeys.map((key) => flows.get(key)).find((one) => one !== undefined);
      if (first) {
        // Told where it comes first in the source, whichever was evaluated first.
        const isEarlier = isInFrontOf(speaker, first.speaker);
        first.otherSinks.push(isEarlier ? first.speaker : speaker);
        if (isEarlier) {
          first.speaker = speaker;
          first.report = report;
        }
        for (const key of flowKeys) flows.set(key, first);
        continue;
      }
      const one: Spoken = { speaker, report, otherSinks: [], likewise: [], fact: factSite(speaker, report, book) };
      for (const key of once) if (!said.has(key)) said.set(key, one);
      for (const key of flowKeys) flows.set(key, one);
      spoken.push(one);
    }
    return spoken.flatMap((one) => {
      try {
        return [buildFinding(one, finding)];
      } catch (error) {
        // One finding that went wrong must not lose the others: it becomes a gap.
        onCrash(one.speaker.place.module, error);
        return [];
      }
    });
  }
}

/**
 * An example beside an application runs on the desk of whoever reads it: it may have a debugger on and made-up passwords. What a rule about a
 * framework asks of an application, a script beside one need not keep: nobody sends it a request.
 */
function isBesideApplication({ rule, place }: Candidate): boolean {
  const { role } = place.module.file;
  return role === 'example' || (role === 'script' && rule.source.framework !== undefined);
}

function isInFrontOf(a: Candidate, b: Candidate): boolean {
  const [ofA, ofB] = [a.place.module.path, b.place.module.path];
  return ofA === ofB ? a.event.node.start < b.event.node.start : ofA < ofB;
}

/** From this on whoever reaches the place has the whole database or machine: a finding is worth a look though one step to it is not known. */
const CRITICAL = 9;

/**
 * What is too unsure for the profile that everybody reads: the rule is not sure of it itself, or the flow goes through something that is not
 * known, or so far that something on it was most likely misread.
 */
function isGuess(candidate: Candidate, report: ReportSource): boolean {
  const { flow, event, rule } = candidate;
  if (flow && isLong(flow, event.frame)) return true;
  if (flow && flow.doubts > 0 && (rule.source.description.securitySeverity ?? 0) < CRITICAL) return true;
  return (flow !== undefined || isLeftOpen(candidate)) && sureness(candidate, report) === 'low';
}

/** What nothing in the tree sets, and something that is not in it may: local settings of a server are where such things stand. */
function isLeftOpen({ event }: Candidate): boolean {
  return isSetting(event) && !event.isSet && event.replacedBy !== undefined;
}

/** What was seen only where the parameters of a function may be anything, though all calls of it were followed and it was not seen there. */
function isPassedOtherwise({ matcher: { source }, flow, event }: Candidate): boolean {
  if (source.report === false || source.report.calls !== 'followed' || flow) return false;
  return event.frame.open && event.frame.info?.handed === 'followed';
}

/** All up to the last that the profile shows: those behind it are told by nobody, those before it may speak first and so keep it silent. */
function matchersThatCount({ matchers }: CompiledRule, profile: Profile): readonly Matcher[] {
  return matchers.slice(0, matchers.findLastIndex(({ source: { report } }) => report !== false && shows(profile, report.profile)) + 1);
}

/** A check of the framework that the project turned off stays off under our name for it. */
function isSilenced(event: Event, rule: CompiledRule, { source }: Matcher): boolean {
  if (!isSetting(event)) return false;
  const checks = (source.report === false ? undefined : source.report.checks) ?? rule.source.description.aliases;
  return checks.some((check) => event.silenced.has(check));
}

/** What tests do says nothing of the application, so that facts are met there for rules about tests only. */
function rolesOfFacts(rules: readonly CompiledRule[]): ReadonlySet<FileRole> {
  return rules.some((rule) => rule.source.roles.has('test')) ? new Set(FILE_ROLES) : OUTSIDE_TESTS;
}
const OUTSIDE_TESTS: ReadonlySet<FileRole> = new Set(FILE_ROLES.filter((role) => role !== 'test'));

function factKey(rule: CompiledRule, name: string): string {
  return `${rule.source.description.id}/${name}`;
}

/** Under which key a fact is kept that a rule asks for: its own, or one that several share. */
function keysOf(rule: CompiledRule): (fact: string) => string {
  return (fact) => (rule.facts.has(fact) ? factKey(rule, fact) : fact);
}

function holds(candidate: Candidate, book: FactBook, versions: PackageVersions): boolean {
  const { exists, unless, version } = candidate.matcher.source;
  const keyOf = keysOf(candidate.rule);
  if (version && !(versions.inRange(version.package, version.range) ?? version.unknown ?? false)) return false;
  return (
    exists.every((wanted) => book.holds(keyOf, wanted, candidate.place)) &&
    !unless.some((wanted) => book.holds(keyOf, wanted, candidate.place))
  );
}

/** A project that accepts a finding for its own linter has looked at the place: it is told to those who asked for more. */
function isWaived({ rule, place, event }: Candidate): boolean {
  return isWaivedElsewhere(place, event, rule.source.description.aliases);
}

/** Where a fact was met that the report is to stand at, or to tell. */
function factSite({ matcher, rule, place }: Candidate, report: ReportSource, book: FactBook): Site | undefined {
  const name = report.change ?? (report.at?.startsWith('fact:') ? report.at.slice('fact:'.length) : undefined);
  const wanted = matcher.source.exists.find(({ fact }) => fact === name);
  const found = wanted && book.find(keysOf(rule), wanted, place);
  return found && { module: found.module, node: found.node };
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
