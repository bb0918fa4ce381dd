import type { BinaryOperator, CompareOperator, LiteralValue, UnaryOperator } from '../../ir/nodes.ts';
import { MAX_TEXT_LENGTH } from '../budget.ts';
import { sameLiteral } from './value.ts';

/**
 * Arithmetic and comparison of known constants, as Python does it; `undefined` where the result is not a constant
 * worth knowing (an error at run time, a number too large, a text too long).
 */
export function foldBinary(op: BinaryOperator, left: LiteralValue, right: LiteralValue): LiteralValue | undefined {
  if ((left.type === 'str' || left.type === 'bytes') && left.type === right.type && op === '+') {
    return left.value.length + right.value.length <= MAX_TEXT_LENGTH ? { type: left.type, value: left.value + right.value } : undefined;
  }
  if ((left.type === 'str' || left.type === 'bytes') && op === '*') return repeat(left, right);
  if ((right.type === 'str' || right.type === 'bytes') && op === '*') return repeat(right, left);
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined) return undefined;
  const isInt = left.type !== 'float' && right.type !== 'float';
  const result = arithmetic(op, a, b, isInt);
  if (result === undefined || !Number.isFinite(result)) return undefined;
  if ((op === '|' || op === '&' || op === '^') && left.type === 'bool' && right.type === 'bool')
    return { type: 'bool', value: result !== 0 };
  if (isInt && op !== '/') return Number.isSafeInteger(result) ? { type: 'int', value: result } : undefined;
  return { type: 'float', value: result };
}

function arithmetic(op: BinaryOperator, a: number, b: number, isInt: boolean): number | undefined {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '//':
      return b === 0 ? undefined : Math.floor(a / b);
    case '%':
      return b === 0 ? undefined : a - b * Math.floor(a / b);
    case '**':
      return a ** b;
    case '|':
      return isInt && small(a, b) ? a | b : undefined;
    case '&':
      return isInt && small(a, b) ? a & b : undefined;
    case '^':
      return isInt && small(a, b) ? a ^ b : undefined;
    case '<<':
      return isInt && b >= 0 && b < 53 ? a * 2 ** b : undefined;
    case '>>':
      return isInt && b >= 0 && b < 53 ? Math.floor(a / 2 ** b) : undefined;
    case '@':
      return undefined;
  }
}

/** JavaScript's bit operations work on 32 bits. */
function small(a: number, b: number): boolean {
  return a >= 0 && b >= 0 && a <= 0x7fffffff && b <= 0x7fffffff;
}

function repeat(text: LiteralValue & { type: 'str' | 'bytes' }, times: LiteralValue): LiteralValue | undefined {
  if ((times.type !== 'int' && times.type !== 'bool') || typeof times.value === 'bigint') return undefined;
  const count = Math.max(0, Number(times.value));
  if (text.value.length * count > MAX_TEXT_LENGTH) return undefined;
  return { type: text.type, value: text.value.repeat(count) };
}

/** A number, or a bool as a number; bigints are not computed with. */
export function numberOf(literal: LiteralValue): number | undefined {
  if (literal.type === 'int') return typeof literal.value === 'bigint' ? undefined : literal.value;
  if (literal.type === 'float') return literal.value;
  if (literal.type === 'bool') return literal.value ? 1 : 0;
  return undefined;
}

export function foldUnary(op: UnaryOperator, operand: LiteralValue): LiteralValue | undefined {
  if (op === 'not') return { type: 'bool', value: !isTruthy(operand) };
  const number = numberOf(operand);
  if (number === undefined) return undefined;
  const type = operand.type === 'float' ? 'float' : 'int';
  if (op === '-') return { type, value: -number };
  if (op === '+') return { type, value: number };
  return operand.type === 'float' ? undefined : { type: 'int', value: -number - 1 };
}

/** https://docs.python.org/3/library/stdtypes.html#truth-value-testing */
export function isTruthy(literal: LiteralValue): boolean {
  switch (literal.type) {
    case 'none':
      return false;
    case 'ellipsis':
      return true;
    case 'str':
    case 'bytes':
      return literal.value !== '';
    case 'bool':
      return literal.value;
    case 'int':
    case 'float':
    case 'complex':
      return Number(literal.value) !== 0;
  }
}

/** `undefined` where Python raises or where it is not decided by the values. */
export function foldCompare(op: CompareOperator, left: LiteralValue, right: LiteralValue): boolean | undefined {
  switch (op) {
    case '==':
    case 'is':
      return equal(left, right);
    case '!=':
    case 'is not':
      return !equal(left, right);
    case 'in':
    case 'not in': {
      if (left.type !== right.type || (right.type !== 'str' && right.type !== 'bytes') || (left.type !== 'str' && left.type !== 'bytes'))
        return undefined;
      const found = right.value.includes(left.value);
      return op === 'in' ? found : !found;
    }
    default: {
      const order = compareOrder(left, right);
      if (order === undefined) return undefined;
      if (op === '<') return order < 0;
      if (op === '<=') return order <= 0;
      if (op === '>') return order > 0;
      return order >= 0;
    }
  }
}

function equal(left: LiteralValue, right: LiteralValue): boolean {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return a === b;
  return sameLiteral(left, right);
}

function compareOrder(left: LiteralValue, right: LiteralValue): number | undefined {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return a - b;
  if (left.type === 'str' && right.type === 'str') return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  return undefined;
}

/** What `str()` gives. */
export function toText(literal: LiteralValue): string | undefined {
  switch (literal.type) {
    case 'str':
      return literal.value;
    case 'int':
      return String(literal.value);
    case 'float':
      return Number.isInteger(literal.value) ? `${literal.value}.0` : String(literal.value);
    case 'bool':
      return literal.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'bytes':
    case 'complex':
    case 'ellipsis':
      return undefined;
  }
}
