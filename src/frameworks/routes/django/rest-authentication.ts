import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr, Stmt } from '../../../ir/nodes.ts';
import { isStmt, walk } from '../../../ir/walk.ts';

/**
 * Whether the `authenticate()` of a class for Django REST framework refuses whoever brings nothing: it asks for a key or a user, raises where
 * there is none, and in no way gives None, which would hand strangers on to the permissions.
 * https://www.django-rest-framework.org/api-guide/authentication/#custom-authentication
 */
export function refusesStrangers({ node }: FunctionInfo): boolean {
  if (node.kind === 'lambda' || !endsSurely(node.body)) return false;
  let refuses = false;
  let letsOn = false;
  for (const statement of node.body)
    walk(statement, (part) => {
      if (!isStmt(part)) return true;
      if (part.kind === 'function' || part.kind === 'class') return false;
      if (part.kind === 'return' && part.value?.kind !== 'tuple') letsOn = true;
      if (part.kind === 'if' && raisesRefusal(part.then) && asksForProof(part.test)) refuses = true;
      return true;
    });
  return refuses && !letsOn;
}

/** What falls off its end gives None. */
function endsSurely(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'return' || last?.kind === 'raise';
}

function raisesRefusal(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return (
    last?.kind === 'raise' &&
    last.exception !== undefined &&
    /^(?:AuthenticationFailed|NotAuthenticated|PermissionDenied)$/.test(calledName(last.exception))
  );
}

/** `if not api_key`, `if given != expected_token`: not a question about an address or a method. */
function asksForProof(test: Expr): boolean {
  let found = false;
  walk(test, (node) => {
    const name = isStmt(node) ? '' : node.kind === 'name' ? node.id : node.kind === 'attribute' ? node.name : '';
    if (/(?:^|_)(?:key|token|secret|signature|user|credentials?|password|auth(?:orization)?)(?:$|_)/i.test(name)) found = true;
    return !found;
  });
  return found;
}

function calledName(node: Expr): string {
  if (node.kind === 'call') return calledName(node.callee);
  return node.kind === 'attribute' ? node.name : node.kind === 'name' ? node.id : '';
}
