import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Expr, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { writtenName } from '../written-name.ts';
import type { Guard } from './guard-names.ts';
import { asksForAccess, asksWhichPage, impliesStranger, saysLoggedIn } from './login-conditions.ts';
import { ends, refuses } from './refusals.ts';

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

/** `True` */
export function isYes(node: Expr): boolean {
  return node.kind === 'literal' && node.literal.type === 'bool' && node.literal.value;
}

/** For whoever has not logged in: `path = request.path_info`, `if not any(m.match(path) for m in EXEMPT): return redirect("login")`. */
function endsExceptAt(statements: readonly Stmt[]): boolean {
  const at = statements.length - 1;
  const last = statements[at];
  return last?.kind === 'if' && isOnOtherPages(statements, at) && ends(last.then, false);
}

/** A condition that holds on all pages but some: `path not in OPEN`, by what it asks or by what the statements before it took of the request. */
function isOnOtherPages(body: readonly Stmt[], at: number): boolean {
  const statement = body[at];
  if (statement?.kind !== 'if' || !isDenied(statement.test)) return false;
  const { test } = statement;
  const pages = new Set(
    body
      .slice(0, at)
      .flatMap((one) => (one.kind === 'assign' && one.value && asksWhichPage(one.value) ? one.targets.map(writtenName) : [])),
  );
  let found = asksWhichPage(test);
  walk(test, (node) => {
    if (node.kind === 'name' && pages.has(node.id)) found = true;
    return !found;
  });
  return found;
}

/** `not …`, `… not in …`, `… != …`, or all of such */
function isDenied(test: Expr): boolean {
  if (test.kind === 'boolean') return test.op === 'and' && test.operands.every(isDenied);
  if (test.kind === 'compare') return test.rest.every(({ op }) => op === 'not in' || op === '!=');
  return test.kind === 'unary' && test.op === 'not';
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
    if (impliesStranger(statement.test) && (ends(statement.then, false) || endsExceptAt(statement.then))) return 'required';
    if (isOnOtherPages(body, at) && guardOfStatements(statement.then) === 'required') return 'required';
    // What is asked only on some ways keeps out some.
    weak ||= guardOfStatements(statement.then) !== undefined || guardOfStatements(statement.otherwise) !== undefined;
    const rest = body.slice(at + 1);
    const others = statement.otherwise.length > 0 ? statement.otherwise : rest;
    if (saysLoggedIn(statement.test) && (ends(statement.otherwise, true) || refuses(others))) return 'required';
    if (asksForAccess(statement.test) && (ends(statement.then, true) || ends(statement.otherwise, true))) weak = true;
  }
  return weak ? 'partly' : undefined;
}
