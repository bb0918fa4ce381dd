import type { Stmt } from './nodes.ts';

/** Whether the last of these statements goes elsewhere. */
export function leaves(statements: readonly Stmt[]): boolean {
  const last = statements.at(-1)?.kind;
  return last === 'raise' || last === 'return' || last === 'continue' || last === 'break';
}
