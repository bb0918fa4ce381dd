import type { CompareOperator, Expr } from '../../ir/nodes.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { knownElements } from '../values/container.ts';
import { foldCompare } from '../values/fold.ts';
import { truthOfAtom } from '../values/truth.ts';
import { type Atom, join, MAX_ALTERNATIVES, NONE, NOTHING, type Value } from '../values/value.ts';
import { askedInstance, isInstanceOf } from './instance-checks.ts';

/**
 * Narrows variables to what a condition leaves of them where it was taken as true (`holds`) or false:
 * `if x`, `x is None`, `x == "a"`, `x in ("a", "b")`, `isinstance(x, str)`, `not …`, `… and …`.
 */
export function refine(interpreter: Interpreter, frame: Frame, test: Expr, _value: Value, holds: boolean): void {
  switch (test.kind) {
    case 'name':
      narrow(frame, test.id, (atom) => truthOfAtom(atom) !== !holds);
      return;
    case 'unary':
      if (test.op === 'not') refine(interpreter, frame, test.operand, NOTHING, !holds);
      return;
    case 'boolean':
      // `a and b` holding means both hold; `a or b` failing means both fail.
      if ((test.op === 'and') === holds) for (const operand of test.operands) refine(interpreter, frame, operand, NOTHING, holds);
      return;
    case 'walrus':
      narrow(frame, test.target.id, (atom) => truthOfAtom(atom) !== !holds);
      return;
    case 'compare': {
      const [only] = test.rest;
      if (only && test.rest.length === 1) refineComparison(interpreter, frame, test.first, only.op, only.right, holds);
      return;
    }
    case 'call': {
      const asked = quietly(interpreter, () => askedInstance(interpreter, frame, test));
      if (asked) narrow(frame, asked.name, (atom) => isInstanceOf(interpreter, frame, atom, asked.types) !== !holds);
      return;
    }
    default:
      return;
  }
}

function refineComparison(interpreter: Interpreter, frame: Frame, left: Expr, op: CompareOperator, right: Expr, holds: boolean): void {
  if (left.kind !== 'name') {
    if (right.kind === 'name' && (op === '==' || op === '!=') && left.kind === 'literal')
      refineComparison(interpreter, frame, right, op, left, holds);
    return;
  }
  const positive = op === '==' || op === 'is' || op === 'in';
  if (!positive && op !== '!=' && op !== 'is not' && op !== 'not in') return;
  // Only operands without calls: they were evaluated before, and their events must not be told twice.
  if (
    right.kind !== 'literal' &&
    right.kind !== 'name' &&
    right.kind !== 'tuple' &&
    right.kind !== 'list' &&
    right.kind !== 'set' &&
    right.kind !== 'attribute'
  )
    return;
  const among = alternatives(
    frame,
    op,
    quietly(interpreter, () => evaluate(interpreter, frame, right)),
  );
  if (!among) return;
  if (positive === holds) {
    const current = frame.vars.get(left.id);
    const known = current?.every((atom) => atom.kind === 'constant');
    if (known) narrow(frame, left.id, (atom) => among.some((other) => sameConstant(atom, other)));
    // One of several allowed values of a variable of the environment: which one is still its to say.
    else if (among.length > 1 && current?.length === 1 && current[0]?.kind === 'environment') return;
    // Membership in constants makes an unknown value one of them.
    else if (among.length > 0 && among.length <= MAX_ALTERNATIVES && frame.vars.has(left.id)) frame.vars.set(left.id, among);
  } else narrow(frame, left.id, (atom) => !among.some((other) => sameConstant(atom, other)));
}

/** The constants compared with, where all are known. */
function alternatives(frame: Frame, op: CompareOperator, right: Value): Value | undefined {
  if (op !== 'in' && op !== 'not in') return right.every((atom) => atom.kind === 'constant') && right.length > 0 ? right : undefined;
  let result: Value = NOTHING;
  for (const atom of right) {
    if (atom.kind !== 'container') return undefined;
    const elements = atom.form === 'dict' ? undefined : knownElements(atom, frame.branch);
    if (!elements || elements.length > MAX_ALTERNATIVES) return undefined;
    for (const element of elements) {
      if (!element.every((one) => one.kind === 'constant')) return undefined;
      result = join(result, element);
    }
  }
  return result;
}

function sameConstant(a: Atom, b: Atom): boolean {
  return a.kind === 'constant' && b.kind === 'constant' && foldCompare('==', a.literal, b.literal) === true;
}

function narrow(frame: Frame, name: string, keep: (atom: Atom) => boolean): void {
  const value = frame.vars.get(name);
  if (!value || value.every(keep)) return;
  const kept = value.filter(keep);
  frame.vars.set(name, kept.length > 0 ? kept : value === NONE ? NONE : value);
}

/** Evaluates without telling anybody. */
export function quietly<T>(interpreter: Interpreter, work: () => T): T {
  const before = interpreter.listener;
  interpreter.listener = SILENT;
  try {
    return work();
  } finally {
    interpreter.listener = before;
  }
}
const SILENT = { wanted: new Set<never>(), on: () => undefined };
