import type { LambdaExpr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';
import { lowerParameters } from './parameters.ts';

export function lowerLambda(l: Lowering, node: number): LambdaExpr {
  const first = node + ROW;
  const withParams = l.kind(first) === Kind.lambda_parameters;
  const params = withParams ? lowerParameters(l, first) : [];
  let body = withParams ? l.next(first) : first;
  if (l.kind(body) === Token[':']) body = l.next(body);
  const outer = l.yields;
  const lowered = lowerExpr(l, body);
  l.yields = outer;
  return { kind: 'lambda', start: l.start(node), end: l.end(node), params, body: lowered };
}
