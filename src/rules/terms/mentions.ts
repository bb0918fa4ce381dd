import type { Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';

/** Whether a name, attribute, keyword or constant key in an expression passes the test. */
export function mentions(node: Expr, test: (name: string | undefined) => boolean): boolean {
  let found = false;
  walk(node, (child) => {
    if (child.kind === 'name') found ||= test(child.id);
    else if (child.kind === 'attribute') found ||= test(child.name);
    else if (child.kind === 'literal' && child.literal.type === 'str') found ||= test(child.literal.value);
    return !found;
  });
  return found;
}
