import type { ExceptHandler, Expr, ForStmt, IfStmt, Stmt, TryStmt, WhileStmt, WithItem, WithStmt } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import { type Lowering, MAX_NESTING } from './lowering.ts';
import { isPython2Except } from './python2.ts';
import { lowerBlock } from './statements.ts';

/** The block among a node's children, from `first` on; empty when the parser found none. */
function lowerBody(l: Lowering, first: number, stop: number): Stmt[] {
  for (let child = first; child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.block) return lowerBlock(l, child);
  }
  return [];
}

/** The `else` body among the children from `first` on. */
function lowerElse(l: Lowering, first: number, stop: number): Stmt[] {
  for (let child = first; child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.else_clause) return lowerBody(l, child + ROW, l.next(child));
  }
  return [];
}

/**
 * Each `elif` nests in the `otherwise` of the one before, and its span reaches to the end of the whole statement.
 * Where that would nest too deeply, the remaining branches become one `unknown` statement.
 */
export function lowerIf(l: Lowering, node: number): IfStmt {
  const stop = l.next(node);
  const clauses: number[] = [node];
  for (let child = node + ROW; child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.elif_clause) clauses.push(child);
  }
  const branches: { start: number; test: Expr; then: Stmt[] }[] = [];
  const rest: Stmt[] = [];
  const outer = l.depth;
  const room = Math.max(1, MAX_NESTING - outer);
  for (const clause of clauses) {
    const test = clause + ROW;
    if (branches.length < room) {
      branches.push({ start: l.start(clause), test: lowerExpr(l, test), then: lowerBody(l, l.next(test), l.next(clause)) });
      l.depth++;
    } else {
      l.noteTooDeep(clause);
      l.depth = outer;
      const tested = lowerExpr(l, test);
      rest.push({ kind: 'expression', start: tested.start, end: tested.end, value: tested });
      rest.push(...lowerBody(l, l.next(test), l.next(clause)));
    }
  }
  const end = l.end(node);
  let otherwise = lowerElse(l, node + ROW, stop);
  l.depth = outer;
  if (rest.length > 0) otherwise = [{ kind: 'unknown', start: rest[0]?.start ?? end, end, body: [...rest, ...otherwise] }];
  for (let i = branches.length - 1; i > 0; i--) {
    const { start, test, then } = branches[i] as (typeof branches)[number];
    otherwise = [{ kind: 'if', start, end, test, then, otherwise }];
  }
  const [{ test, then }] = branches as [(typeof branches)[number]];
  return { kind: 'if', start: l.start(node), end, test, then, otherwise };
}

export function lowerWhile(l: Lowering, node: number): WhileStmt {
  const test = node + ROW;
  const stop = l.next(node);
  return {
    kind: 'while',
    start: l.start(node),
    end: l.end(node),
    test: lowerExpr(l, test),
    body: lowerBody(l, l.next(test), stop),
    otherwise: lowerElse(l, l.next(test), stop),
  };
}

export function lowerFor(l: Lowering, node: number): ForStmt {
  let target = node + ROW;
  const async = l.kind(target) === Token.async;
  if (async) target = l.next(target);
  const iterable = l.next(l.next(target));
  const stop = l.next(node);
  return {
    kind: 'for',
    start: l.start(node),
    end: l.end(node),
    target: lowerExpr(l, target),
    iterable: lowerExpr(l, iterable),
    body: lowerBody(l, l.next(iterable), stop),
    otherwise: lowerElse(l, l.next(iterable), stop),
    async,
  };
}

export function lowerTry(l: Lowering, node: number): TryStmt {
  const stop = l.next(node);
  const body = lowerBody(l, node + ROW, stop);
  const handlers: ExceptHandler[] = [];
  let otherwise: Stmt[] = [];
  let final: Stmt[] = [];
  let group = false;
  for (let child = node + ROW; child < stop; child = l.next(child)) {
    switch (l.kind(child)) {
      case Kind.except_clause:
        group ||= l.kind(child + ROW) === Token['*'];
        handlers.push(lowerHandler(l, child));
        break;
      case Kind.else_clause:
        otherwise = lowerBody(l, child + ROW, l.next(child));
        break;
      case Kind.finally_clause:
        final = lowerBody(l, child + ROW, l.next(child));
        break;
    }
  }
  return { kind: 'try', start: l.start(node), end: l.end(node), body, handlers, otherwise, final, group };
}

/** `except A as e`, `except (A, B)`, `except A, B` (PEP 758), `except* A`, and Python 2's `except A, e`. */
function lowerHandler(l: Lowering, node: number): ExceptHandler {
  const stop = l.next(node);
  const values: number[] = [];
  let alias: number | undefined;
  for (let child = node + ROW; child < stop; child = l.next(child)) {
    const kind = l.kind(child);
    if (kind === Token.as) {
      alias = l.next(child);
      child = alias;
    } else if (kind !== Kind.block && kind !== Token['*'] && kind !== Token[','] && kind !== Token[':']) values.push(child);
  }
  const [first, second] = values;
  if (first !== undefined && second === undefined) alias ??= trailingTarget(l, first);
  if (first !== undefined && second !== undefined && isPython2Except(l, values)) {
    l.python2(l.start(node), l.end(second), '`except Error, name` was read as `except Error as name`');
    alias = values.pop();
  }
  const types = values.map((value) => lowerExpr(l, value));
  const [type] = types;
  return {
    start: l.start(node),
    end: l.end(node),
    ...(type && {
      types: types.length === 1 ? type : { kind: 'tuple', start: type.start, end: types.at(-1)?.end ?? type.end, elements: types },
    }),
    ...(alias !== undefined && { name: l.name(alias) }),
    body: lowerBody(l, node + ROW, stop),
  };
}

export function lowerWith(l: Lowering, node: number): WithStmt {
  let clause = node + ROW;
  const async = l.kind(clause) === Token.async;
  if (async) clause = l.next(clause);
  const items: WithItem[] = [];
  for (let child = clause + ROW, stop = l.next(clause); child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.with_item) lowerWithItem(l, child + ROW, items);
  }
  return {
    kind: 'with',
    start: l.start(node),
    end: l.end(node),
    items,
    body: lowerBody(l, l.next(clause), l.next(node)),
    async,
  };
}

/** Adds an item; `with (a as b, c):` comes from the grammar as a tuple, which the language reads as several items. */
function lowerWithItem(l: Lowering, node: number, items: WithItem[]): void {
  const kind = l.kind(node);
  if (kind === Kind.parenthesized_expression && l.kind(node + ROW) === Kind.as_pattern) {
    lowerWithItem(l, node + ROW, items);
  } else if (kind === Kind.tuple && l.hasChildren(node)) {
    for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
      if (l.kind(child) !== Token[',']) lowerWithItem(l, child, items);
    }
  } else {
    const target = trailingTarget(l, node);
    const context = lowerExpr(l, node);
    items.push({ start: l.start(node), end: l.end(node), context, ...(target !== undefined && { target: lowerExpr(l, target) }) });
  }
}

/**
 * What follows the `as` of `value as target`. The grammar binds `as` to the nearest expression, so in `a if b else c as d` it
 * stands inside the last operand; lowered as an expression, the whole gives the value alone.
 */
function trailingTarget(l: Lowering, node: number): number | undefined {
  for (let inner = node; ; inner = l.last(inner)) {
    switch (l.kind(inner)) {
      case Kind.as_pattern:
        return l.last(inner);
      case Kind.conditional_expression:
      case Kind.boolean_operator:
      case Kind.not_operator:
      case Kind.lambda:
        if (l.hasChildren(inner)) break;
        return undefined;
      default:
        return undefined;
    }
  }
}
