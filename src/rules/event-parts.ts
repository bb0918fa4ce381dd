import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import type { ClassInfo } from '../evaluate/classes/class-info.ts';
import type { Event } from '../evaluate/events.ts';
import type { Value } from '../evaluate/values/value.ts';
import type { Expr } from '../ir/nodes.ts';
import { expressionName } from './expression-name.ts';
import type { Subject } from './term.ts';

/** The parts of an event that are values, by the words that rules use for them. */
export function subjectOf(event: Event, part: string): Subject {
  const subject = (value: Subject['value'], node: Subject['node']): Subject => ({ value, node, absent: value ? 'no' : 'yes' });
  switch (event.kind) {
    case 'call':
      if (part === 'callee') return subject(event.callee, event.node.callee);
      if (part === 'receiver')
        return subject(event.receiver, event.node.callee.kind === 'attribute' ? event.node.callee.object : undefined);
      return part === 'result' ? subject(event.result, event.node) : NO_SUBJECT;
    case 'store':
      if (part === 'object')
        return subject(event.object, event.target && 'object' in event.target ? (event.target.object as Expr) : undefined);
      if (part === 'key') return subject(event.key, event.target && 'index' in event.target ? (event.target.index as Expr) : undefined);
      return part === 'value' ? subject(event.value, event.valueNode) : NO_SUBJECT;
    case 'compare':
      if (part === 'left') return subject(event.left, event.leftNode);
      return part === 'right' ? subject(event.right, event.rightNode) : NO_SUBJECT;
    case 'test':
    case 'iterate':
    case 'return':
      return part === 'value' ? subject(event.value, event.node) : NO_SUBJECT;
    case 'assert':
      return part === 'value' ? subject(event.value, event.node.test) : NO_SUBJECT;
    case 'handler':
      return part === 'types' ? subject(event.types, event.node.types) : NO_SUBJECT;
    case 'decorator':
      return part === 'decorator' ? subject(event.value, event.node.expression) : NO_SUBJECT;
    case 'body':
      return part === 'returned' ? subject(event.returned, event.node) : NO_SUBJECT;
    case 'setting':
    case 'config':
      return part === 'value' ? subject(event.value, event.valueNode) : NO_SUBJECT;
    case 'class':
    case 'function':
    case 'import':
    case 'route':
    case 'migrations':
      return NO_SUBJECT;
  }
}
const NO_SUBJECT: Subject = { value: undefined, node: undefined, absent: 'yes' };

/** The function an event is about or stands in. */
export function functionOf(event: Event): FunctionInfo | undefined {
  if (event.kind === 'function' || event.kind === 'body' || event.kind === 'route') return event.info;
  if (event.kind === 'decorator') return 'defaults' in event.target ? event.target : undefined;
  return event.frame.info;
}

/** The class an event is about or stands in. */
export function classOf(event: Event): ClassInfo | undefined {
  if (event.kind === 'class') return event.info;
  if (event.kind === 'route') return event.classInfo ?? (event.info && ownerOf(event.info));
  if (event.kind === 'decorator' && !('defaults' in event.target)) return event.target;
  if (event.frame.classInfo) return event.frame.classInfo;
  const info = functionOf(event);
  return info && ownerOf(info);
}

/** The plain name in an event: of the variable, attribute, key, function, class or import. */
export function nameOf(event: Event): string | undefined {
  switch (event.kind) {
    case 'store':
    case 'setting':
    case 'config':
      return event.name;
    case 'class':
    case 'function':
    case 'body':
      return event.info.name;
    case 'decorator':
      return event.target.name;
    case 'import':
      return event.name;
    case 'route':
      return event.view;
    case 'migrations':
      return event.app;
    case 'call':
      return event.node.callee.kind === 'attribute' ? event.node.callee.name : expressionName(event.node.callee);
    case 'compare':
    case 'test':
    case 'iterate':
    case 'assert':
    case 'handler':
    case 'return':
      return undefined;
  }
}

/** The class whose method it is, or whose method it stands in. */
export function ownerOf(info: FunctionInfo): ClassInfo | undefined {
  return info.owner ?? (info.closure.info ? ownerOf(info.closure.info) : undefined);
}

/** The expression that an event is about, where it is about one. */
export function expressionOfEvent(event: Event): Expr | undefined {
  const node =
    event.kind === 'assert'
      ? event.node.test
      : event.kind === 'compare' || event.kind === 'test' || event.kind === 'return' || event.kind === 'iterate'
        ? event.node
        : undefined;
  return node !== undefined && 'kind' in node ? (node as Expr) : undefined;
}

/** The expressions in which names that rules ask for may stand. */
export function expressionsOf(event: Event): readonly Expr[] {
  if (event.kind !== 'store') {
    const expression = expressionOfEvent(event);
    return expression ? [expression] : [];
  }
  return [event.valueNode, event.target].filter((node): node is Expr => node !== undefined && 'kind' in node);
}

/** The imported name as it stands in the file: `flask.ext.login` of `from flask.ext import login`. */
export function writtenImport(event: Event & { kind: 'import' }): string {
  return event.statement?.kind === 'import-from' ? `${event.statement.module}.${event.node.name}` : event.node.name;
}

/** The values of an event by which rules are looked up: all but what is called and its result, which show in other ways. */
export function valuesOf(event: Event): readonly Value[] {
  switch (event.kind) {
    case 'call': {
      const values: Value[] = [event.args.spread, event.args.names ?? [], event.args.keys ?? []];
      if (event.receiver) values.push(event.receiver);
      for (const passed of event.args.positional) values.push(passed.value);
      for (const passed of event.args.keywords) values.push(passed.value);
      return values;
    }
    case 'store':
      return [event.value, ...(event.object ? [event.object] : []), ...(event.key ? [event.key] : [])];
    case 'compare':
      return [event.left, event.right];
    case 'test':
    case 'iterate':
    case 'assert':
    case 'return':
    case 'setting':
    case 'config':
    case 'decorator':
      return [event.value];
    case 'handler':
      return [event.types];
    case 'body':
      return [event.returned];
    case 'class':
    case 'function':
    case 'import':
    case 'route':
    case 'migrations':
      return [];
  }
}
