import { isLookedAt } from '../../evaluate/calls/call-function.ts';
import { quietly } from '../../evaluate/checks/refine.ts';
import { evaluate } from '../../evaluate/expressions/expressions.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { CallExpr, Expr } from '../../ir/nodes.ts';
import { type IrNode, walk } from '../../ir/walk.ts';

/** A filter as it is registered in the code: the function that it is, and its name. */
interface Registered {
  readonly made: Expr;
  readonly name: string;
}
const MENTIONED = /\badd_(?:app_)?template_filter\b|\.filters\s*\[/;

/**
 * Filters that functions will register when they are looked at, as far as it is written there: an application factory is looked at after the views
 * of the blueprints that it registers.
 */
export function filtersAhead(interpreter: Interpreter): ReadonlyMap<string, Value> {
  const filters = new Map<string, Value>();
  for (const info of interpreter.pending) {
    const { node, module, closure } = info;
    if (isLookedAt(info) || !MENTIONED.test(module.text.slice(node.start, node.end))) continue;
    walk(node, (part) => {
      for (const { made, name } of registeredBy(part)) {
        const value = quietly(interpreter, () => evaluate(interpreter, closure, made));
        if (value.some((atom) => atom.kind === 'function' || atom.kind === 'symbol')) filters.set(name, value);
      }
      return true;
    });
  }
  return filters;
}

function registeredBy(node: IrNode): readonly Registered[] {
  if (node.kind === 'call') return addedBy(node);
  if (node.kind !== 'assign' || !node.value) return [];
  const made = node.value;
  return node.targets.flatMap((target) => {
    const isFilter = target.kind === 'subscript' && target.object.kind === 'attribute' && target.object.name === 'filters';
    const name = isFilter ? textOf(target.index) : undefined;
    return name !== undefined && isName(made) ? [{ made, name }] : [];
  });
}

/** `app.add_template_filter(function, "name")`. */
function addedBy({ callee, args }: CallExpr): readonly Registered[] {
  if (callee.kind !== 'attribute' || !/^add_(?:app_)?template_filter$/.test(callee.name)) return [];
  const positional = args.filter(({ name }) => name === undefined);
  const made = (args.find(({ name }) => name === 'f') ?? positional[0])?.value;
  const named = (args.find(({ name }) => name === 'name') ?? positional[1])?.value;
  if (!made || !isName(made)) return [];
  const name = named ? textOf(named) : made.kind === 'name' ? made.id : made.name;
  return name === undefined ? [] : [{ made, name }];
}

function isName(expr: Expr): expr is Expr & { kind: 'name' | 'attribute' } {
  return expr.kind === 'name' || expr.kind === 'attribute';
}

function textOf(expr: Expr): string | undefined {
  return expr.kind === 'literal' && expr.literal.type === 'str' ? expr.literal.value : undefined;
}
