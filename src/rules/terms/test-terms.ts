import type { Event } from '../../evaluate/events.ts';
import type { Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { subjectOf } from '../event-parts.ts';
import { best } from '../keys.ts';
import { type EventTest, isObject, type Json, listOfStrings, type Terms, VALUE_SCHEMA } from '../term.ts';
import { valuePart } from './value-part.ts';

/** Terms about comparisons and other tests. */
export const testTerms: Terms<EventTest> = {
  left: valuePart('left', 'compare: the left side is such a value.'),
  right: valuePart('right', 'compare: the right side is such a value.'),
  sides: {
    doc: 'compare: one side is such a value and the other side such a one, in either order.',
    schema: { type: 'array', items: VALUE_SCHEMA, minItems: 2, maxItems: 2 },
    keys: (patterns, compiler) =>
      best((Array.isArray(patterns) ? patterns : []).filter(isObject).map((pattern) => compiler.keysOfValue(pattern))),
    compile: (patterns, compiler) => {
      const [one, other] = (Array.isArray(patterns) ? patterns : []).map((pattern: Json) => compiler.value(pattern));
      return (context) => {
        const left = subjectOf(context.event, 'left');
        const right = subjectOf(context.event, 'right');
        return !!one && !!other && ((one(left, context) && other(right, context)) || (one(right, context) && other(left, context)));
      };
    },
  },
  op: {
    doc: 'compare: the operator is one of these.',
    schema: { type: 'array', items: { enum: ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'] } },
    compile: (operators) => {
      const wanted = new Set(listOfStrings(operators));
      return ({ event }) => event.kind === 'compare' && wanted.has(event.op);
    },
  },
  narrows: {
    doc: 'test, compare: a later part of the same `and`, or of the `or` behind its negation, is about the same value (of a comparison, its left side), as in `user and user.name` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        (event.kind === 'test' || event.kind === 'compare') && narrows(event) === wanted,
  },
};

/** Whether a later operand of the `and` around a test or comparison, or of the `or` behind its negation, spells the tested expression again. */
function narrows(event: Event & { kind: 'test' | 'compare' }): boolean {
  const { info, state } = event.frame;
  const around = info?.node.kind === 'lambda' ? info.node : event.statement;
  if (!around) return false;
  const { text } = state.module;
  const source = (node: Expr): string => text.slice(node.start, node.end);
  const subject = source(event.kind === 'test' ? event.node : event.leftNode);
  const isTested = ({ start, end }: Expr): boolean => start === event.node.start && end === event.node.end;
  const asksForNothing = event.kind === 'compare' && (event.op === 'is' || event.op === '==');
  const isRefused = (node: Expr): boolean =>
    (node.kind === 'unary' && node.op === 'not' && isTested(node.operand)) || (asksForNothing && isTested(node));
  let found = false;
  walk(around, (node) => {
    if (node.kind === 'boolean') {
      const at = node.operands.findIndex(node.op === 'and' ? isTested : isRefused);
      found ||= at >= 0 && node.operands.slice(at + 1).some((operand) => source(operand).includes(subject));
    }
    return !found;
  });
  return found;
}
