import type { Expr, FunctionStmt } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';

/** The expressions that a function gives its own variables; those that something else than an assignment binds are left out. */
export function localValues(node: FunctionStmt): ReadonlyMap<string, readonly Expr[]> {
  const values = new Map<string, Expr[]>();
  const others = new Set(node.params.map(({ name }) => name));
  const bind = (target: Expr, value: Expr | undefined): void => {
    if (target.kind === 'name' && value) values.set(target.id, [...(values.get(target.id) ?? []), value]);
    else if (target.kind === 'name') others.add(target.id);
    else if (target.kind === 'tuple' || target.kind === 'list') for (const element of target.elements) bind(element, undefined);
    else if (target.kind === 'starred') bind(target.value, undefined);
  };
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'assign') for (const target of one.targets) if (one.value) bind(target, one.value);
      if (one.kind === 'augmented') bind(one.target, undefined);
      if (one.kind === 'walrus') bind(one.target, one.value);
      if (one.kind === 'for') bind(one.target, undefined);
      if (one.kind === 'with') for (const { target } of one.items) if (target) bind(target, undefined);
      if (one.kind === 'try') for (const { name } of one.handlers) if (name !== undefined) others.add(name);
      return true;
    });
  for (const name of others) values.delete(name);
  return values;
}
