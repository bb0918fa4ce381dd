import type { Expr } from '../../ir/nodes.ts';

/** The last name of what is written there, called or not: `c` of `c`, `a.b.c` and `a.b.c(1)`; empty where there is none. */
export function writtenName(node: Expr): string {
  if (node.kind === 'name') return node.id;
  return node.kind === 'attribute' ? node.name : node.kind === 'call' ? writtenName(node.callee) : '';
}
