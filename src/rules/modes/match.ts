import { type Event, isSetting, type Listener, type SettingEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Site } from '../../evaluate/value.ts';
import type { Confidence, Fix, RawFinding } from '../../findings/finding.ts';
import { FindingBuilder, type FindingContext } from '../../findings/finding-builder.ts';
import { placeholdersOf } from '../../findings/message.ts';
import { type RuleDescription, shows } from '../../findings/rule-description.ts';
import type { PackageVersions } from '../../frameworks/package-versions.ts';
import type { Expr, Span } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { FILE_ROLES, type FileRole } from '../../source/source-file.ts';
import type { CompiledRule, Matcher, StoreForm } from '../compile.ts';
import { classOf, functionOf, nameOf } from '../event-parts.ts';
import { configFix } from '../fixes/config-fix.ts';
import type { FixSource } from '../fixes/fix-source.ts';
import { settingFix } from '../fixes/setting-fix.ts';
import { type Flow, isSurer } from '../flow/flow.ts';
import type { ExistsSource, ReportSource } from '../rule-source.ts';
import type { TestContext } from '../term.ts';
import { EventIndex } from './event-index.ts';
import { FactBook, type Place } from './fact-book.ts';
import { firstLine } from './first-line.ts';
import { confidenceOf, flowGroup, flowValues, tellFlow, tellOtherSinks } from './flow-report.ts';
import { excerpt, messageValues } from './message-values.ts';
import { collisionSite, placeOf, writtenString } from './report-place.ts';
import { isWaivedElsewhere } from './waived-elsewhere.ts';

/** A matcher that held at an event; whether it speaks is decided when all facts are known. */
export interface Candidate {
  readonly rule: CompiledRule;
  readonly matcher: Matcher;
  readonly rank: number;
  readonly place: Place;
  readonly event: Event;
  readonly enclosing: string;
  /** Built for the first candidate of a matcher and place only. */
  readonly context: TestContext;
  /** How a value from outside came there, where the matcher asks that. */
  readonly flow: Flow | undefined;
  readonly otherSources: readonly Site[];
  /** The same place for further modules of settings that take it over. */
  readonly alike: SettingEvent[];
}

interface Subscription {
  readonly matcher: Matcher;
  readonly rule: CompiledRule | undefined;
  readonly fact: string | undefined;
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
  private readonly facts: { readonly key: string; readonly place: Place }[] = [];
  private interpreter: Interpreter | undefined;
  /** Something other than examples, tests and scripts was evaluated. */
  private hasApplication = false;

  constructor(rules: readonly CompiledRule[], sharedFacts: ReadonlyMap<string, readonly Matcher[]>) {
    const askedBy = new Map<string, CompiledRule[]>();
    for (const rule of rules) {
      const { roles } = rule.source;
      rule.matchers.forEach((matcher, rank) => {
        this.subscribe({ matcher, rule, fact: undefined, rank, roles });
        for (const { fact } of [...matcher.source.exists, ...matcher.source.unless]) if (!rule.facts.has(fact)) push(askedBy, fact, rule);
      });
      for (const [name, matchers] of rule.facts)
        for (const matcher of matchers)
          this.subscribe({ matcher, rule: undefined, fact: factKey(rule, name), rank: 0, roles: rolesOfFacts([rule]) });
    }
    for (const [name, matchers] of sharedFacts) {
      const askers = askedBy.get(name);
      if (!askers) continue;
      for (const matcher of matchers) this.subscribe({ matcher, rule: undefined, fact: name, rank: 0, roles: rolesOfFacts(askers) });
    }
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
    const { rule, matcher, fact } = subscription;
    const { module } = event.frame.state;
    if (rule && isSilenced(event, rule, matcher)) return;
    context.trace.flow = undefined;
    if (!matcher.test(context)) return;
    const place = placeOfEvent(event);
    if (fact !== undefined) {
      this.facts.push({ key: fact, place });
      return;
    }
    if (!rule) return;
    const key = `${rule.source.description.id}\0${module.path}\0${event.kind}\0${event.node.start}\0${event.node.end}\0${event.kind === 'route' ? event.method : ''}\0${subscription.rank}`;
    const flow = context.trace.flow as Flow | undefined;
    const before = this.candidates.get(key);
    // Seen again with other arguments: the surest flow is told, the other sources beside it.
    if (before && !(flow && before.flow)) {
      if (event.kind === 'setting') before.alike.push(event);
      return;
    }
    const isBetter = !before?.flow || !flow || isSurer(flow, before.flow);
    this.candidates.set(key, {
      ...(before && !isBetter
        ? before
        : { rule, matcher, rank: subscription.rank, place, event, enclosing: enclosingOf(event), context, flow, alike: [] }),
      otherSources: [...(before?.otherSources ?? []), ...(before?.flow && flow ? [isBetter ? before.flow.source : flow.source] : [])],
    });
  }

  /** Findings of all candidates that hold, in no particular order. */
  judge(versions: PackageVersions, profile: RuleDescription['profile'], finding: FindingContext): RawFinding[] {
    const interpreter = this.interpreter;
    if (!interpreter) return [];
    const book = new FactBook(interpreter);
    for (const { key, place } of this.facts) book.add(key, place);
    const groups = new Map<string, Candidate[]>();
    for (const [key, candidate] of this.candidates) push(groups, key.slice(0, key.lastIndexOf('\0')), candidate);
    const spoken: Spoken[] = [];
    const said = new Set<string>();
    const flows = new Map<string, Spoken>();
    for (const group of groups.values()) {
      const speaker = group.sort((a, b) => a.rank - b.rank).find((candidate) => holds(candidate, book, versions));
      const report = speaker?.matcher.source.report;
      if (!speaker || !report) continue;
      if (!shows(profile, report.profile)) continue;
      // A guess is worth reading only for those who asked for more.
      if (profile === 'default' && speaker.flow && sureness(speaker, report) === 'low') continue;
      // An example beside an application runs on the desk of whoever reads it: it may have a debugger on and made-up passwords.
      if (profile === 'default' && !speaker.flow && this.hasApplication && speaker.place.module.file.role === 'example') continue;
      if (profile === 'default' && !speaker.flow && isWaived(speaker)) continue;
      const once = onceKey(speaker, report);
      if (once !== undefined) {
        if (said.has(once) && !(report.rest && shows(profile, report.rest))) continue;
        said.add(once);
      }
      const flowKey = flowGroup(speaker);
      const first = flowKey === undefined ? undefined : flows.get(`${speaker.rule.source.description.id}\0${flowKey}`);
      if (first) {
        // Told where it comes first in the source, whichever was evaluated first.
        const isEarlier = speaker.event.node.start < first.speaker.event.node.start;
        first.otherSinks.push(isEarlier ? first.speaker : speaker);
        if (isEarlier) {
          first.speaker = speaker;
          first.report = report;
        }
        continue;
      }
      const one: Spoken = { speaker, report, otherSinks: [], fact: factSite(speaker, report, book) };
      if (flowKey !== undefined) flows.set(`${speaker.rule.source.description.id}\0${flowKey}`, one);
      spoken.push(one);
    }
    return spoken.map((one) => build(one, finding));
  }
}

/** A candidate that becomes a finding, and those that are told beside it. */
interface Spoken {
  speaker: Candidate;
  report: ReportSource;
  readonly otherSinks: Candidate[];
  /** Where the fact was met that `report.at` (“fact:NAME”) or `report.change` names. */
  readonly fact: Site | undefined;
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

function holds(candidate: Candidate, book: FactBook, versions: PackageVersions): boolean {
  const { exists, unless, version } = candidate.matcher.source;
  const key = (wanted: ExistsSource): string =>
    candidate.rule.facts.has(wanted.fact) ? factKey(candidate.rule, wanted.fact) : wanted.fact;
  if (version && !(versions.inRange(version.package, version.range) ?? version.unknown ?? false)) return false;
  return (
    exists.every((wanted) => book.holds(key(wanted), wanted, candidate.place)) &&
    !unless.some((wanted) => book.holds(key(wanted), wanted, candidate.place))
  );
}

/** A project that accepts a finding for its own linter has looked at the place: it is told to those who asked for more. */
function isWaived({ rule, place }: Candidate): boolean {
  return isWaivedElsewhere(place.module.text, place.node, rule.source.description.aliases);
}

function onceKey(candidate: Candidate, report: ReportSource): string | undefined {
  const id = candidate.rule.source.description.id;
  const { module, info, classInfo } = candidate.place;
  switch (report.once) {
    case undefined:
      return undefined;
    case 'project':
      return id;
    case 'module':
      return `${id}\0${module.path}`;
    case 'class':
      return `${id}\0${module.path}\0${classInfo?.qualifiedName ?? ''}`;
    case 'function':
      return `${id}\0${module.path}\0${info?.qualifiedName ?? ''}`;
  }
}

function placeOfEvent(event: Event): Place {
  const { module } = event.frame.state;
  const text = (node: Span | undefined): string | undefined => (node ? module.text.slice(node.start, node.end) : undefined);
  const callee = event.kind === 'call' ? event.node.callee : undefined;
  const object =
    callee?.kind === 'attribute'
      ? callee.object
      : event.kind === 'store' && 'object' in event.target
        ? (event.target.object as Span)
        : undefined;
  return {
    module,
    info: functionOf(event),
    classInfo: classOf(event),
    start: event.node.start,
    receiver: text(object),
    firstArgument: event.kind === 'call' ? text(event.node.args[0]?.value) : undefined,
    callee: text(callee),
    decorator: event.kind === 'decorator' ? event.value : undefined,
    argument: event.kind === 'call' ? event.args.positional[0]?.value : undefined,
    called: event.kind === 'call' ? event.callee : undefined,
    name: nameOf(event),
    stored: event.kind === 'store' ? text(event.valueNode) : undefined,
    root: callee ? rootName(callee) : event.kind === 'import' ? boundName(event) : undefined,
    node: event.node,
    stepsTo: event.kind === 'route' ? event.stepsTo : undefined,
  };
}

/** The name that a chain of attributes, items and calls starts with. */
function rootName(node: Expr): string | undefined {
  switch (node.kind) {
    case 'name':
      return node.id;
    case 'attribute':
    case 'subscript':
      return rootName(node.object);
    case 'call':
      return rootName(node.callee);
    default:
      return undefined;
  }
}

/** The name in the importing module: `import a.b` binds `a`. */
function boundName(event: Event & { kind: 'import' }): string | undefined {
  const { name, alias } = event.node;
  return alias ?? (event.statement?.kind === 'import' ? name.split('.')[0] : name);
}

function enclosingOf(event: Event): string {
  const info = functionOf(event) ?? classOf(event);
  if (!info) return event.frame.enclosing;
  const { module } = event.frame.state;
  return module.name !== '' && info.qualifiedName.startsWith(`${module.name}.`)
    ? info.qualifiedName.slice(module.name.length + 1)
    : info.qualifiedName;
}

function build({ speaker: candidate, report, otherSinks, fact }: Spoken, finding: FindingContext): RawFinding {
  const written =
    (report.at?.startsWith('fact:') ? fact : undefined) ??
    writtenString(candidate.context, report.at) ??
    collisionSite(candidate.context, report.at);
  const module = written?.module ?? candidate.place.module;
  const { description } = candidate.rule.source;
  const span = firstLine(module.text, written?.node ?? placeOf(candidate.context, report.at));
  const around = module === candidate.place.module ? (candidate.event.statement ?? candidate.event.node) : span;
  const statement = around.start <= span.start && around.end >= span.end ? around : span;
  const values: Record<string, string> = {
    ...messageValues(candidate.context, report),
    ...flowValues(candidate),
    ...(fact ? { change: excerptOf(fact) } : {}),
  };
  const template = report.message ?? description.message;
  const builder = new FindingBuilder(finding, description.id)
    .at({ path: module.path, ...span })
    .inside({ path: module.path, start: statement.start, end: statement.end }, candidate.enclosing)
    .say(Object.fromEntries(placeholdersOf(template).map((name) => [name, values[name] ?? ''])), template)
    .rate({
      ...(report.severity ? { severity: report.severity } : {}),
      ...(report.confidence || candidate.flow || replacementOf(candidate) ? { confidence: sureness(candidate, report) } : {}),
    });
  const replacement = replacementOf(candidate);
  if (replacement)
    builder.relate(
      { path: replacement.module.path, ...firstLine(replacement.module.text, replacement.node) },
      'what this runs is not in the repository, and may set it anew',
    );
  if (candidate.flow) tellFlow(builder, candidate, candidate.flow, span);
  tellOtherSinks(builder, otherSinks);
  if (report.remediation !== undefined) builder.advise(report.remediation);
  if (report.secret) {
    const { event } = candidate;
    const around = isSetting(event) && event.valueNode;
    // Written in another file, or by another statement, than the setting itself.
    const apart = written && (module !== candidate.place.module || !around || !isAround(around, written.node)) ? written.node : undefined;
    const node =
      apart ??
      (event.kind === 'store' || isSetting(event)
        ? (fallbackText(event) ?? event.valueNode ?? event.node)
        : placeOf(candidate.context, report.of ?? report.at));
    builder.hide({ path: module.path, start: node.start, end: node.end });
  }
  const { event, context, alike } = candidate;
  const fix = report.fix && fixOf(context.interpreter, event, alike, report.fix);
  if (fix) builder.mendWith(fix);
  return builder.build();
}

function fixOf(interpreter: Interpreter, event: Event, alike: readonly SettingEvent[], wish: FixSource): Fix | undefined {
  if (event.kind === 'setting') return settingFix(interpreter, [event, ...alike], wish);
  return event.kind === 'config' || event.kind === 'store' ? configFix(interpreter, [event], wish) : undefined;
}

/** The text that stands for a variable of the environment: the name of the variable beside it is no secret. */
function fallbackText(event: Event): Span | undefined {
  if (!isSetting(event) || !event.valueNode) return undefined;
  const [read, ...more] = event.value;
  const [text] = read?.kind === 'environment' && more.length === 0 ? (read.fallback ?? []) : [];
  if (text?.kind !== 'constant' || text.literal.type !== 'str') return undefined;
  const { value } = text.literal;
  let found: Span | undefined;
  walk(event.valueNode, (node) => {
    if (node.kind === 'literal' && node.literal.type === 'str' && node.literal.value === value) found = node;
    return true;
  });
  return found;
}

function isAround(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Where a fact was met that the report is to stand at, or to tell. */
function factSite({ matcher, rule, place }: Candidate, report: ReportSource, book: FactBook): Site | undefined {
  const name = report.change ?? (report.at?.startsWith('fact:') ? report.at.slice('fact:'.length) : undefined);
  const wanted = matcher.source.exists.find(({ fact }) => fact === name);
  const found = wanted && book.find(rule.facts.has(wanted.fact) ? factKey(rule, wanted.fact) : wanted.fact, wanted, place);
  return found && { module: found.module, node: found.node };
}

/** What is called there, without what is passed. */
function excerptOf({ module, node }: Site): string {
  const text = module.text.slice(node.start, node.end);
  return excerpt(/^[^(]*\([^()]*\)\.\w+(?=\()/.exec(text)?.[0] ?? /^[^(]+(?=\()/.exec(text)?.[0] ?? text);
}

function sureness(candidate: Candidate, report: ReportSource): Confidence {
  const own = report.confidence ?? candidate.rule.source.description.confidence;
  if (replacementOf(candidate)) return own === 'high' ? 'medium' : 'low';
  return candidate.flow ? confidenceOf(own, candidate.flow) : own;
}

/** What is not in the tree and may make the finding untrue. */
function replacementOf({ event }: Candidate): Site | undefined {
  return isSetting(event) ? event.replacedBy : undefined;
}

/** GitHub shows an alert on a pull request only where all its lines changed: one line is enough to point at. */
function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
