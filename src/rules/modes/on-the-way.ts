import { leaves } from '../../ir/leaves.ts';
import type { FunctionStmt, LambdaExpr, Span, Stmt } from '../../ir/nodes.ts';
import { forEachChild, type IrNode } from '../../ir/walk.ts';
import { encloses } from '../../util/encloses.ts';

/**
 * Whether a run of a function that comes to `end` may have come by `place`: not where they stand in different branches of a condition, nor
 * where the branch of `place` leaves the function or the loop before.
 */
export function isOnTheWay(node: FunctionStmt | LambdaExpr, place: Span, end: Span): boolean {
  const look = (around: IrNode): boolean => {
    if (!encloses(around, place)) return true;
    for (const branch of branchesOf(around)) {
      if (!branch.nodes.some((one) => encloses(one, place))) continue;
      if (!branch.nodes.some((one) => encloses(one, end)) && (branch.leaves || encloses(around, end))) return false;
    }
    let isOn = true;
    forEachChild(around, (child) => {
      isOn &&= look(child);
    });
    return isOn;
  };
  return node.kind === 'lambda' ? look(node.body) : node.body.every(look);
}

/** What is run of a condition: one of its branches. */
interface Branch {
  readonly nodes: readonly IrNode[];
  readonly leaves: boolean;
}

function branchesOf(node: IrNode): readonly Branch[] {
  const block = (nodes: readonly Stmt[]): Branch => ({ nodes, leaves: leaves(nodes) });
  switch (node.kind) {
    case 'if':
      return [block(node.then), block(node.otherwise)];
    case 'match':
      return node.cases.map(({ body }) => block(body));
    case 'conditional':
      return [node.then, node.otherwise].map((one) => ({ nodes: [one], leaves: false }));
    default:
      return [];
  }
}
