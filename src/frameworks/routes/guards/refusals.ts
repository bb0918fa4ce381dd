import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { writtenName } from '../written-name.ts';

/** A decorator or hook that keeps somebody out, by whatever it is that it asks: a key, an address, a signature. */
export function refusesInside(info: FunctionInfo): boolean {
  let found = false;
  for (const statement of info.node.kind === 'lambda' ? [] : info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'raise' && node.exception && DENIED.test(writtenName(node.exception))) found = true;
      if (node.kind === 'call' && (DENIED.test(writtenName(node.callee)) || isAbort(node))) found = true;
      if (node.kind === 'return' && node.value?.kind === 'tuple' && node.value.elements.some(isDenial)) found = true;
      return !found;
    });
  return found;
}
const DENIED = /PermissionDenied|Forbidden|Unauthorized|NotAuthenticated|^(?:unauthori[sz]ed|permission_denied|handle_no_permission)$/;

/** `abort(401)`, `HttpResponse(status=403)` */
function isAbort(node: Expr & { kind: 'call' }): boolean {
  return (
    (writtenName(node.callee) === 'abort' && isDenial(node.args[0]?.value)) ||
    node.args.some(({ name, value }) => name === 'status' && isDenial(value))
  );
}

function isDenial(value: Expr | undefined): boolean {
  return value?.kind === 'literal' && value.literal.type === 'int' && (value.literal.value === 401 || value.literal.value === 403);
}

/** Nothing but a refusal, and words about it, is left for who did not take the branch before. */
export function refuses(statements: readonly Stmt[]): boolean {
  const last = statements.at(-1);
  if (!last || !statements.slice(0, -1).every(isTold)) return false;
  return isRefusal(last) || (last.kind === 'return' && last.value !== undefined && isRedirect(last.value));
}

/** `messages.error(request, "…")`, `logger.info("…")`, `flash("…")` */
export function isTold(statement: Stmt): boolean {
  const call = statement.kind === 'expression' ? statement.value : undefined;
  if (call?.kind !== 'call') return false;
  if (call.callee.kind === 'attribute') return /^_?(?:messages|log|logger|logging)$/i.test(writtenName(call.callee.object));
  return /^(?:flash|print)$/.test(writtenName(call.callee));
}

/** Whether statements end with a refusal; or, unless `refusing`, with anything that is not what middleware does with those it lets through. */
export function ends(statements: readonly Stmt[], refusing: boolean): boolean {
  const last = statements.at(-1);
  if (!last) return false;
  if (isRefusal(last)) return true;
  return !refusing && last.kind === 'return' && !(last.value?.kind === 'call' && writtenName(last.value.callee) === 'get_response');
}

/** `raise …`, `abort(…)`, `return HttpResponseForbidden()`, `return self.handle_no_permission()`, `return jsonify(…), 403`. */
function isRefusal(statement: Stmt): boolean {
  if (statement.kind === 'raise') return true;
  const value = statement.kind === 'expression' || statement.kind === 'return' ? statement.value : undefined;
  if (value?.kind === 'tuple') return value.elements.some(isDenial);
  return (
    value?.kind === 'call' &&
    /abort$|Forbidden|Unauthorized|NotFound|unauthori[sz]ed$|no_permission|permission_denied|redirect_to_login/i.test(
      writtenName(value.callee),
    )
  );
}

/** `redirect(…)`, `HttpResponseRedirect(…)` */
export function isRedirect(node: Expr): boolean {
  return node.kind === 'call' && /redirect/i.test(writtenName(node.callee));
}
