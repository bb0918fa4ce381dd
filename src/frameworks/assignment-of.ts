import type { Stmt } from '../ir/nodes.ts';

/** The first statement of a body that assigns a plain name: `dependencies = […]`. */
export function assignmentOf(body: readonly Stmt[], name: string): Stmt | undefined {
  return body.find((one) => one.kind === 'assign' && one.targets.some((target) => target.kind === 'name' && target.id === name));
}
