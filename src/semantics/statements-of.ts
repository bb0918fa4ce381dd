import type { FunctionStmt, LambdaExpr, Stmt } from '../ir/nodes.ts';
import { childBlocks } from './scope.ts';

/** Statements of a body, nested functions and classes counted as one. */
export function statementsOf(node: FunctionStmt | LambdaExpr): number {
  if (node.kind === 'lambda') return 1;
  let count = 0;
  eachStatement(node.body, () => count++);
  return count;
}

/** Calls `visit` for each statement of a body, those of its blocks as well; what stands in nested functions and classes is theirs. */
export function eachStatement(statements: readonly Stmt[], visit: (statement: Stmt) => void): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === 'function' || statement.kind === 'class') continue;
    for (const block of childBlocks(statement)) eachStatement(block, visit);
  }
}
