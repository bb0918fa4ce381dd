import type { CallExpr, ComprehensionExpr, Expr, NameExpr, Span } from '../../ir/nodes.ts';
import type { BehaviourCall } from '../behaviours/behaviour.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Value } from '../values/value.ts';
import { quietly } from './refine.ts';

/** Names that no program can have: what is gone through, and one of it. */
const ITERABLE = '<iterable>';
const ELEMENT = '<element>';

/**
 * `filter(test, values)` is `[value for value in values if test(value)]`, so that what the test says of an element is known of what is left.
 * https://docs.python.org/3/library/functions.html#filter
 */
export function filterElements({ interpreter, frame, args, node }: BehaviourCall): Value | undefined {
  const values = args.positional[1]?.value;
  const comprehension = asComprehension(node);
  if (!values || !comprehension || args.openPositional) return undefined;
  const before = frame.vars;
  frame.vars = new Map(before).set(ITERABLE, values);
  // The arguments have been told of.
  const left = quietly(interpreter, () => evaluate(interpreter, frame, comprehension));
  frame.vars = before;
  return left;
}

function asComprehension(call: CallExpr): ComprehensionExpr | undefined {
  const known = comprehensions.get(call);
  if (known !== undefined) return known;
  const [test, values, ...others] = call.args;
  if (!test || !values || others.length > 0 || test.star || values.star || test.name !== undefined) return undefined;
  const { start, end } = call;
  const { target, condition } = conditionOf(test.value);
  const iterable = named(ITERABLE, values);
  const result: ComprehensionExpr = {
    kind: 'comprehension',
    form: 'list',
    element: target,
    clauses: [
      { kind: 'for', target, iterable, async: false },
      { kind: 'if', test: condition },
    ],
    start,
    end,
  };
  comprehensions.set(call, result);
  return result;
}
const comprehensions = new WeakMap<CallExpr, ComprehensionExpr>();

function conditionOf(test: Expr): { readonly target: NameExpr; readonly condition: Expr } {
  const { start, end } = test;
  const element = named(ELEMENT, test);
  if (test.kind === 'lambda' && test.params.length === 1 && test.params[0])
    return { target: named(test.params[0].name, test), condition: test.body };
  if (test.kind === 'literal' && test.literal.type === 'none') return { target: element, condition: element };
  // `str.isdigit` of a text is its method.
  const isMethod = test.kind === 'attribute' && test.object.kind === 'name' && (test.object.id === 'str' || test.object.id === 'bytes');
  const condition: CallExpr = isMethod
    ? { kind: 'call', callee: { ...test, object: element }, args: [], start, end }
    : { kind: 'call', callee: test, args: [{ value: element, start, end }], start, end };
  return { target: element, condition };
}

function named(id: string, { start, end }: Span): NameExpr {
  return { kind: 'name', id, start, end };
}
