import type { Expr, Stmt } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { childBlocks } from '../../semantics/scope.ts';
import { encloses } from '../../util/encloses.ts';
import { expressionName } from '../expression-name.ts';
import { swallows } from '../handlers.ts';
import type { EventTest, Terms } from '../term.ts';
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
        const outer = event.kind === 'handler' ? event.attempt : event.kind === 'call' ? event.statement : undefined;
        if (outer?.kind !== 'try' && outer?.kind !== 'with') return false;
        const around = event.frame.info?.node.kind === 'function' ? event.frame.info.node.body : event.frame.state.module.unit.body;
        const statement = outer.body.findLast((one) => !swallows([one]));
        if (!statement || !isFollowed(around, outer)) return false;
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
};

function statementCalls(node: Expr, test: (name: string | undefined) => boolean): boolean {
  if (node.kind === 'await') return statementCalls(node.value, test);
  return node.kind === 'call' && test(expressionName(node.callee));
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
