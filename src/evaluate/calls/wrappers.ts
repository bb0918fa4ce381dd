import type { CallExpr, Expr, FunctionStmt, LambdaExpr } from '../../ir/nodes.ts';
import { type IrNode, walk } from '../../ir/walk.ts';
import type { LibraryModel } from './library-model.ts';

type FunctionNode = FunctionStmt | LambdaExpr;

/**
 * Whether the function that a decorator puts around another one looks at what that is passed, passes something else, or changes what it gives:
 * `if table not in TABLES: abort(404)`, `fn(*map(quote, args))`, `return escape(fn(text))`.
 */
export function isTelling(library: LibraryModel, decorator: FunctionNode, isMethod: boolean): boolean {
  const given = decorator.params[isMethod ? 1 : 0]?.name;
  return given !== undefined && someWrapper(decorator, TELLING, (wrapper) => wrapperTells(library, wrapper, given));
}
const TELLING = new WeakMap<FunctionNode, boolean>();

/** Whether a function inside this one calls what this one was given, with something besides its own arguments. */
export function passesMore(decorator: FunctionNode): boolean {
  const given = new Set(decorator.params.map((parameter) => parameter.name));
  return someWrapper(decorator, PASSING_MORE, (wrapper) => addsToCall(wrapper, given));
}
const PASSING_MORE = new WeakMap<FunctionNode, boolean>();

/** Whether it holds for some function inside this one. `known`: what was said before. */
function someWrapper(decorator: FunctionNode, known: WeakMap<FunctionNode, boolean>, test: (wrapper: FunctionStmt) => boolean): boolean {
  const before = known.get(decorator);
  if (before !== undefined) return before;
  let result = false;
  if (decorator.kind === 'function')
    walk(decorator, (node) => {
      if (node.kind === 'function' && node !== decorator) result ||= test(node);
      return !result;
    });
  known.set(decorator, result);
  return result;
}

function wrapperTells({ sourceMembers }: LibraryModel, wrapper: FunctionStmt, given: string): boolean {
  const own = new Set(wrapper.params.map((parameter) => parameter.name));
  if (own.has(given)) return false;
  const results = new Set<string>();
  let calls = false;
  let tells = false;
  let givesResult = false;
  const isGiven = (node: IrNode): node is CallExpr => node.kind === 'call' && node.callee.kind === 'name' && node.callee.id === given;
  const visit = (node: IrNode): boolean => {
    if (node !== wrapper && node.kind === 'function') return false;
    if (isGiven(node)) {
      calls = true;
      for (const { value } of node.args) {
        if (isOwn(value, own)) continue;
        tells = true;
        walk(value, visit);
      }
      return false;
    }
    if (node.kind === 'assign' && node.value && isGiven(node.value.kind === 'await' ? node.value.value : node.value))
      for (const target of node.targets) if (target.kind === 'name') results.add(target.id);
    if (node.kind === 'return' && node.value) {
      const value = node.value.kind === 'await' ? node.value.value : node.value;
      if (isGiven(value) || (value.kind === 'name' && results.has(value.id))) givesResult = true;
      else tells ||= holds(value, (one) => isGiven(one) || (one.kind === 'name' && results.has(one.id)));
    }
    if (node.kind === 'name' && own.has(node.id) && !ENVELOPES.has(node.id)) tells = true;
    if (node.kind === 'attribute' && node.object.kind === 'name' && ENVELOPES.has(node.object.id)) tells ||= sourceMembers.has(node.name);
    return true;
  };
  walk(wrapper, visit);
  return calls && (tells || !givesResult);
}

function holds(expr: Expr, test: (node: IrNode) => boolean): boolean {
  let found = false;
  walk(expr, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}

/** Names of what holds a request, or all else: not what was passed itself. */
const ENVELOPES = new Set(['request', 'req', 'self', 'cls']);

function addsToCall(wrapper: FunctionStmt, given: ReadonlySet<string>): boolean {
  const own = new Set(wrapper.params.map((parameter) => parameter.name));
  const keywords = wrapper.params.find((parameter) => parameter.form === 'keywords')?.name;
  let calls = false;
  let adds = false;
  walk(wrapper, (node) => {
    if (node.kind === 'call' && node.callee.kind === 'name' && given.has(node.callee.id) && !own.has(node.callee.id)) {
      calls = true;
      if (node.args.some((argument) => !isOwn(argument.value, own))) adds = true;
    }
    if (keywords !== undefined && changes(node, keywords)) adds = true;
    return true;
  });
  return calls && adds;
}

function isOwn(value: Expr, own: ReadonlySet<string>): boolean {
  return value.kind === 'name' && own.has(value.id);
}

/** `kwargs["user"] = user`, `kwargs.update(…)`. */
function changes(node: IrNode, keywords: string): boolean {
  if (node.kind === 'assign')
    return node.targets.some((target) => target.kind === 'subscript' && target.object.kind === 'name' && target.object.id === keywords);
  return node.kind === 'call' && isUpdate(node, keywords);
}

function isUpdate({ callee }: CallExpr, keywords: string): boolean {
  return (
    callee.kind === 'attribute' &&
    (callee.name === 'update' || callee.name === 'setdefault') &&
    callee.object.kind === 'name' &&
    callee.object.id === keywords
  );
}
