import type { Event } from '../../evaluate/events.ts';
import type { ExceptHandler, Expr, Span } from '../../ir/nodes.ts';
import { forEachChild, type IrNode } from '../../ir/walk.ts';
import { encloses } from '../../util/encloses.ts';
import { expressionName } from '../expression-name.ts';
import type { EventTest, Terms } from '../term.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

/** Terms about the branch that something stands in. */
export const branchTerms: Terms<EventTest> = {
  handling: {
    doc: 'It stands in an `except` block for an exception of such a name.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => handlersAround(event).some(({ types }) => typesOf(types).some((one) => test(expressionName(one) ?? '')));
    },
  },
  lacking: {
    doc: 'call: it is reached only where an attribute or item of its receiver was found to be None or false (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'call' && isLacking(event) === wanted,
  },
};

function handlersAround({ frame, node: at }: Event): readonly ExceptHandler[] {
  const found: ExceptHandler[] = [];
  const look = (node: IrNode): void => {
    if (!encloses(node, at)) return;
    if (node.kind === 'try') found.push(...node.handlers.filter((handler) => encloses(handler, at)));
    forEachChild(node, look);
  };
  const around = frame.info?.node;
  if (around?.kind !== 'lambda') for (const statement of around?.body ?? frame.state.module.unit.body) look(statement);
  return found;
}

function typesOf(types: Expr | undefined): readonly Expr[] {
  return types?.kind === 'tuple' ? types.elements : types ? [types] : [];
}

function isLacking({ frame, node }: Event & { kind: 'call' }): boolean {
  if (node.callee.kind !== 'attribute') return false;
  const { text } = frame.state.module;
  const source = ({ start, end }: Span): string => text.slice(start, end);
  const receiver = source(node.callee.object);
  const isPart = (one: Expr): boolean => {
    const part = one.kind === 'walrus' ? one.value : one;
    return part.kind !== 'name' && /^[.[]/.test(source(part).slice(receiver.length)) && source(part).startsWith(receiver);
  };
  return frame.guards.some(({ test, holds }) => saysEmpty(test, holds, isPart));
}

/** Whether a test that came out so says of such an expression that it is None or false. */
function saysEmpty(test: Expr, holds: boolean, isPart: (one: Expr) => boolean): boolean {
  if (test.kind === 'boolean') return (test.op === 'and') === holds && test.operands.some((one) => saysEmpty(one, holds, isPart));
  if (test.kind === 'unary' && test.op === 'not') return saysEmpty(test.operand, !holds, isPart);
  if (test.kind !== 'compare') return !holds && isPart(test);
  const [only, ...others] = test.rest;
  if (!only || others.length > 0 || only.right.kind !== 'literal' || only.right.literal.type !== 'none') return false;
  const ops: readonly string[] = holds ? ['is', '=='] : ['is not', '!='];
  return isPart(test.first) && ops.includes(only.op);
}
