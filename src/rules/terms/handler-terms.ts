import { quietly } from '../../evaluate/checks/refine.ts';
import type { Event } from '../../evaluate/events.ts';
import { evaluate } from '../../evaluate/expressions/expressions.ts';
import type { Expr, Stmt, TryStmt, WithStmt } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { childBlocks } from '../../semantics/scope.ts';
import { encloses } from '../../util/encloses.ts';
import { expressionName } from '../expression-name.ts';
import { swallows } from '../handlers.ts';
import { type EventTest, type Terms, VALUE_SCHEMA } from '../term.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { valuePart } from './value-part.ts';

/** Terms about an `except` block and what its `try` attempts. */
export const handlerTerms: Terms<EventTest> = {
  types: valuePart('types', 'handler: what it catches is such a value.'),
  swallows: {
    doc: 'handler: its body does nothing about the exception: `pass`, `continue`, logging.',
    schema: { const: true },
    compile:
      () =>
      ({ event }) =>
        event.kind === 'handler' && swallows(event.node.body),
  },
  attempts: {
    doc: 'handler, call in the head of a `with`: the body of the `try` or `with` ends, logging apart, with a call of a function with such a name whose result nothing uses, and more follows after it.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => {
        const outer = attemptOf(event);
        const statement = outer && lastAttempted(outer);
        if (!statement) return false;
        const around = event.frame.info?.node.kind === 'function' ? event.frame.info.node.body : event.frame.state.module.unit.body;
        if (!isFollowed(around, outer)) return false;
        // `continue` leaves out the rest of the loop, which is what the check protects.
        const continues = event.kind === 'handler' && event.node.body.some((one) => one.kind === 'continue');
        if (continues && !standsLast(around, outer)) return false;
        if (statement.kind === 'expression') return statementCalls(statement.value, test);
        return (
          statement.kind === 'assign' &&
          statement.value !== undefined &&
          statementCalls(statement.value, test) &&
          statement.targets.every((target) => target.kind === 'name' && !namedOutside(around, statement, target.id))
        );
      };
    },
  },
  attempted: {
    doc: 'handler, call in the head of a `with`: what the last call of the `try` or `with`, logging apart, calls is such a value.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (context) => {
        const outer = attemptOf(context.event);
        const statement = outer && lastAttempted(outer);
        if (statement?.kind !== 'expression' && statement?.kind !== 'assign') return false;
        const callee = statement.value && calleeOf(statement.value);
        if (!callee) return false;
        const { interpreter, event } = context;
        const value = quietly(interpreter, () => evaluate(interpreter, event.frame, callee));
        return test({ value, node: callee, absent: 'no' }, context);
      };
    },
  },
};

/** The `try` of a handler, or the `with` in whose head a call stands. What stands under `else` only runs where the attempt held. */
function attemptOf(event: Event): TryStmt | WithStmt | undefined {
  const outer = event.kind === 'handler' ? event.attempt : event.kind === 'call' ? event.statement : undefined;
  if (outer?.kind === 'try') return outer.otherwise.length === 0 ? outer : undefined;
  return outer?.kind === 'with' ? outer : undefined;
}

function lastAttempted(outer: TryStmt | WithStmt): Stmt | undefined {
  return outer.body.findLast((one) => !swallows([one]));
}

function calleeOf(node: Expr): Expr | undefined {
  if (node.kind === 'await') return calleeOf(node.value);
  return node.kind === 'call' ? node.callee : undefined;
}

function statementCalls(node: Expr, test: (name: string | undefined) => boolean): boolean {
  const callee = calleeOf(node);
  return callee !== undefined && test(expressionName(callee));
}

/** Whether something runs after a statement, in its block or in a block around it. */
function isFollowed(statements: readonly Stmt[], wanted: Stmt): boolean {
  return statements.some(
    (statement, at) =>
      encloses(statement, wanted) &&
      (at + 1 < statements.length || (statement !== wanted && childBlocks(statement).some((block) => isFollowed(block, wanted)))),
  );
}

/** Whether a statement is the last one of the block that it stands in. */
function standsLast(statements: readonly Stmt[], wanted: Stmt): boolean {
  return statements.some((statement, at) =>
    statement === wanted
      ? at + 1 === statements.length
      : encloses(statement, wanted) && childBlocks(statement).some((block) => standsLast(block, wanted)),
  );
}

/** Whether a variable is named anywhere in these statements outside one of them. */
function namedOutside(statements: readonly Stmt[], own: Stmt, name: string): boolean {
  let found = false;
  for (const statement of statements)
    walk(statement, (child) => {
      if (child === own) return false;
      if (child.kind === 'name' && child.id === name) found = true;
      return !found;
    });
  return found;
}
