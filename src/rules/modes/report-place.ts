import { type ConfigEvent, type Event, isSetting, type SettingEvent } from '../../evaluate/events.ts';
import type { Site } from '../../evaluate/values/value.ts';
import type { Expr, Span } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import type { Module } from '../../semantics/module.ts';
import { classOf, functionOf, subjectOf } from '../event-parts.ts';
import { relatedRead } from '../loops.ts';
import { compileRegex } from '../name-match.ts';
import type { TestContext } from '../term.ts';
import { argumentSubject } from '../terms/call-terms.ts';
import { statementOf } from '../terms/class-terms.ts';

/** The span that `report.at` of a rule names, in the file of the event. */
export function placeOf(context: TestContext, at: string | undefined): Span {
  const { event } = context;
  const node = defaultPlace(event);
  if (at === undefined || at === 'node') return node;
  const [part, name] = split(at);
  switch (part) {
    case 'arg':
      return event.kind === 'call' && name !== undefined ? (argumentSubject(event, name, paramsOf(context)).node ?? node) : node;
    case 'related':
      return relatedRead(context)?.node ?? node;
    case 'target':
      return event.kind === 'store' ? event.target : node;
    case 'statement':
      return event.statement ?? node;
    case 'name': {
      const info = event.kind === 'class' ? event.info : (functionOf(event) ?? classOf(event));
      // A view may inherit the method that answers from a class in another file: it is told at its own name.
      if (info && info.module !== event.frame.state.module) return node;
      return info && info.node.kind !== 'lambda' ? { start: info.node.nameStart, end: info.node.nameEnd } : node;
    }
    case 'attribute': {
      const info = classOf(event);
      return (info && name !== undefined && statementOf(info.node.body, name)) || node;
    }
    case 'meta': {
      const info = classOf(event);
      const meta = info && statementOf(info.node.body, 'Meta');
      return (meta?.kind === 'class' && name !== undefined && statementOf(meta.body, name)) || node;
    }
    default:
      return subjectOf(event, part).node ?? node;
  }
}

function split(at: string): readonly [string, string | undefined] {
  const colon = at.indexOf(':');
  return colon < 0 ? [at, undefined] : [at.slice(0, colon), at.slice(colon + 1)];
}

/** Parameter names that the library model gives the callee. */
export function paramsOf({ event, interpreter }: TestContext): readonly string[] | undefined {
  return event.kind === 'call'
    ? event.names.map((name) => interpreter.library.row(name)?.params).find((row) => row !== undefined)
    : undefined;
}

/**
 * For `report.at` “string:REGEX” of a setting: the strings of that form that its value was written with; for “entry:REGEX” what is written under
 * such keys. The first one counts. They may stand in another file than the setting: `INSTALLED_APPS += […]` after `from .base import *`.
 */
export function writtenPlaces({ event }: TestContext, at: string | undefined): readonly Site[] {
  if (!isSetting(event)) return [];
  if (at?.startsWith('entry:')) return writtenEntries(event, compileRegex(at.slice('entry:'.length)));
  if (!at?.startsWith('string:')) return [];
  const matches = compileRegex(at.slice('string:'.length));
  const found: Site[] = [];
  for (const { module, node } of event.written)
    walk(node, (one) => {
      if (one.kind === 'literal' && one.literal.type === 'str' && matches(one.literal.value)) found.push({ module, node: one });
      // What is read under a key or by a call is not the string that names it.
      return one === node || (one.kind !== 'call' && one.kind !== 'subscript');
    });
  return found;
}

/** What is written under such a key, as an entry, a keyword or by `NAME["key"] = …`. */
function writtenEntries(event: SettingEvent | ConfigEvent, matches: (key: string) => boolean): readonly Entry[] {
  const [first, ...amendments] = event.writtenParts();
  const found: Entry[] = [];
  // What is written last counts.
  for (const { module, node } of first ? [...amendments, first] : []) {
    const key = /\[\s*["']([^"']*)["']\s*\]\s*=\s*$/.exec(module.text.slice(Math.max(0, node.start - MAX_KEY), node.start))?.[1];
    if (key !== undefined && matches(key)) found.push({ module, node });
    walk(node, (one) => {
      if (one.kind === 'dict')
        for (const { key: at, value } of one.entries)
          if (at?.kind === 'literal' && at.literal.type === 'str' && matches(at.literal.value)) found.push({ module, node: value });
      if (one.kind === 'call')
        for (const { name, value } of one.args) if (name !== undefined && matches(name)) found.push({ module, node: value });
      return true;
    });
  }
  // An empty text beside one that says something is not what a rule means.
  const weight = ({ node }: Entry): number => (node.kind !== 'literal' ? 1 : 'value' in node.literal && node.literal.value === '' ? 2 : 0);
  return [...found].sort((a, b) => weight(a) - weight(b));
}
interface Entry {
  readonly module: Module;
  readonly node: Expr;
}
/** A key is not longer. */
const MAX_KEY = 80;

/** For `report.at` “collision” of a route: what stands in the way of another, where the reader will look. */
export function collisionSite({ event }: TestContext, at: string | undefined): Site | undefined {
  return event.kind === 'route' && at === 'collision' ? event.collision?.place : undefined;
}

/** Where an event is shown: the name of what is defined, the decorator, the handler's head, else the expression itself. */
function defaultPlace(event: Event): Span {
  switch (event.kind) {
    case 'class':
      return { start: event.node.nameStart, end: event.node.nameEnd };
    case 'function':
    case 'body':
      return event.node.kind === 'function' ? { start: event.node.nameStart, end: event.node.nameEnd } : event.node;
    case 'handler':
      return event.node;
    case 'call':
    case 'store':
    case 'decorator':
    case 'import':
    case 'compare':
    case 'test':
    case 'iterate':
    case 'assert':
    case 'return':
    case 'setting':
    case 'config':
    case 'route':
    case 'migrations':
      return event.node;
  }
}
