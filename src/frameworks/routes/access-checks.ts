import type { FunctionInfo } from '../../evaluate/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Expr, Stmt } from '../../ir/nodes.ts';
import { type IrNode, walk } from '../../ir/walk.ts';
import { lastPart } from './values.ts';
import { type Wrapper, wrappersOf } from './view.ts';

/** How far a function keeps out who has not logged in. */
export type Guard = 'required' | 'partly';

/** Attributes and methods of a user that are true only for somebody who has logged in. */
const USER_IS =
  /^(?:is_(?:authenticated|active|staff|superuser|admin(?:istrator)?|moderator|editor|logged_in)|logged_in|has_perms?|has_module_perms|has_role|can(?:_\w+)?)$/;
const ANONYMOUS = /^is_anonymous$/;
/** Names of decorators and mixins that ask for a login, in the spellings that libraries and projects share. */
const GUARD_NAME =
  /(?:^|_)(?:login|logged_?in|auth|authenticated|authentication|authorization|authorized|permissions?|perms?|roles?|groups?|admin|staff|staffuser|superuser|jwt|token|api_?key|user|member|owner|session)_(?:(?:and|or)_\w+_)?(?:required|accepted|needed|only)$|^(?:requires?|needs?|must_be|ensure|check)_?(?:login|logged_?in|auth\w*|permissions?|perms?|roles?|admin|staff|superuser|jwt|token|user|member|owner|scope)\w*$|^(?:user_passes_test|staff_member_required|authenticated|login_exempt_check|allows?|requires?|(?:permissions?|perms?|access|auth|login|role)_check(?:ed|er)?|(?:user_)?has_(?:perms?|permissions?|roles?)|authori[sz]ed?(?:_\w+)?|protect(?:ed)?|has_access(?:_api)?|admin_only|staff_only|oauth_required)$/i;
const MIXIN_NAME =
  /(?:Login|Permissions?|Auth(?:entication|enticated)?|Staff|Staffuser|Superuser|Group|User|Role|Owner|Admin)Required(?:Mixin)?$|^UserPassesTestMixin$|^PermissionMixin$/;

export function isGuardName(name: string): boolean {
  return GUARD_NAME.test(lastPart(name));
}

export function isGuardMixin(name: string): boolean {
  return MIXIN_NAME.test(lastPart(name));
}

/** What a decorator asks of who calls: by its name in a library, by what it does in the project. */
export function guardOfWrapper(wrapper: Wrapper, depth = 0): Guard | undefined {
  if (wrapper.isOptional || lastPart(wrapper.name) === 'login_not_required') return undefined;
  if (wrapper.info && asksInside(wrapper.info)) return 'required';
  if (wrapper.info?.decorators.some(({ node }) => mentionsGuard(node.expression)) === true) return 'required';
  if (wrapper.info && callsGuard(wrapper.info)) return 'required';
  const inner = wrapper.info && depth <= 2 ? innerGuard(wrapper.info, depth) : undefined;
  if (inner) return inner;
  // A function that another one makes a decorator of: `@permission` around `def editor(user): …`.
  const made = depth > 2 ? [] : wrapper.info ? wrappersOf(wrapper.info) : [];
  if (made.some((one) => one.info && guardOfWrapper(one, depth + 1) === 'required')) return 'required';
  if (isGuardName(wrapper.name)) return 'required';
  return wrapper.info && (refusesInside(wrapper.info) || asksUserInside(wrapper.info)) ? 'partly' : undefined;
}

/** A decorator whose wrapper gives some users something else than what the view answers, or calls the view for some alone. */
function asksUserInside(info: FunctionInfo): boolean {
  if (info.node.kind === 'lambda') return false;
  const given = new Set(info.node.params.map(({ name }) => name));
  let calls = 0;
  let behindQuestion = 0;
  let refuses = false;
  const isOwn = (statements: readonly Stmt[]): boolean => {
    const last = statements.at(-1);
    if (last?.kind !== 'return' || !last.value) return last?.kind === 'raise';
    return last.value.kind === 'call' && !given.has(nameOf(last.value.callee));
  };
  const look = (part: Stmt, isAsked: boolean): void =>
    walk(part, (node) => {
      if (node.kind === 'function') for (const { name } of node.params) given.add(name);
      if (node.kind === 'call' && node.callee.kind === 'name' && given.has(node.callee.id)) {
        calls++;
        if (isAsked) behindQuestion++;
      }
      if (isAsked || node.kind !== 'if' || !asksForAccess(node.test)) return true;
      if (isOwn(node.then) || isOwn(node.otherwise)) refuses = true;
      for (const one of [...node.then, ...node.otherwise]) look(one, true);
      return false;
    });
  for (const statement of info.node.body) look(statement, false);
  return refuses || (calls === 1 && behindQuestion === 1);
}

/** A decorator or hook that keeps somebody out, by whatever it is that it asks: a key, an address, a signature. */
export function refusesInside(info: FunctionInfo): boolean {
  let found = false;
  for (const statement of info.node.kind === 'lambda' ? [] : info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'raise' && node.exception && DENIED.test(nameOf(node.exception))) found = true;
      if (node.kind === 'call' && (DENIED.test(nameOf(node.callee)) || isAbort(node))) found = true;
      if (node.kind === 'return' && node.value?.kind === 'tuple' && node.value.elements.some(isDenial)) found = true;
      return !found;
    });
  return found;
}
const DENIED = /PermissionDenied|Forbidden|Unauthorized|NotAuthenticated|^(?:unauthori[sz]ed|permission_denied|handle_no_permission)$/;

/** `abort(401)`, `HttpResponse(status=403)` */
function isAbort(node: Expr & { kind: 'call' }): boolean {
  return (
    (nameOf(node.callee) === 'abort' && isDenial(node.args[0]?.value)) ||
    node.args.some(({ name, value }) => name === 'status' && isDenial(value))
  );
}

function isDenial(value: Expr | undefined): boolean {
  return value?.kind === 'literal' && value.literal.type === 'int' && (value.literal.value === 401 || value.literal.value === 403);
}

/** A decorator whose wrapper refuses, or calls the view only for somebody who has logged in. */
function asksInside(info: FunctionInfo): boolean {
  let asks = false;
  for (const statement of info.node.kind === 'lambda' ? [] : info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'function' && guardOfStatements(node.body) !== undefined) asks = true;
      if (node.kind === 'if' && saysLoggedIn(node.test) && returnsCall(node.then)) asks = true;
      return !asks;
    });
  return asks;
}

function returnsCall(statements: readonly Stmt[]): boolean {
  return statements.some(
    (one) => one.kind === 'return' && (one.value?.kind === 'call' || one.value?.kind === 'await') && !isRedirect(one.value),
  );
}

function isRedirect(node: Expr): boolean {
  return node.kind === 'call' && /redirect/i.test(nameOf(node.callee));
}

/** `return user_passes_test(…)(view)`, `login_required(view)` inside a decorator of the project. */
function callsGuard(info: FunctionInfo): boolean {
  let found = false;
  for (const statement of info.node.kind === 'lambda' ? [] : info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'call' && mentionsGuard(node.callee)) found = true;
      if (node.kind === 'function' && node.decorators.some(({ expression }) => mentionsGuard(expression))) found = true;
      return !found;
    });
  return found;
}

/** `return by_key(view)(*args)` inside a decorator that chooses between others of the project; `@by_key` around its wrapper. */
function innerGuard(info: FunctionInfo, depth: number): Guard | undefined {
  const view = info.node.params[0]?.name;
  let found: Guard | undefined;
  const ask = (name: string): void => {
    for (const atom of info.closure.state.frame.vars.get(name) ?? [])
      if (atom.kind === 'function' && atom.info !== info)
        found ??= guardOfWrapper({ name: atom.info.qualifiedName, isOptional: false, info: atom.info }, depth + 1);
  };
  for (const statement of info.node.kind === 'lambda' ? [] : info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'function')
        for (const { expression } of node.decorators) {
          if (mentionsGuard(expression)) found = 'required';
          const named = expression.kind === 'call' ? expression.callee : expression;
          if (named.kind === 'name') ask(named.id);
        }
      const [first] = node.kind === 'call' ? node.args : [];
      if (node.kind === 'call' && node.callee.kind === 'name' && first?.value.kind === 'name' && first.value.id === view)
        ask(node.callee.id);
      return true;
    });
  return found;
}

function mentionsGuard(node: Expr): boolean {
  return isGuardName(nameOf(node.kind === 'call' ? node.callee : node));
}

/** The checks in a function's own body; in functions of the project that it calls, where those refuse by raising. */
export function guardInBody(interpreter: Interpreter, info: FunctionInfo): { readonly guard: Guard; readonly by: string } | undefined {
  if (info.node.kind === 'lambda') return undefined;
  const own = guardOfStatements(info.node.body);
  if (own) return { guard: own, by: 'checked in the view' };
  const helper = raisingHelper(interpreter, info, 2, new Set());
  return helper ? { guard: 'required', by: `checked in ${helper.name}()` } : undefined;
}

function raisingHelper(interpreter: Interpreter, info: FunctionInfo, depth: number, seen: Set<FunctionInfo>): FunctionInfo | undefined {
  for (const callee of interpreter.calls.get(info.node) ?? []) {
    if (seen.has(callee) || callee.node.kind === 'lambda' || callee.module.file.role === 'test') continue;
    seen.add(callee);
    if (callee.node.body.some((one) => one.kind === 'if' && impliesStranger(one.test) && ends(one.then, true))) return callee;
    if (depth > 1 && raisingHelper(interpreter, callee, depth - 1, seen)) return callee;
  }
  return undefined;
}

/** Whether a method whose answer lets somebody in or keeps them out is more than a plain yes. */
export function answersLogin({ node }: FunctionInfo): boolean {
  if (node.kind === 'lambda') return !isYes(node.body);
  let asks = false;
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'return' && one.value && !isYes(one.value)) asks = true;
      return !asks;
    });
  return asks;
}

function isYes(node: Expr): boolean {
  return node.kind === 'literal' && node.literal.type === 'bool' && node.literal.value;
}

/** What statements of a body do with who has not logged in. */
export function guardOfStatements(body: readonly Stmt[]): Guard | undefined {
  let weak = false;
  for (const [at, statement] of body.entries()) {
    if (statement.kind === 'try' || statement.kind === 'with') {
      const inner = guardOfStatements(statement.body);
      if (inner === 'required') return inner;
      weak ||= inner === 'partly';
    }
    if (statement.kind === 'assert' && saysLoggedIn(statement.test)) return 'required';
    if (statement.kind !== 'if') continue;
    if (impliesStranger(statement.test) && ends(statement.then, false)) return 'required';
    // What is asked only on some ways keeps out some.
    weak ||= guardOfStatements(statement.then) !== undefined || guardOfStatements(statement.otherwise) !== undefined;
    const rest = body.slice(at + 1);
    const others = statement.otherwise.length > 0 ? statement.otherwise : rest;
    if (saysLoggedIn(statement.test) && (ends(statement.otherwise, true) || refuses(others))) return 'required';
    if (asksForAccess(statement.test) && (ends(statement.then, true) || ends(statement.otherwise, true))) weak = true;
  }
  return weak ? 'partly' : undefined;
}

/** Nothing but a refusal, and words about it, is left for who did not take the branch before. */
function refuses(statements: readonly Stmt[]): boolean {
  const last = statements.at(-1);
  if (!last || !statements.slice(0, -1).every(isTold)) return false;
  return isRefusal(last) || (last.kind === 'return' && last.value !== undefined && isRedirect(last.value));
}

/** `messages.error(request, "…")`, `logger.info("…")`, `flash("…")` */
function isTold(statement: Stmt): boolean {
  const call = statement.kind === 'expression' ? statement.value : undefined;
  if (call?.kind !== 'call') return false;
  if (call.callee.kind === 'attribute') return /^_?(?:messages|log|logger|logging)$/i.test(nameOf(call.callee.object));
  return /^(?:flash|print)$/.test(nameOf(call.callee));
}

function ends(statements: readonly Stmt[], refusing: boolean): boolean {
  const last = statements.at(-1);
  if (!last) return false;
  if (isRefusal(last)) return true;
  // What middleware does with those it lets through.
  return !refusing && last.kind === 'return' && !(last.value?.kind === 'call' && nameOf(last.value.callee) === 'get_response');
}

/** `raise …`, `abort(…)`, `return HttpResponseForbidden()`, `return self.handle_no_permission()`, `return jsonify(…), 403`. */
function isRefusal(statement: Stmt): boolean {
  if (statement.kind === 'raise') return true;
  const value = statement.kind === 'expression' || statement.kind === 'return' ? statement.value : undefined;
  if (value?.kind === 'tuple') return value.elements.some(isDenial);
  return (
    value?.kind === 'call' &&
    /abort$|Forbidden|Unauthorized|NotFound|unauthori[sz]ed$|no_permission|permission_denied|redirect_to_login/i.test(nameOf(value.callee))
  );
}

/** A condition that holds for everybody who has not logged in. */
function impliesStranger(test: Expr): boolean {
  if (test.kind === 'unary' && test.op === 'not') return saysLoggedIn(test.operand);
  if (test.kind === 'boolean') {
    if (test.op === 'or') return test.operands.some(impliesStranger);
    // `if not request.user.is_authenticated and not request.path.startswith("/login")`
    return test.operands.some(impliesStranger) && test.operands.every((one) => impliesStranger(one) || asksWhichPage(one));
  }
  const name = test.kind === 'call' ? nameOf(test.callee) : nameOf(test);
  if (ANONYMOUS.test(name)) return true;
  if (test.kind !== 'compare' || test.rest.length !== 1) return false;
  const [{ op, right } = { op: undefined, right: undefined }] = test.rest;
  // `if note.owner != request.user`, `if "user_id" not in session`, `if g.user is None`.
  if (op === '!=' || op === 'is not') return isUser(test.first) !== (right !== undefined && isUser(right)) && !isNothing(right);
  if (op === 'not in') return right !== undefined && (isSession(right) || (isUser(test.first) && !isNothing(right)));
  return (op === 'is' || op === '==') && isNothing(right) && (isUser(test.first) || isSessionEntry(test.first));
}

/** A condition that holds only for somebody who has logged in. */
function saysLoggedIn(test: Expr): boolean {
  if (test.kind === 'unary' && test.op === 'not') return ANONYMOUS.test(nameOf(test.operand));
  if (test.kind === 'boolean') return test.op === 'and' ? test.operands.some(saysLoggedIn) : test.operands.every(saysLoggedIn);
  if (test.kind === 'call')
    return (USER_IS.test(nameOf(test.callee)) && ownerIsUser(test.callee)) || isSessionEntry(test) || isGlobalUser(test);
  if (test.kind === 'compare' && test.rest.length === 1) {
    const [{ op, right } = { op: undefined, right: undefined }] = test.rest;
    if (op === '==' || op === 'in') return isSession(right) || isUser(test.first) !== (right !== undefined && isUser(right));
    return (op === 'is not' || op === '!=') && isNothing(right) && (isUser(test.first) || isSessionEntry(test.first));
  }
  if (test.kind === 'attribute' && USER_IS.test(test.name)) return ownerIsUser(test);
  return isGlobalUser(test) || isSessionEntry(test);
}

function ownerIsUser(node: Expr): boolean {
  return node.kind === 'attribute' && (isUser(node.object) || isUserName(nameOf(node.object)) || isSession(node.object));
}

/** It is about the user, or asks a function that is named after such a question: `has_access("organizer")`. */
function asksForAccess(test: Expr): boolean {
  let found = false;
  walk(test, (node: IrNode) => {
    if ((node.kind === 'name' || node.kind === 'attribute') && (isUser(node) || (node.kind === 'attribute' && USER_IS.test(node.name))))
      found = true;
    if (node.kind === 'call' && ACCESS_QUESTION.test(nameOf(node.callee))) found = true;
    if ((node.kind === 'name' || node.kind === 'attribute') && RIGHTS.test(nameOf(node))) found = true;
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
    return isGlobalUser(node) || isUser(node.object) || (node.name === 'user' && nameOf(node.object) === 'request');
  if (node.kind === 'call') return isUser(node.callee);
  return isSessionEntry(node);
}

/** An object of `request.user` is always true; `g.user` is there only after a login. */
function isGlobalUser(node: Expr): boolean {
  // `g.get("user")`, `getattr(g, "user", None)`
  if (node.kind === 'call') {
    const [first, second] = node.args;
    const isGet = node.callee.kind === 'attribute' && node.callee.name === 'get' && nameOf(node.callee.object) === 'g';
    const isGetattr = nameOf(node.callee) === 'getattr' && first !== undefined && nameOf(first.value) === 'g';
    const key = isGet ? first?.value : isGetattr ? second?.value : undefined;
    return key?.kind === 'literal' && key.literal.type === 'str' && isUserName(key.literal.value);
  }
  return node.kind === 'attribute' && isUserName(node.name) && nameOf(node.object) === 'g';
}

function isUserName(name: string): boolean {
  return /^(?:current_)?user$/.test(name);
}

function isSession(node: Expr | undefined): boolean {
  return node !== undefined && nameOf(node) === 'session';
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

function isNothing(node: Expr | undefined): boolean {
  return node?.kind === 'literal' && node.literal.type === 'none';
}

function nameOf(node: Expr): string {
  if (node.kind === 'name') return node.id;
  return node.kind === 'attribute' ? node.name : node.kind === 'call' ? nameOf(node.callee) : '';
}

/** Whether a hook leaves out some requests: it looks at which endpoint or path is asked for. */
export function hasExceptions({ node }: FunctionInfo): boolean {
  return node.kind === 'function' && node.body.some(asksWhichPage);
}

function asksWhichPage(part: IrNode): boolean {
  let found = false;
  walk(part, (node) => {
    if (node.kind === 'attribute' && PAGE.test(node.name) && nameOf(node.object) === 'request') found = true;
    return !found;
  });
  return found;
}
const PAGE = /^(?:endpoint|path|path_info|blueprint|url_rule|full_path|script_root|resolver_match)$/;
