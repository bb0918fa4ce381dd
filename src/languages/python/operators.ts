import type { BinaryOperator, CompareExpr, CompareOperator, Expr, UnaryExpr, UnaryOperator } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr, restar } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import { type Lowering, MAX_NESTING } from './lowering.ts';

const BINARY = byToken<BinaryOperator>({
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '//': '//',
  '%': '%',
  '@': '@',
  '**': '**',
  '|': '|',
  '&': '&',
  '^': '^',
  '<<': '<<',
  '>>': '>>',
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '//=': '//',
  '%=': '%',
  '@=': '@',
  '**=': '**',
  '|=': '|',
  '&=': '&',
  '^=': '^',
  '<<=': '<<',
  '>>=': '>>',
});
const COMPARE = byToken<CompareOperator>({
  '==': '==',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  in: 'in',
  'not in': 'not in',
  is: 'is',
  'is not': 'is not',
});
const UNARY = byToken<UnaryOperator>({ '-': '-', '+': '+', '~': '~' });

function byToken<T>(table: { readonly [token in keyof typeof Token]?: T }): readonly (T | undefined)[] {
  const result: (T | undefined)[] = new Array(256).fill(undefined);
  for (const [token, operator] of Object.entries(table)) result[Token[token as keyof typeof Token]] = operator;
  return result;
}

/** The operator of `a + b` or `a += b`, by its token. */
export function binaryOperator(l: Lowering, token: number): BinaryOperator {
  return BINARY[l.kind(token)] ?? '+';
}

/** Levels kept for the operands of an operation that nests as deeply as allowed. */
const OPERAND_ROOM = 20;

/**
 * `a + b + c …`, walked down its left side without recursion: concatenations of some hundred operands are real.
 * When there are more than may nest, the first operands become one `unknown`.
 */
export function lowerBinary(l: Lowering, node: number): Expr {
  if (mixesAndXor(l, node)) return lowerAndXor(l, node);
  const spine = [node];
  let left = node + ROW;
  while (l.kind(left) === Kind.binary_operator) {
    if (operatorOf(l, left - ROW) !== Token['&'] && mixesAndXor(l, left)) break;
    spine.push(left);
    left += ROW;
  }
  const room = Math.max(1, MAX_NESTING - OPERAND_ROOM - l.depth);
  let result: Expr;
  const outer = l.depth;
  if (spine.length <= room) {
    l.depth = outer + spine.length - 1;
    result = lowerExpr(l, left);
  } else {
    result = manyOperands(l, spine.splice(room), left);
  }
  for (let i = spine.length - 1; i >= 0; i--) {
    const operation = spine[i] as number;
    const operator = l.next(operation + ROW);
    l.depth = outer + i;
    const right = lowerExpr(l, l.next(operator));
    const op = binaryOperator(l, operator);
    const end = l.end(operation);
    if (result.kind === 'starred') result = restar(result, (left) => ({ kind: 'binary', start: left.start, end, op, left, right }));
    else result = { kind: 'binary', start: l.start(operation), end, op, left: result, right };
  }
  l.depth = outer;
  return result;
}

function operatorOf(l: Lowering, node: number): number {
  return l.kind(node) === Kind.binary_operator ? l.kind(l.next(node + ROW)) : 0;
}

/** True for `a & b ^ c`, which the grammar reads as `a & (b ^ c)`; in Python `&` binds more tightly than `^`. */
function mixesAndXor(l: Lowering, node: number): boolean {
  let left = node;
  for (; operatorOf(l, left) === Token['&']; left += ROW) {
    if (operatorOf(l, l.last(left)) === Token['^']) return true;
  }
  return left !== node && operatorOf(l, left) === Token['^'];
}

/** Lowers operands that the caller nests to the left; undefined when that would be too deep. */
export function lowerOperands(l: Lowering, operands: readonly number[]): Expr[] | undefined {
  const outer = l.depth;
  if (outer + operands.length > MAX_NESTING - OPERAND_ROOM) return undefined;
  l.depth += operands.length;
  const lowered = operands.map((operand) => lowerExpr(l, operand));
  l.depth = outer;
  return lowered;
}

/** Regroups the operands of `&` and `^` that no parentheses group. */
function lowerAndXor(l: Lowering, node: number): Expr {
  const operands: number[] = [];
  const operators: ('&' | '^')[] = [];
  const pending: (number | '&' | '^')[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') operators.push(next);
    else if (operatorOf(l, next) === Token['&']) pending.push(l.last(next), '&', next + ROW);
    else if (operatorOf(l, next) === Token['^']) pending.push(l.last(next), '^', next + ROW);
    else operands.push(next);
  }
  const lowered = lowerOperands(l, operands);
  if (lowered === undefined) return l.nestedTooDeep(node);
  const terms: Expr[] = [];
  lowered.forEach((operand, i) => {
    const left = operators[i - 1] === '&' ? terms.pop() : undefined;
    terms.push(left === undefined ? operand : { kind: 'binary', start: left.start, end: operand.end, op: '&', left, right: operand });
  });
  return terms.reduce((left, right) => ({ kind: 'binary', start: left.start, end: right.end, op: '^', left, right }));
}

/** The operands of the innermost operations of a spine, side by side. */
function manyOperands(l: Lowering, spine: readonly number[], left: number): Expr {
  l.depth = MAX_NESTING - OPERAND_ROOM;
  const children = [lowerExpr(l, left)];
  for (let i = spine.length - 1; i >= 0; i--) {
    children.push(lowerExpr(l, l.next(l.next((spine[i] as number) + ROW))));
  }
  return l.nestedTooDeep(spine[0] as number, children);
}

/** `a and b and c` nests to the left in the grammar and is one node here; parentheses keep their own node. */
export function lowerBoolean(l: Lowering, node: number): Expr {
  const op = booleanOperator(l, node);
  const operands: Expr[] = [];
  let left = node;
  while (l.kind(left) === Kind.boolean_operator && booleanOperator(l, left) === op) {
    operands.push(lowerExpr(l, l.next(l.next(left + ROW))));
    left += ROW;
  }
  operands.push(lowerExpr(l, left));
  return { kind: 'boolean', start: l.start(node), end: l.end(node), op, operands: operands.reverse() };
}

function booleanOperator(l: Lowering, node: number): 'and' | 'or' {
  return l.kind(l.next(node + ROW)) === Token.and ? 'and' : 'or';
}

export function lowerCompare(l: Lowering, node: number): CompareExpr {
  const first = node + ROW;
  const rest: { op: CompareOperator; right: Expr }[] = [];
  const stop = l.next(node);
  for (let token = l.next(first); token < stop; ) {
    const right = l.next(token);
    if (l.kind(token) === Token['<>']) l.python2(l.start(token), l.end(token), 'the operator `<>` was read as `!=`');
    rest.push({ op: COMPARE[l.kind(token)] ?? '==', right: lowerExpr(l, right) });
    token = l.next(right);
  }
  return { kind: 'compare', start: l.start(node), end: l.end(node), first: lowerExpr(l, first), rest };
}

export function lowerNot(l: Lowering, node: number): UnaryExpr {
  return { kind: 'unary', start: l.start(node), end: l.end(node), op: 'not', operand: lowerExpr(l, node + ROW) };
}

export function lowerUnary(l: Lowering, node: number): UnaryExpr {
  const token = node + ROW;
  const op = UNARY[l.kind(token)] ?? '-';
  return { kind: 'unary', start: l.start(node), end: l.end(node), op, operand: lowerExpr(l, l.next(token)) };
}
