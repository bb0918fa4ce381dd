import type { FunctionStmt, LambdaExpr } from '../ir/nodes.ts';
import { forEachChild, type IrNode, isStmt, walk } from '../ir/walk.ts';
import { eachStatement } from '../semantics/statements-of.ts';

/** McCabe's cyclomatic complexity: one, and one more for each decision (branches, loops, handlers, boolean operators, filters, cases). */
export function complexityOf(node: FunctionStmt | LambdaExpr): number {
  return countOf(node, true);
}

/**
 * The same without what only collects: `hosts = [one.host for one in known]` decides nothing. A filter does, and so does what is asked of all:
 * `any(host in url for host in known)`.
 */
export function decisionsOf(node: FunctionStmt | LambdaExpr): number {
  return countOf(node, false);
}

function countOf(node: FunctionStmt | LambdaExpr, withCollecting: boolean): number {
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
        else if (expression.kind === 'comprehension')
          count += expression.clauses.filter(({ kind }) => withCollecting || kind === 'if').length;
        else if (!withCollecting && isAskedOfAll(expression)) count++;
        return true;
      });
    });
  });
  return count;
}

/** `any(…)` or `all(…)` of a comprehension. */
function isAskedOfAll(node: IrNode): boolean {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || !/^(?:any|all)$/.test(node.callee.id)) return false;
  return node.args[0]?.value.kind === 'comprehension';
}
