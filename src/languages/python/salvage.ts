import type { Expr, Stmt } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { isExpression, isStatement } from './kind-groups.ts';
import type { Lowering } from './lowering.ts';
import { MAX_NESTING } from './lowering.ts';
import { lowerStmt, takeErrors } from './statements.ts';

/** The outermost expressions inside a node that itself is not understood, in source order. */
export function salvageExpressions(l: Lowering, node: number): Expr[] {
  const found: Expr[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; ) {
    if (isExpression(l.kind(child))) {
      found.push(lowerExpr(l, child));
      child = l.next(child);
    } else child += ROW;
  }
  return found;
}

/** The outermost statements inside an error region, and loose expressions as statements, in source order. */
export function salvageStatements(l: Lowering, node: number): Stmt[] {
  const found: Stmt[] = [];
  if (l.depth >= MAX_NESTING) {
    l.noteTooDeep(node);
    return found;
  }
  l.depth++;
  for (let child = node + ROW, stop = l.next(node); child < stop; ) {
    const kind = l.kind(child);
    if (isStatement(kind)) {
      takeErrors(l, found, l.start(child));
      lowerStmt(l, child, found);
      child = l.next(child);
    } else if (isExpression(kind)) {
      found.push({ kind: 'expression', start: l.start(child), end: l.end(child), value: lowerExpr(l, child) });
      child = l.next(child);
    } else child += ROW;
  }
  l.depth--;
  return found;
}
