import type { Expr } from './nodes.ts';
import { walk } from './walk.ts';

/** Whether an expression reads the name. */
export function mentionsName(node: Expr, name: string): boolean {
  let found = false;
  walk(node, (one) => {
    if (one.kind === 'name' && one.id === name) found = true;
    return !found;
  });
  return found;
}
