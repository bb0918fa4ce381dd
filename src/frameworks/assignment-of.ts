import type { Stmt } from '../ir/nodes.ts';

/** `NAME = …`, also as one of several targets. */
export function assigns(statement: Stmt, name: string): boolean {
  return statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.id === name);
}

/** The first statement of a body that assigns a plain name: `dependencies = […]`. */
export function assignmentOf(body: readonly Stmt[], name: string): Stmt | undefined {
  return body.find((one) => assigns(one, name));
}
