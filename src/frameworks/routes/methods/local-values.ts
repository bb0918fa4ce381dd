import type { Expr, FunctionStmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';

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

/**
 * The expressions that variables are taken out of, as `form` and `formset` of `form, formset = make_forms(request)`, and what a loop or
 * comprehension goes through.
 */
export function partValues(node: FunctionStmt): ReadonlyMap<string, readonly Expr[]> {
  const values = new Map<string, Expr[]>();
  const sources = new Map<string, Expr>();
  const bind = (target: Expr, value: Expr): void => {
    if (target.kind === 'name') values.set(target.id, [...(values.get(target.id) ?? []), ...originOf(value, sources, values)]);
    else if (target.kind === 'tuple' || target.kind === 'list') for (const element of target.elements) bind(element, value);
  };
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'assign' && one.value)
        for (const target of one.targets) {
          if (target.kind === 'name') sources.set(target.id, one.value);
          else bind(target, one.value);
        }
      if (one.kind === 'for') bind(one.target, one.iterable);
      if (one.kind === 'comprehension') for (const clause of one.clauses) if (clause.kind === 'for') bind(clause.target, clause.iterable);
      return true;
    });
  return values;
}

/** What is gone through: `groups` of `groups.values()` is what made it. */
function originOf(value: Expr, sources: ReadonlyMap<string, Expr>, parts: ReadonlyMap<string, readonly Expr[]>): readonly Expr[] {
  const bare = value.kind === 'call' && value.callee.kind === 'attribute' && value.args.length === 0 ? value.callee.object : value;
  if (bare.kind !== 'name') return [bare];
  const source = sources.get(bare.id);
  return source ? [source] : (parts.get(bare.id) ?? [bare]);
}
