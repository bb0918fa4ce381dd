import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { CallOrigin } from '../../../evaluate/values/value.ts';
import type { FunctionStmt, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';

/**
 * What Flask finds in `__name__` of a view: decorators between the route and the function put a function of their own there, unless they use
 * `functools.wraps`. https://flask.palletsprojects.com/en/stable/patterns/viewdecorators/
 */
export function decoratedName(info: FunctionInfo, route: CallOrigin): string {
  const at = info.decorators.findIndex(({ node }) => node.expression === route.site.node);
  let { name } = info;
  for (const { value } of info.decorators.slice(at + 1).reverse())
    for (const atom of value) if (atom.kind === 'function') name = nameOfWrapper(atom.info) ?? name;
  return name;
}

/** The name of the function that a decorator gives back, where it does not take over that of what it was given. */
function nameOfWrapper(decorator: FunctionInfo): string | undefined {
  const { node } = decorator;
  if (node.kind === 'lambda') return undefined;
  const last = node.body.findLast((one) => one.kind === 'return');
  if (last?.kind !== 'return' || last.value?.kind !== 'name') return undefined;
  const given = last.value.id;
  const inner = node.body.find((one): one is FunctionStmt => one.kind === 'function' && one.name === given);
  if (!inner || inner.decorators.length > 0 || givesOther(node.body, given)) return undefined;
  // `inner.__name__ = view.__name__`, `update_wrapper(inner, view)`
  let isNamed = false;
  for (const statement of node.body)
    if (statement !== inner)
      walk(statement, (one) => {
        if ((one.kind === 'attribute' && one.name === '__name__') || (one.kind === 'name' && one.id === 'update_wrapper')) isNamed = true;
        return !isNamed;
      });
  return isNamed ? undefined : inner.name;
}

/** `if callable(view): return decorate(view)`: what it gives depends on what it was given. */
function givesOther(body: readonly Stmt[], name: string): boolean {
  let isOther = false;
  for (const statement of body)
    walk(statement, (one) => {
      if (one.kind === 'return' && (one.value?.kind !== 'name' || one.value.id !== name)) isOther = true;
      return !isOther && one.kind !== 'function' && one.kind !== 'lambda';
    });
  return isOther;
}
