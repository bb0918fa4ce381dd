import { type CallEvent, type Event, isSetting } from '../../evaluate/events.ts';
import { libraryAncestors } from '../../evaluate/names/names.ts';
import { describeValue } from '../../evaluate/values/describe.ts';
import { holesOf } from '../../evaluate/values/text.ts';
import type { Expr, Span } from '../../ir/nodes.ts';
import { statementsOf } from '../../semantics/statements-of.ts';
import { complexityOf } from '../complexity.ts';
import { classOf, functionOf, nameOf, subjectOf } from '../event-parts.ts';
import { loopAround, relatedRead } from '../loops.ts';
import type { ReportSource } from '../rule-source.ts';
import type { Subject, TestContext } from '../term.ts';
import { argumentSubject } from '../terms/call-terms.ts';
import { expressionOf } from '../terms/value-syntax.ts';
import { paramsOf } from './report-place.ts';

/** Source excerpts in messages are cut to this many characters. */
const MAX_EXCERPT = 60;
/** Names that a message lists. */
const MAX_NAMES = 4;

/** Placeholders that every message of a rule in mode `match` may use. */
export const MESSAGE_PLACEHOLDERS = [
  'call',
  'expr',
  'name',
  'target',
  'function',
  'view',
  'class',
  'base',
  'bases',
  'names',
  'value',
  'text',
  'how',
  'decorator',
  'import',
  'variable',
  'path',
  'module',
  'statements',
  'complexity',
  'left',
  'right',
  'source',
  'sink',
  'attack',
  'setting',
  'state',
  'method',
  'route',
  'peers',
  'unprotected',
  'change',
  'detail',
  'loop',
  'read',
  'relation',
  'template',
  'line',
  'printed',
] as const;

/** Texts for the placeholders of a rule's message, read off the event. */
export function messageValues(context: TestContext, report: ReportSource): Readonly<Record<string, string>> {
  const { event, interpreter } = context;
  const { module } = event.frame.state;
  const source = (node: Span | undefined): string => (node ? excerpt(module.text.slice(node.start, node.end)) : '');
  const subject = subjectFor(context, report.of);
  const info = functionOf(event);
  const owner = classOf(event);
  const related = event.kind === 'iterate' ? relatedRead(context) : undefined;
  const values: Record<string, string> = {
    call: event.kind === 'call' ? `${source(calledIn(event))}()` : source(nodeOf(event)),
    expr: source(nodeOf(event)),
    name: nameOf(event) ?? (event.kind === 'call' ? source(event.node.callee) : ''),
    target: source(event.kind === 'store' ? event.target : assignedTo(event)),
    function: info?.name ?? 'module level code',
    view: event.kind === 'route' ? event.view : info ? (owner ? `${owner.name}.${info.name}` : info.name) : (owner?.name ?? ''),
    class: owner?.name ?? '',
    base: owner ? (libraryAncestors(interpreter, owner)[0]?.split('.').at(-1) ?? '') : '',
    bases: owner ? owner.node.args.map((base) => excerpt(owner.module.text.slice(base.start, base.end))).join(', ') : '',
    names: context.trace.page?.names.slice(0, MAX_NAMES).join(', ') || namesIn(subject) || source(expressionOf(subject.node)),
    value: report.secret ? 'a literal' : source(expressionOf(subject.node)),
    text: report.secret ? 'a literal' : (knownText(subject) ?? source(expressionOf(subject.node))),
    how: howBuilt(subject),
    decorator: event.kind === 'decorator' ? source(event.node.expression) : '',
    import: event.kind === 'import' ? event.name : '',
    variable:
      subject.value?.flatMap((atom) => (atom.kind === 'environment' && atom.variable !== undefined ? [atom.variable] : []))[0] ??
      'its variable',
    path: module.path,
    module: module.name,
    statements: info ? String(statementsOf(info.node)) : '',
    complexity: info ? String(complexityOf(info.node)) : '',
    left: event.kind === 'compare' ? source(event.leftNode) : '',
    right: event.kind === 'compare' ? source(event.rightNode) : '',
    attack: context.trace.attack ?? '',
    setting: isSetting(event) ? event.name : '',
    method: event.kind === 'route' ? event.method : '',
    route: event.kind === 'route' ? (event.paths[0] ?? '') : '',
    unprotected: event.kind === 'route' ? String(event.unprotected) : '',
    peers: event.kind === 'route' ? String(event.peers) : '',
    loop: event.kind === 'iterate' ? source(event.node) : event.kind === 'call' ? source(loopAround(event)?.iterable) : '',
    read: source(related?.node),
    relation: related?.name ?? '',
    template: context.trace.page?.template ?? '',
    detail: event.kind === 'route' ? (event.collision?.detail ?? '') : event.kind === 'migrations' ? event.detail : '',
    state: isSetting(event) && event.isSet ? `set to \`${source(event.valueNode) || describeValue(interpreter, event.value)}\`` : 'not set',
  };
  // A rule's own texts may themselves use the placeholders above.
  for (const [name, text] of Object.entries(report.vars ?? {}))
    values[name] = text.replace(/\{([a-z]+)\}/g, (whole, key: string) => values[key] ?? whole);
  return values;
}

/** What is called, as it is written: of `Thread(target=requests.post)`, which calls what it is given, that argument. */
function calledIn({ node, names }: CallEvent): Span {
  const wanted = new Set(names.map((name) => name.split('.').at(-1)));
  if (wanted.size === 0 || wanted.has(ownName(node.callee))) return node.callee;
  return node.args.find(({ value }) => wanted.has(ownName(value)))?.value ?? node.callee;
}

function ownName(node: Expr): string | undefined {
  return node.kind === 'attribute' ? node.name : node.kind === 'name' ? node.id : undefined;
}

/** What the statement around an event gives a value to: `price` of `price = FloatField()`. */
function assignedTo({ statement }: Event): Span | undefined {
  return statement?.kind === 'assign' ? statement.targets[0] : undefined;
}

function subjectFor(context: TestContext, of: string | undefined): Subject {
  const { event } = context;
  if (of?.startsWith('arg:') && event.kind === 'call') return argumentSubject(event, of.slice(4), paramsOf(context));
  return subjectOf(event, of ?? (event.kind === 'body' ? 'returned' : 'value'));
}

function nodeOf(event: Event): Span {
  return event.node;
}

/** The expressions put into a built string: `name`, `user.id`. */
function namesIn(subject: Subject): string {
  const names = new Set<string>();
  for (const atom of subject.value ?? [])
    if (atom.kind === 'text')
      for (const hole of holesOf(atom.segments)) names.add(excerpt(hole.site.module.text.slice(hole.site.node.start, hole.site.node.end)));
  return [...names].slice(0, 3).join(', ');
}

/** The one string that the subject is known to be. */
function knownText(subject: Subject): string | undefined {
  const only = subject.value?.[0];
  return subject.value?.length === 1 && only?.kind === 'constant' && only.literal.type === 'str' ? excerpt(only.literal.value) : undefined;
}

function howBuilt(subject: Subject): string {
  const node = expressionOf(subject.node);
  switch (node?.kind) {
    case 'fstring':
      return 'an f-string';
    case 'binary':
      return node.op === '%' ? 'the % operator' : 'concatenation';
    case 'call':
      return node.callee.kind === 'attribute' ? `.${node.callee.name}()` : 'a call';
    default:
      return 'string formatting';
  }
}

/** One line, cut in the middle of nothing: what is longer ends in an ellipsis. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_EXCERPT ? line : `${line.slice(0, MAX_EXCERPT - 1)}…`;
}
