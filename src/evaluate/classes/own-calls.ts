import { walk } from '../../ir/walk.ts';
import type { FunctionInfo } from '../calls/function-info.ts';

/** A method that another one calls on its own instance. */
export interface OwnCall {
  readonly name: string;
  /** Whether something is passed to it. */
  readonly passes: boolean;
}

/** `self.answer(name)`: what a method calls on the instance that it belongs to. */
export function ownCalls({ node }: FunctionInfo): readonly OwnCall[] {
  const before = known.get(node);
  if (before) return before;
  const self = node.params[0]?.name;
  const result: OwnCall[] = [];
  if (node.kind === 'function' && self !== undefined)
    for (const statement of node.body)
      walk(statement, (one) => {
        if (one.kind === 'call' && one.callee.kind === 'attribute' && one.callee.object.kind === 'name' && one.callee.object.id === self)
          result.push({ name: one.callee.name, passes: one.args.length > 0 });
        return true;
      });
  known.set(node, result);
  return result;
}
const known = new WeakMap<FunctionInfo['node'], readonly OwnCall[]>();
