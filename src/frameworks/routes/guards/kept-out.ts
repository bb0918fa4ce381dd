import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { FunctionStmt, Span } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { unreachedBy } from '../methods/method-tests.ts';

/**
 * Whether a decorator of the project calls what it decorates for other methods alone: it asks for a confirmation first, and goes on when
 * the form comes back.
 */
export function keepsOut(decorator: FunctionInfo, method: string): boolean {
  if (decorator.node.kind === 'lambda') return false;
  const calls: { readonly at: Span; readonly inside: FunctionStmt }[] = [];
  visit(decorator.node, [], calls);
  return (
    calls.length > 0 &&
    calls.every(({ at, inside }) => unreachedBy(inside, method).some(({ start, end }) => start <= at.start && at.end <= end))
  );
}

/** The calls of what a function around was given. */
function visit(node: FunctionStmt, given: readonly string[], calls: { readonly at: Span; readonly inside: FunctionStmt }[]): void {
  const first = node.params[0]?.name;
  const inner = first === undefined ? given : [...given, first];
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'function') {
        visit(one, inner, calls);
        return false;
      }
      if (one.kind === 'call' && one.callee.kind === 'name' && given.includes(one.callee.id)) calls.push({ at: one, inside: node });
      return true;
    });
}
