import type { FunctionStmt, LambdaExpr } from '../ir/nodes.ts';
import { forEachChild, isStmt, walk } from '../ir/walk.ts';
import { eachStatement } from '../semantics/statements-of.ts';

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
