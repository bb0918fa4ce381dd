import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr, FunctionStmt, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { writtenName } from '../written-name.ts';
import { saysLoggedIn } from './login-conditions.ts';
import { isTold } from './refusals.ts';

/**
 * Whether a decorator of the project plainly asks nothing of strangers, whatever its name promises: it gives the view back, or a wrapper that logs
 * at most and calls it, or one that only looks closer at who has logged in. Where anything else is called, that may refuse, and the name is
 * believed.
 */
export function letsEverybodyIn({ node }: FunctionInfo): boolean {
  return node.kind === 'function' && givesViewBack(node);
}

/** `def decorator(view): …; return view`, or `return wrapper`, or what makes such a one: `def needs(role): def decorator(view): …`. */
function givesViewBack(node: FunctionStmt): boolean {
  const inner = new Map<string, FunctionStmt>();
  for (const one of node.body) if (one.kind === 'function') inner.set(one.name, one);
  const rest = node.body.filter((one) => one.kind !== 'function' && !isText(one));
  const [last, ...others] = rest;
  if (last?.kind !== 'return' || last.value?.kind !== 'name' || others.length > 0) return false;
  const { id } = last.value;
  const views = new Set(node.params.map(({ name }) => name));
  const wrapper = inner.get(id);
  if (!wrapper) return views.has(id) && inner.size === 0;
  if (wrapper.decorators.some(({ expression }) => !isWraps(expression))) return false;
  return inner.size === 1 && (callsAtOnce(wrapper, views) || givesViewBack(wrapper));
}

/** `return view(*args, **kwargs)`, with nothing but words in front; a test that refuses nothing is one, too. */
function callsAtOnce({ body }: FunctionStmt, views: ReadonlySet<string>): boolean {
  const last = body.at(-1);
  if (last?.kind !== 'return' || !body.slice(0, -1).every(changesNothing)) return false;
  const value = last.value?.kind === 'await' ? last.value.value : last.value;
  return value?.kind === 'call' && value.callee.kind === 'name' && views.has(value.callee.id);
}

function changesNothing(statement: Stmt): boolean {
  if (statement.kind === 'pass' || isText(statement) || isTold(statement)) return true;
  if (statement.kind !== 'if') return false;
  // `if current_user.is_authenticated: if not current_user.is_admin: abort(403)`
  if (saysLoggedIn(statement.test)) return statement.otherwise.every(changesNothing);
  return !hasCall(statement.test) && [...statement.then, ...statement.otherwise].every(changesNothing);
}

/** A question that is asked of a function may be answered by refusing. */
function hasCall(test: Expr): boolean {
  let found = false;
  walk(test, (node) => {
    if (node.kind === 'call') found = true;
    return !found;
  });
  return found;
}

function isText(statement: Stmt): boolean {
  return statement.kind === 'expression' && statement.value.kind === 'literal';
}

/** `@wraps(view)`, `@functools.wraps(view)` */
function isWraps(decorator: Expr): boolean {
  return decorator.kind === 'call' && writtenName(decorator.callee) === 'wraps';
}
