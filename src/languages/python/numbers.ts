import type { Expr, LiteralValue } from '../../ir/nodes.ts';
import type { Lowering } from './lowering.ts';

/**
 * Digits an integer may have. CPython refuses longer decimal literals (sys.int_info.default_max_str_digits), because
 * converting them takes quadratic time.
 */
const MAX_DIGITS = 4300;

/** Every form of integer, also `1j` and Python 2's `10L` and `0777`. */
export function lowerInteger(l: Lowering, node: number): Expr {
  const source = l.slice(node);
  const literal = SIMPLE.test(source) ? intOf(source) : otherInteger(l, node, source);
  if (literal === undefined) return { kind: 'unknown', start: l.start(node), end: l.end(node), children: [] };
  return { kind: 'literal', start: l.start(node), end: l.end(node), literal };
}

const SIMPLE = /^(?:0|[1-9][0-9]{0,14})$/;
const LEGACY_OCTAL = /^0[0-7]*[1-7][0-7]*$/;

function intOf(digits: string): LiteralValue {
  const value = Number(digits);
  return { type: 'int', value: Number.isSafeInteger(value) ? value : BigInt(digits) };
}

/** Undefined, with a problem, when Python would refuse the literal. */
function otherInteger(l: Lowering, node: number, source: string): LiteralValue | undefined {
  let digits = source.replaceAll('_', '');
  if (/^[0-9]*[jJ]$/.test(digits)) return { type: 'complex', value: Number(digits.slice(0, -1)) };
  if (/[lL]$/.test(digits)) {
    l.python2(l.start(node), l.end(node), 'a number that ends in `L` was read without it');
    digits = digits.slice(0, -1);
  }
  if (digits.length > MAX_DIGITS) {
    l.problem(l.start(node), l.end(node), `an integer of more than ${MAX_DIGITS} digits was not read`);
    return undefined;
  }
  if (LEGACY_OCTAL.test(digits)) {
    l.python2(l.start(node), l.end(node), 'a number that starts with `0` was read as octal');
    return intOf(`0o${digits.replace(/^0+/, '')}`);
  }
  if (/^0[xob]/i.test(digits)) return intOf(digits.toLowerCase());
  return intOf(digits.replace(/^0+(?=.)/, ''));
}

export function lowerFloat(l: Lowering, node: number): Expr {
  const source = l.slice(node).replaceAll('_', '');
  const imaginary = /[jJ]$/.test(source);
  const value = Number(imaginary ? source.slice(0, -1) : source);
  return { kind: 'literal', start: l.start(node), end: l.end(node), literal: { type: imaginary ? 'complex' : 'float', value } };
}
