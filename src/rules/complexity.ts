import type { FunctionStmt, LambdaExpr, Stmt } from '../ir/nodes.ts';
import { forEachChild, isStmt, walk } from '../ir/walk.ts';
import { childBlocks } from '../semantics/scope.ts';

/** Statements of a body, nested functions and classes counted as one. */
export function statementsOf(node: FunctionStmt | LambdaExpr): number {
  if (node.kind === 'lambda') return 1;
  let count = 0;
  eachStatement(node.body, () => count++);
  return count;
}

/** McCabe's cyclomatic complexity: one, and one more for each decision (branches, loops, handlers, boolean operators, filters, cases). */
export function complexityOf(node: FunctionStmt | LambdaExpr): number {
  if (node.kind === 'lambda') return 1;
  let count = 1;
  eachStatement(node.body, (statement) => {
    if (statement.kind === 'if' || statement.kind === 'while' || statement.kind === 'for' || statement.kind === 'assert') count++;
    else if (statement.kind === 'try') count += statement.handlers.length;
    else if (statement.kind === 'match') count += statement.cases.length;
    forEachChild(statement, (child) => {
      if (isStmt(child)) return;
      walk(child, (expression) => {
        if (expression.kind === 'boolean') count += expression.operands.length - 1;
        else if (expression.kind === 'conditional') count++;
        else if (expression.kind === 'comprehension') count += expression.clauses.length;
        return true;
      });
    });
  });
  return count;
}

function eachStatement(statements: readonly Stmt[], visit: (statement: Stmt) => void): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === 'function' || statement.kind === 'class') continue;
    for (const block of childBlocks(statement)) eachStatement(block, visit);
  }
}
