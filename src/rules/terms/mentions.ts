import type { Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';

/** Whether a name, attribute or constant key in an expression passes the test. */
export function mentions(node: Expr, test: (name: string | undefined) => boolean): boolean {
  return mentionedNames(node).some(test);
}

/** Every name, attribute and constant key in an expression. */
export function mentionedNames(node: Expr): readonly string[] {
  const known = mentioned.get(node);
  if (known) return known;
  const names = new Set<string>();
  walk(node, (child) => {
    if (child.kind === 'name') names.add(child.id);
    else if (child.kind === 'attribute') names.add(child.name);
    else if (child.kind === 'literal' && child.literal.type === 'str' && isKey(child.literal.value)) names.add(child.literal.value);
    return true;
  });
  const result = [...names];
  mentioned.set(node, result);
  return result;
}
/** Many rules ask the same expression. */
const mentioned = new WeakMap<Expr, readonly string[]>();

/** A string that may be a key or a name, not a sentence. */
function isKey(text: string): boolean {
  return text.length <= 60 && !/\s/.test(text);
}
