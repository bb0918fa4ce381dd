import type { AssignStmt, AugmentedAssignStmt, Expr } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';
import { binaryOperator } from './operators.ts';

/** `a = b = v` nests to the right in the grammar and is one statement with two targets here. */
export function lowerAssignment(l: Lowering, node: number): AssignStmt {
  const targets: Expr[] = [];
  let assignment = node;
  for (;;) {
    const target = assignment + ROW;
    targets.push(lowerExpr(l, target));
    const value = l.next(target);
    if (l.kind(value) === Token[':']) return annotated(l, node, fitted(targets), l.next(value), l.next(assignment));
    if (l.kind(value) !== Kind.assignment) {
      return { kind: 'assign', start: l.start(node), end: l.end(node), targets: fitted(targets), value: lowerExpr(l, value) };
    }
    assignment = value;
  }
}

function annotated(l: Lowering, node: number, targets: Expr[], type: number, stop: number): AssignStmt {
  const annotation = lowerExpr(l, type);
  const start = l.start(node);
  const end = l.end(node);
  const value = l.next(type);
  if (value >= stop) return { kind: 'assign', start, end, targets, annotation };
  return { kind: 'assign', start, end, targets, value: lowerExpr(l, value), annotation };
}

export function lowerAugmented(l: Lowering, node: number): AugmentedAssignStmt {
  const target = node + ROW;
  const operator = l.next(target);
  return {
    kind: 'augmented',
    start: l.start(node),
    end: l.end(node),
    target: lowerExpr(l, target),
    op: binaryOperator(l, operator),
    value: lowerExpr(l, l.next(operator)),
  };
}
