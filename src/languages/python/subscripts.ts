import type { Expr, SliceExpr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr, restar } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';

export function lowerSubscript(l: Lowering, node: number): Expr {
  const first = l.next(node + ROW);
  const object = lowerExpr(l, node + ROW);
  const index = lowerIndex(l, first, l.next(node));
  const end = l.end(node);
  if (object.kind === 'starred') return restar(object, (value) => ({ kind: 'subscript', start: value.start, end, object: value, index }));
  return { kind: 'subscript', start: l.start(node), end, object, index };
}

/** What stands between the brackets: one index, or several as a tuple. `x[1,]` and `x[*a]` are tuples too. */
export function lowerIndex(l: Lowering, first: number, stop: number): Expr {
  if (l.next(first) >= stop) {
    const index = lowerIndexPart(l, first);
    return index.kind === 'starred' ? { kind: 'tuple', start: index.start, end: index.end, elements: [index] } : index;
  }
  const elements: Expr[] = [];
  let end = l.end(first);
  for (let child = first; child < stop; child = l.next(child)) {
    end = l.end(child);
    if (l.kind(child) !== Token[',']) elements.push(lowerIndexPart(l, child));
  }
  return { kind: 'tuple', start: l.start(first), end, elements };
}

function lowerIndexPart(l: Lowering, node: number): Expr {
  return l.kind(node) === Kind.slice ? lowerSlice(l, node) : lowerExpr(l, node);
}

function lowerSlice(l: Lowering, node: number): SliceExpr {
  const parts: [Expr?, Expr?, Expr?] = [];
  let colons = 0;
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Token[':']) colons++;
    else parts[colons] = lowerExpr(l, child);
  }
  const [lower, upper, step] = parts;
  return {
    kind: 'slice',
    start: l.start(node),
    end: l.end(node),
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(step && { step }),
  };
}
