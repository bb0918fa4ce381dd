import type { CallExpr, Expr, FunctionStmt, LambdaExpr } from '../ir/nodes.ts';
import { type IrNode, walk } from '../ir/walk.ts';
import type { LibraryModel } from './library-model.ts';

/**
 * Whether the function that a decorator puts around another one looks at what that is passed, passes something else, or changes what it gives:
 * `if table not in TABLES: abort(404)`, `fn(*map(quote, args))`, `return escape(fn(text))`.
 */
export function isTelling(library: LibraryModel, decorator: FunctionStmt | LambdaExpr, isMethod: boolean): boolean {
  const known = answers.get(decorator);
  if (known !== undefined) return known;
  const given = decorator.params[isMethod ? 1 : 0]?.name;
  let result = false;
  if (decorator.kind === 'function' && given !== undefined)
    walk(decorator, (node) => {
      if (node.kind === 'function' && node !== decorator) result ||= wrapperTells(library, node, given);
      return !result;
    });
  answers.set(decorator, result);
  return result;
}
const answers = new WeakMap<FunctionStmt | LambdaExpr, boolean>();

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
        const isOwn = value.kind === 'name' && own.has(value.id);
        if (!isOwn) tells = true;
        if (!isOwn) walk(value, visit);
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
