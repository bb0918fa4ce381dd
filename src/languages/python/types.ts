import type { Expr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';
import { lowerOperands } from './operators.ts';
import { lowerIndex } from './subscripts.ts';

/** True for the node kinds that stand only in annotations and type parameters. */
export function isType(kind: number): boolean {
  switch (kind) {
    case Kind.type:
    case Kind.generic_type:
    case Kind.union_type:
    case Kind.constrained_type:
    case Kind.member_type:
      return true;
    default:
      return false;
  }
}

/** Types are expressions: `list[int]` is a subscript, `a | b` a binary operation. */
export function lowerType(l: Lowering, node: number): Expr {
  const start = l.start(node);
  const end = l.end(node);
  const first = node + ROW;
  switch (l.kind(node)) {
    case Kind.generic_type: {
      const params = l.next(first);
      const index = lowerIndex(l, params + ROW, l.next(params));
      return { kind: 'subscript', start, end, object: lowerExpr(l, first), index };
    }
    case Kind.union_type:
      return lowerUnion(l, node);
    case Kind.member_type: {
      const name = l.next(first);
      return {
        kind: 'attribute',
        start,
        end,
        object: lowerExpr(l, first),
        name: l.name(name),
        nameStart: l.start(name),
        nameEnd: l.end(name),
      };
    }
    default:
      return lowerExpr(l, first);
  }
}

/** `a | b | c` of types nests in the grammar to either side; in Python it nests to the left. */
function lowerUnion(l: Lowering, node: number): Expr {
  const members: number[] = [];
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isUnion(l, next)) pending.push(l.last(next), next + ROW);
    else if (l.kind(next) === Kind.type && l.hasChildren(next)) pending.push(next + ROW);
    else members.push(next);
  }
  const start = l.start(node);
  const lowered = lowerOperands(l, members);
  if (lowered === undefined) return l.nestedTooDeep(node);
  return lowered.reduce((left, right) => ({ kind: 'binary', start, end: right.end, op: '|', left, right }));
}

function isUnion(l: Lowering, node: number): boolean {
  if (l.kind(node) === Kind.union_type) return true;
  return l.kind(node) === Kind.binary_operator && l.kind(l.next(node + ROW)) === Token['|'];
}
