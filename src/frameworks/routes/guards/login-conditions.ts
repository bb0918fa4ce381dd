import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { type IrNode, walk } from '../../../ir/walk.ts';
import { writtenName } from '../written-name.ts';

/** Attributes and methods of a user that are true only for somebody who has logged in. */
const USER_IS =
  /^(?:is_(?:authenticated|active|staff|superuser|admin(?:istrator)?|moderator|editor|logged_in)|logged_in|has_perms?|has_module_perms|has_role|can(?:_\w+)?)$/;
const ANONYMOUS = /^is_anonymous$/;

/** A condition that holds for everybody who has not logged in. */
export function impliesStranger(test: Expr): boolean {
  if (test.kind === 'unary' && test.op === 'not') return saysLoggedIn(test.operand);
  if (test.kind === 'boolean') {
    if (test.op === 'or') return test.operands.some(impliesStranger);
    // `if not request.user.is_authenticated and not request.path.startswith("/login")`
    return test.operands.some(impliesStranger) && test.operands.every((one) => impliesStranger(one) || asksWhichPage(one));
  }
  const name = test.kind === 'call' ? writtenName(test.callee) : writtenName(test);
  if (ANONYMOUS.test(name)) return true;
  if (test.kind !== 'compare' || test.rest.length !== 1) return false;
  const [{ op, right } = { op: undefined, right: undefined }] = test.rest;
  // `if note.owner != request.user`, `if "user_id" not in session`, `if g.user is None`.
  if (op === '!=' || op === 'is not') return isUser(test.first) !== (right !== undefined && isUser(right)) && !isNone(right);
  if (op === 'not in') return right !== undefined && (isSession(right) || (isUser(test.first) && !isNone(right)));
  return (op === 'is' || op === '==') && isNone(right) && (isUser(test.first) || isSessionEntry(test.first));
}

/** A condition that holds only for somebody who has logged in. */
export function saysLoggedIn(test: Expr): boolean {
  if (test.kind === 'unary' && test.op === 'not') return ANONYMOUS.test(writtenName(test.operand));
  if (test.kind === 'boolean') return test.op === 'and' ? test.operands.some(saysLoggedIn) : test.operands.every(saysLoggedIn);
  if (test.kind === 'call')
    return (USER_IS.test(writtenName(test.callee)) && ownerIsUser(test.callee)) || isSessionEntry(test) || isGlobalUser(test);
  if (test.kind === 'compare' && test.rest.length === 1) {
    const [{ op, right } = { op: undefined, right: undefined }] = test.rest;
    if (op === '==' || op === 'in') return isSession(right) || isUser(test.first) !== (right !== undefined && isUser(right));
    return (op === 'is not' || op === '!=') && isNone(right) && (isUser(test.first) || isSessionEntry(test.first));
  }
  if (test.kind === 'attribute' && USER_IS.test(test.name)) return ownerIsUser(test);
  return isGlobalUser(test) || isSessionEntry(test);
}

function ownerIsUser(node: Expr): boolean {
  return node.kind === 'attribute' && (isUser(node.object) || isUserName(writtenName(node.object)) || isSession(node.object));
}

/** It is about the user, or asks a function that is named after such a question: `has_access("organizer")`. */
export function asksForAccess(test: Expr): boolean {
  let found = false;
  walk(test, (node: IrNode) => {
    if ((node.kind === 'name' || node.kind === 'attribute') && (isUser(node) || (node.kind === 'attribute' && USER_IS.test(node.name))))
      found = true;
    if (node.kind === 'call' && ACCESS_QUESTION.test(writtenName(node.callee))) found = true;
    if ((node.kind === 'name' || node.kind === 'attribute') && RIGHTS.test(writtenName(node))) found = true;
    // What the session remembers of an earlier check: `session.get(project.id)`.
    if ((node.kind === 'subscript' || (node.kind === 'attribute' && node.name === 'get')) && isSession(node.object)) found = true;
    return !found;
  });
  return found;
}
/** What somebody may do: `"edit" not in board.current_permissions`. */
const RIGHTS = /(?:^|_)(?:permissions?|perms|roles?|privileges?)$/i;
const ACCESS_QUESTION =
  /^(?:user_|current_user_)?(?:has|have|check|verify)_(?:\w+_)?(?:access|permissions?|perms?|privileges?|rights?|roles?)$|^(?:user_|current_user_)(?:can|may)_\w+$|^(?:is|user_is)_(?:allowed|permitted|authori[sz]ed|logged_in)$/;

/** Who is logged in, or something of theirs: `request.user`, `current_user.id`, `g.user`. */
function isUser(node: Expr): boolean {
  if (node.kind === 'name') return node.id === 'current_user';
  if (node.kind === 'attribute')
    return isGlobalUser(node) || isUser(node.object) || (node.name === 'user' && writtenName(node.object) === 'request');
  if (node.kind === 'call') return isUser(node.callee);
  return isSessionEntry(node);
}

/** An object of `request.user` is always true; `g.user` is there only after a login. */
function isGlobalUser(node: Expr): boolean {
  // `g.get("user")`, `getattr(g, "user", None)`
  if (node.kind === 'call') {
    const [first, second] = node.args;
    const isGet = node.callee.kind === 'attribute' && node.callee.name === 'get' && writtenName(node.callee.object) === 'g';
    const isGetattr = writtenName(node.callee) === 'getattr' && first !== undefined && writtenName(first.value) === 'g';
    const key = isGet ? first?.value : isGetattr ? second?.value : undefined;
    return key?.kind === 'literal' && key.literal.type === 'str' && isUserName(key.literal.value);
  }
  return node.kind === 'attribute' && isUserName(node.name) && writtenName(node.object) === 'g';
}

function isUserName(name: string): boolean {
  return /^(?:current_)?user$/.test(name);
}

function isSession(node: Expr | undefined): boolean {
  return node !== undefined && writtenName(node) === 'session';
}

/** `session["user_id"]`, `session.get("logged_in")`. */
function isSessionEntry(node: Expr): boolean {
  const key =
    node.kind === 'subscript' && isSession(node.object)
      ? node.index
      : node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'get' && isSession(node.callee.object)
        ? node.args[0]?.value
        : undefined;
  return (
    key?.kind === 'literal' && key.literal.type === 'str' && /user|login|logged|auth|account|admin|member|uid/i.test(key.literal.value)
  );
}

/** Whether a hook leaves out some requests: it looks at which endpoint or path is asked for. */
export function hasExceptions({ node }: FunctionInfo): boolean {
  return node.kind === 'function' && node.body.some(asksWhichPage);
}

/** `request.path`, `request.endpoint` */
export function asksWhichPage(part: IrNode): boolean {
  let found = false;
  walk(part, (node) => {
    if (node.kind === 'attribute' && PAGE.test(node.name) && writtenName(node.object) === 'request') found = true;
    return !found;
  });
  return found;
}
const PAGE = /^(?:endpoint|path|path_info|blueprint|url_rule|full_path|script_root|resolver_match)$/;

function isNone(node: Expr | undefined): boolean {
  return node?.kind === 'literal' && node.literal.type === 'none';
}
