import type { Expr, Span, Stmt } from '../../ir/nodes.ts';
import { forEachChild, type IrNode } from '../../ir/walk.ts';

/**
 * What the things around a part of a statement are called, from the outside in: variables they are assigned to, keys of dicts, keywords, and
 * functions that they are passed to. The part's own name is none of them.
 */
export function enclosingNames(statement: Stmt, part: Span): readonly string[] {
  const names: string[] = [];
  const holds = (node: Span): boolean => node.start <= part.start && part.end <= node.end && node !== part;
  if (statement.kind === 'assign' && statement.value && holds(statement.value)) names.push(...statement.targets.flatMap(nameOf));
  for (let at: IrNode | undefined = statement; at; ) {
    if (at.kind === 'dict') for (const entry of at.entries) if (entry.key && holds(entry.value)) names.push(...nameOf(entry.key));
    if (at.kind === 'call' && at.args.some(({ value }) => holds(value))) {
      names.push(...nameOf(at.callee));
      for (const { name, value } of at.args) if (name !== undefined && holds(value)) names.push(name);
    }
    let inner: IrNode | undefined;
    forEachChild(at, (child) => {
      if (holds(child)) inner = child;
    });
    at = inner;
  }
  return names;
}

function nameOf(node: Expr): readonly string[] {
  if (node.kind === 'name') return [node.id];
  if (node.kind === 'attribute') return [node.name];
  if (node.kind === 'subscript') return nameOf(node.index);
  return node.kind === 'literal' && node.literal.type === 'str' ? [node.literal.value] : [];
}
