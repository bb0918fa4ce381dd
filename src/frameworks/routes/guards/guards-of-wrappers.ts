import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { lastPart } from '../values.ts';
import { type Wrapper, wrappersOf } from '../view.ts';
import { writtenName } from '../written-name.ts';
import { type Guard, isGuardName } from './guard-names.ts';
import { guardOfStatements } from './guards-in-body.ts';
import { letsEverybodyIn } from './lets-everybody-in.ts';
import { asksForAccess, saysLoggedIn } from './login-conditions.ts';
import { isRedirect, refusesInside } from './refusals.ts';

/** What a decorator asks of who calls: by its name in a library, by what it does in the project. */
export function guardOfWrapper(wrapper: Wrapper, depth = 0): Guard | undefined {
  if (wrapper.isOptional || lastPart(wrapper.name) === 'login_not_required') return undefined;
  if (wrapper.info?.decorators.some(({ node }) => mentionsGuard(node.expression)) === true) return 'required';
  if (wrapper.info && isGuardName(wrapper.name) && letsEverybodyIn(wrapper.info)) return undefined;
  if (wrapper.info && asksInside(wrapper.info)) return 'required';
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
    return last.value.kind === 'call' && !given.has(writtenName(last.value.callee));
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
  return isGuardName(writtenName(node.kind === 'call' ? node.callee : node));
}
