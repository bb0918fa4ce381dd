import type { Expr, NameExpr, StarredExpr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerCall } from './calls.ts';
import {
  lowerDict,
  lowerDictComprehension,
  lowerElements,
  lowerGenerator,
  lowerList,
  lowerListComprehension,
  lowerSet,
  lowerSetComprehension,
  lowerTuple,
} from './collections.ts';
import { Kind, Token } from './kinds.ts';
import { lowerLambda } from './lambda.ts';
import { type Lowering, MAX_NESTING } from './lowering.ts';
import { lowerFloat, lowerInteger } from './numbers.ts';
import { lowerBinary, lowerBoolean, lowerCompare, lowerNot, lowerUnary } from './operators.ts';
import { salvageExpressions } from './salvage.ts';
import { lowerConcatenatedString, lowerString } from './strings.ts';
import { lowerSubscript } from './subscripts.ts';
import { isType, lowerType } from './types.ts';

/** Lowers the node of any expression; what is none becomes `unknown` with the expressions in it. */
export function lowerExpr(l: Lowering, node: number): Expr {
  if (l.depth >= MAX_NESTING && l.hasChildren(node) && l.kind(node) !== Kind.string) return l.nestedTooDeep(node);
  l.depth++;
  const expr = dispatch(l, node);
  l.depth--;
  return expr;
}

function dispatch(l: Lowering, node: number): Expr {
  switch (l.kind(node)) {
    case Kind.identifier:
      return lowerName(l, node);
    case Kind.attribute:
      return lowerAttribute(l, node);
    case Kind.call:
      return lowerCall(l, node);
    case Kind.string:
      return lowerString(l, node);
    case Kind.integer:
      return lowerInteger(l, node);
    case Kind.true:
    case Kind.false:
      return {
        kind: 'literal',
        start: l.start(node),
        end: l.end(node),
        literal: { type: 'bool', value: l.kind(node) === Kind.true },
      };
    case Kind.none:
      return { kind: 'literal', start: l.start(node), end: l.end(node), literal: { type: 'none' } };
    case Kind.ellipsis:
      return { kind: 'literal', start: l.start(node), end: l.end(node), literal: { type: 'ellipsis' } };
    case Kind.float:
      return lowerFloat(l, node);
    case Kind.concatenated_string:
      return lowerConcatenatedString(l, node);
    case Kind.list:
    case Kind.list_pattern:
      return lowerList(l, node);
    case Kind.tuple:
    case Kind.tuple_pattern:
    case Kind.expression_list:
    case Kind.pattern_list:
      return lowerTuple(l, node);
    case Kind.set:
      return lowerSet(l, node);
    case Kind.dictionary:
      return lowerDict(l, node);
    case Kind.parenthesized_expression:
    case Kind.parenthesized_list_splat:
      return lowerParenthesized(l, node);
    case Kind.binary_operator:
      return lowerBinary(l, node);
    case Kind.boolean_operator:
      return lowerBoolean(l, node);
    case Kind.comparison_operator:
      return lowerCompare(l, node);
    case Kind.not_operator:
      return lowerNot(l, node);
    case Kind.unary_operator:
      return lowerUnary(l, node);
    case Kind.subscript:
      return lowerSubscript(l, node);
    case Kind.conditional_expression:
      return lowerConditional(l, node);
    case Kind.lambda:
      return lowerLambda(l, node);
    case Kind.list_comprehension:
      return lowerListComprehension(l, node);
    case Kind.set_comprehension:
      return lowerSetComprehension(l, node);
    case Kind.dictionary_comprehension:
      return lowerDictComprehension(l, node);
    case Kind.generator_expression:
      return lowerGenerator(l, node);
    case Kind.await:
      return lowerAwait(l, node);
    case Kind.yield:
      return lowerYield(l, node);
    case Kind.named_expression:
      return lowerWalrus(l, node);
    case Kind.list_splat:
    case Kind.list_splat_pattern:
    case Kind.dictionary_splat:
    case Kind.dictionary_splat_pattern:
    case Kind.splat_type:
      return lowerStarred(l, node);
    case Kind.as_pattern:
    case Kind.as_pattern_target:
      return lowerExpr(l, node + ROW);
    default:
      return isType(l.kind(node)) ? lowerType(l, node) : lowerUnknown(l, node);
  }
}

/** A name; an identifier that the parser had to supply is `unknown`. */
export function lowerName(l: Lowering, node: number): NameExpr | Expr {
  const start = l.start(node);
  const end = l.end(node);
  if (start === end) return { kind: 'unknown', start, end, children: [] };
  return { kind: 'name', start, end, id: l.name(node) };
}

function lowerAttribute(l: Lowering, node: number): Expr {
  const name = l.next(node + ROW);
  const object = lowerExpr(l, node + ROW);
  const end = l.end(node);
  const attribute = { end, name: l.name(name), nameStart: l.start(name), nameEnd: l.end(name) };
  if (object.kind === 'starred') return restar(object, (value) => ({ kind: 'attribute', start: value.start, object: value, ...attribute }));
  return { kind: 'attribute', start: l.start(node), object, ...attribute };
}

/**
 * Where no list is expected, the grammar binds a star more tightly than anything else: it reads `x[*f()]` as a call of `*f`.
 * In Python the star applies to the whole.
 */
export function restar(starred: StarredExpr, rebuild: (value: Expr) => Expr): StarredExpr {
  const value = rebuild(starred.value);
  return { kind: 'starred', start: starred.start, end: value.end, value };
}

/** Parentheses leave no trace: the expression keeps its own span. */
function lowerParenthesized(l: Lowering, node: number): Expr {
  let inner = node;
  while ((l.kind(inner) === Kind.parenthesized_expression || l.kind(inner) === Kind.parenthesized_list_splat) && l.hasChildren(inner)) {
    inner += ROW;
  }
  return dispatch(l, inner);
}

function lowerConditional(l: Lowering, node: number): Expr {
  const then = node + ROW;
  const test = l.next(then);
  const otherwise = l.next(test);
  return {
    kind: 'conditional',
    start: l.start(node),
    end: l.end(node),
    test: lowerExpr(l, test),
    then: lowerExpr(l, then),
    otherwise: lowerExpr(l, otherwise),
  };
}

/** The grammar reads `await a ** b` as `await (a ** b)`; in Python `await` binds more tightly. */
function lowerAwait(l: Lowering, node: number): Expr {
  const start = l.start(node);
  const end = l.end(node);
  const value = lowerExpr(l, node + ROW);
  if (l.kind(node + ROW) !== Kind.binary_operator || value.kind !== 'binary') return { kind: 'await', start, end, value };
  return { ...value, start, left: { kind: 'await', start, end: value.left.end, value: value.left } };
}

function lowerYield(l: Lowering, node: number): Expr {
  l.yields = true;
  const start = l.start(node);
  const end = l.end(node);
  if (!l.hasChildren(node)) return { kind: 'yield', start, end, from: false };
  const child = node + ROW;
  if (l.kind(child) !== Token.from) return { kind: 'yield', start, end, from: false, value: lowerExpr(l, child) };
  return { kind: 'yield', start, end, from: true, value: lowerExpr(l, l.next(child)) };
}

function lowerWalrus(l: Lowering, node: number): Expr {
  const name = node + ROW;
  const value = lowerExpr(l, l.next(name));
  const target: NameExpr = { kind: 'name', start: l.start(name), end: l.end(name), id: l.name(name) };
  return { kind: 'walrus', start: l.start(node), end: l.end(node), target, value };
}

function lowerStarred(l: Lowering, node: number): Expr {
  let value = node + ROW;
  if (value < l.next(node) && (l.kind(value) === Token['*'] || l.kind(value) === Token['**'])) value = l.next(value);
  if (value >= l.next(node)) return lowerUnknown(l, node);
  return { kind: 'starred', start: l.start(node), end: l.end(node), value: lowerExpr(l, value) };
}

/** One expression, or a tuple of those that commas separate among a node's children from `first` on. */
export function lowerExprOrTuple(l: Lowering, first: number, stop: number, start: number, end: number): Expr {
  if (l.next(first) >= stop) return lowerExpr(l, first);
  return { kind: 'tuple', start, end, elements: lowerElements(l, first, stop) };
}

function lowerUnknown(l: Lowering, node: number): Expr {
  return { kind: 'unknown', start: l.start(node), end: l.end(node), children: salvageExpressions(l, node) };
}
