import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Stmt } from '../../../ir/nodes.ts';
import { type IrNode, walk } from '../../../ir/walk.ts';
import { isYes } from '../guards/guards-in-body.ts';
import { unreachedBy } from './method-tests.ts';

/**
 * Whether a function that is asked about requests answers yes to every request by a method: once its tests of the method are followed, all that
 * is left to return is `True`. `if request.method == "PATCH": return obj.author == request.user` in front of `return True` says yes to a PUT.
 */
export function saysYesTo({ node }: FunctionInfo, method: string): boolean {
  if (node.kind === 'lambda') return isYes(node.body);
  const unreached = unreachedBy(node, method);
  let answers = 0;
  let isPlain = true;
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'function' || one.kind === 'lambda' || unreached.some(({ start, end }) => start <= one.start && one.start < end))
        return false;
      // What is called may raise.
      if (one.kind === 'raise' || one.kind === 'try' || one.kind === 'assert' || one.kind === 'expression') isPlain &&= isText(one);
      if (one.kind !== 'return') return isPlain;
      answers++;
      if (!one.value || !isYes(one.value)) isPlain = false;
      return false;
    });
  return isPlain && answers > 0 && endsWithAnswer(node.body);
}

function endsWithAnswer(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  if (last?.kind !== 'if') return last?.kind === 'return';
  return endsWithAnswer(last.then) && endsWithAnswer(last.otherwise);
}

function isText(node: IrNode): boolean {
  return node.kind === 'expression' && node.value.kind === 'literal';
}
