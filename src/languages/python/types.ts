import type { Expr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerElements } from './collections.ts';
import { lowerExpr } from './expressions.ts';
import { Kind } from './kinds.ts';
import type { Lowering } from './lowering.ts';

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
      const elements = lowerElements(l, params + ROW, l.next(params));
      const [only] = elements;
      const index: Expr =
        elements.length === 1 && only
          ? only
          : { kind: 'tuple', start: l.start(params) + 1, end: Math.max(l.end(params) - 1, l.start(params) + 1), elements };
      return { kind: 'subscript', start, end, object: lowerExpr(l, first), index };
    }
    case Kind.union_type: {
      const right = l.last(node);
      return { kind: 'binary', start, end, op: '|', left: lowerExpr(l, first), right: lowerExpr(l, right) };
    }
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
