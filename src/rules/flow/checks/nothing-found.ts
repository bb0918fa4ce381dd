import type { CallExpr, Expr, Span, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { encloses } from '../../../util/encloses.ts';

/**
 * Whether a place is only come to where a lookup found nothing: what was looked up by is told back there, and could be anything.
 * `row = find(name)`, and then `if row is None: return f"no {name}"`; or `try: find(name)`, and `except KeyError: return f"no {name}"`.
 */
export function isWhereNothingWasFound(body: readonly Stmt[], lookup: CallExpr, use: Span): boolean {
  const results = new Set<string>();
  let isThere = false;
  for (const statement of body)
    walk(statement, (one) => {
      if (one.kind === 'assign' && one.value && isGivenBy(one.value, lookup))
        for (const target of one.targets) if (target.kind === 'name') results.add(target.id);
      if (one.kind === 'if' && encloses(one, use)) {
        if (isWithin(one.then, use)) isThere ||= saysNothing(one.test, lookup, results);
        else if (isWithin(one.otherwise, use)) isThere ||= saysSomething(one.test, lookup, results);
      }
      if (one.kind === 'try' && isWithin(one.body, lookup)) isThere ||= one.handlers.some((handler) => encloses(handler, use));
      return !isThere;
    });
  return isThere;
}

function isWithin(statements: readonly Stmt[], place: Span): boolean {
  return statements.some((statement) => encloses(statement, place));
}

/** The call, what it is waited for, and what is asked of what it gave: `query(name).first()`. */
function isGivenBy(value: Expr, lookup: Span): boolean {
  if (value.start === lookup.start && value.end === lookup.end) return true;
  if (value.kind === 'await') return isGivenBy(value.value, lookup);
  return value.kind === 'call' && value.callee.kind === 'attribute' && isGivenBy(value.callee.object, lookup);
}

function isResult(value: Expr, lookup: Span, results: ReadonlySet<string>): boolean {
  if (value.kind === 'walrus') return isGivenBy(value.value, lookup);
  return value.kind === 'name' ? results.has(value.id) : isGivenBy(value, lookup);
}

function saysNothing(test: Expr, lookup: Span, results: ReadonlySet<string>): boolean {
  if (test.kind === 'unary') return test.op === 'not' && isResult(test.operand, lookup, results);
  return comparesWithNone(test, ['is', '=='], lookup, results);
}

function saysSomething(test: Expr, lookup: Span, results: ReadonlySet<string>): boolean {
  return isResult(test, lookup, results) || comparesWithNone(test, ['is not', '!='], lookup, results);
}

function comparesWithNone(test: Expr, operators: readonly string[], lookup: Span, results: ReadonlySet<string>): boolean {
  if (test.kind !== 'compare') return false;
  const [only] = test.rest;
  const isNone = only?.right.kind === 'literal' && only.right.literal.type === 'none';
  return isNone && test.rest.length === 1 && operators.includes(only.op) && isResult(test.first, lookup, results);
}
