import type { Argument, Expr } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { ROW } from '../flat-tree.ts';
import { splatValue } from './collections.ts';
import { lowerExpr, restar } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';

export function lowerCall(l: Lowering, node: number): Expr {
  const list = l.next(node + ROW);
  const callee = lowerExpr(l, node + ROW);
  const args = l.kind(list) === Kind.argument_list ? lowerArguments(l, list) : [lowerArgument(l, list)];
  const end = l.end(node);
  if (callee.kind === 'starred') return restar(callee, (value) => ({ kind: 'call', start: value.start, end, callee: value, args }));
  return { kind: 'call', start: l.start(node), end, callee, args };
}

/** The arguments of an `argument_list`, of a call or of a class. */
export function lowerArguments(l: Lowering, list: number): Argument[] {
  const args: Argument[] = [];
  for (let child = list + ROW, stop = l.next(list); child < stop; child = l.next(child)) {
    if (l.kind(child) !== Token[',']) args.push(lowerArgument(l, child));
  }
  return fitted(args);
}

function lowerArgument(l: Lowering, node: number): Argument {
  const start = l.start(node);
  const end = l.end(node);
  switch (l.kind(node)) {
    case Kind.keyword_argument: {
      const name = node + ROW;
      return { start, end, name: l.name(name), value: lowerExpr(l, l.next(name)) };
    }
    case Kind.list_splat:
      return { start, end, star: '*', value: lowerExpr(l, splatValue(l, node)) };
    case Kind.dictionary_splat:
      return { start, end, star: '**', value: lowerExpr(l, splatValue(l, node)) };
    default:
      return { start, end, value: lowerExpr(l, node) };
  }
}
