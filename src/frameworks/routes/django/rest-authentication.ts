import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr, Stmt } from '../../../ir/nodes.ts';
import { isStmt, walk } from '../../../ir/walk.ts';
import { methodOf } from '../view.ts';

/** Functions of the project that one `authenticate()` leaves the question to, one behind the other. */
const MAX_HELPERS = 2;

/**
 * Whether the `authenticate()` of a class for Django REST framework refuses whoever brings nothing: it asks for a key or a user, or leaves that to
 * a function of the project, raises where there is none, and in no way gives None, which would hand strangers on to the permissions.
 * https://www.django-rest-framework.org/api-guide/authentication/#custom-authentication
 */
export function refusesStrangers(info: FunctionInfo): boolean {
  const { node } = info;
  if (node.kind === 'lambda' || !endsSurely(node.body)) return false;
  let letsOn = false;
  for (const statement of node.body)
    walk(statement, (part) => {
      if (!isStmt(part)) return true;
      if (part.kind === 'function' || part.kind === 'class') return false;
      if (part.kind === 'return' && part.value?.kind !== 'tuple') letsOn = true;
      return true;
    });
  return !letsOn && refuses(info, MAX_HELPERS);
}

/** Whether it raises where a key or a user is missing, by itself or in a function that it surely calls. */
function refuses(info: FunctionInfo, helpers: number): boolean {
  const { node } = info;
  if (node.kind === 'lambda') return false;
  let found = false;
  for (const statement of node.body)
    walk(statement, (part) => {
      if (!isStmt(part)) return true;
      if (part.kind === 'function' || part.kind === 'class') return false;
      if (part.kind === 'if' && raisesRefusal(info, part.then, helpers) && asksForProof(part.test)) found = true;
      return !found;
    });
  if (found || helpers === 0) return found;
  return node.body.some((statement) => {
    const value =
      statement.kind === 'assign' || statement.kind === 'expression' || statement.kind === 'return' ? statement.value : undefined;
    const helper = value && helperOf(info, value);
    return helper !== undefined && refuses(helper, helpers - 1);
  });
}

/** The function of the project that a statement calls, or a method of the same class: `user = self.find_user(request)`. */
function helperOf({ closure, owner }: FunctionInfo, node: Expr): FunctionInfo | undefined {
  if (node.kind !== 'call') return undefined;
  const { callee } = node;
  if (callee.kind === 'attribute')
    return owner && callee.object.kind === 'name' && callee.object.id === 'self' ? methodOf(owner, callee.name) : undefined;
  const [only, ...others] = (callee.kind === 'name' && (closure.vars.get(callee.id) ?? closure.state.frame.vars.get(callee.id))) || [];
  return only?.kind === 'function' && others.length === 0 ? only.info : undefined;
}

/** What falls off its end gives None. */
function endsSurely(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'return' || last?.kind === 'raise';
}

function raisesRefusal(info: FunctionInfo, body: readonly Stmt[], helpers: number): boolean {
  const last = body.at(-1);
  if (last?.kind === 'expression' && helpers > 0) {
    const helper = helperOf(info, last.value);
    return helper !== undefined && helper.node.kind !== 'lambda' && raisesRefusal(helper, helper.node.body, helpers - 1);
  }
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
