import type { BinaryExpr, BinaryOperator, CompareExpr, CompareOperator, Span, UnaryExpr } from '../../ir/nodes.ts';
import { ownOperator } from '../classes/own-operators.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { changed, environmentOf, unsetValue } from '../names/environment.ts';
import { typeNames } from '../names/names.ts';
import { withTexts } from '../values/built-on.ts';
import { anyElement, container, copyInto, isContainer, knownElements, listOf, sequence, slotOfKey } from '../values/container.ts';
import { foldBinary, foldCompare, foldUnary, numberOf } from '../values/fold.ts';
import { HeapObject } from '../values/heap.ts';
import { ownText } from '../values/own-text.ts';
import { reachesSource } from '../values/taint.ts';
import { constantText, isCheckedText, segmentsOf, stringSegments, textOf } from '../values/text.ts';
import { truthOf } from '../values/truth.ts';
import { elementOf } from '../values/types.ts';
import {
  type Atom,
  bool,
  type ContainerAtom,
  constant,
  type EnvironmentAtom,
  join,
  NOTHING,
  type Origin,
  opaque,
  type Segment,
  type Site,
  str,
  type Value,
} from '../values/value.ts';
import { emitTest, evaluate } from './expressions.ts';
import { formatPercent } from './format.ts';

export function evaluateUnary(interpreter: Interpreter, frame: Frame, node: UnaryExpr): Value {
  const operand = evaluate(interpreter, frame, node.operand);
  if (node.op === 'not') {
    emitTest(interpreter, frame, node.operand, operand);
    const read = defaultOf(operand);
    const unset = read && truthOf(read.fallback);
    if (read && unset !== undefined) return [{ ...read, fallback: bool(!unset), cast: 'bool' }];
    const variable = environmentOf(operand);
    if (variable && !variable.fallback) return changed(variable, 'bool', undefined);
    const truth = truthOf(operand);
    return truth === undefined
      ? opaque({ via: 'operation', operands: [operand], op: 'not', site: site(frame, node) }, 'builtins.bool')
      : bool(!truth);
  }
  const only = operand[0];
  if (operand.length === 1 && only?.kind === 'constant') {
    const folded = foldUnary(node.op, only.literal);
    if (folded) return constant(folded);
  }
  return opaque({ via: 'operation', operands: [operand], site: site(frame, node) }, numericType(interpreter, operand));
}

export function evaluateBinary(interpreter: Interpreter, frame: Frame, node: BinaryExpr): Value {
  const left = withTexts(interpreter, frame, evaluate(interpreter, frame, node.left));
  const right = withTexts(interpreter, frame, evaluate(interpreter, frame, node.right));
  return combine(interpreter, frame, node.op, left, right, node, node.left, node.right);
}

/** `left op right`, also for augmented assignment. */
export function combine(
  interpreter: Interpreter,
  frame: Frame,
  op: BinaryOperator,
  left: Value,
  right: Value,
  node: Span,
  leftNode: Span,
  rightNode: Span,
): Value {
  const here = site(frame, node);
  const origin: Origin = { via: 'operation', operands: [left, right], site: here };
  let result: Value = NOTHING;
  if (left.length * right.length > 16) return opaque(origin);
  for (const a of left) {
    for (const b of right)
      result = join(result, combineAtoms(interpreter, frame, op, a, b, origin, site(frame, leftNode), site(frame, rightNode)));
  }
  return result;
}

/** How often a text is repeated of which nothing is left. */
function isNoTimes(atom: Atom): boolean {
  return atom.kind === 'constant' && (numberOf(atom.literal) ?? 1) <= 0;
}

/** Of what is not known, what a text is joined to with `/` is a path: nothing else takes that. */
function isUntyped(atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.type === undefined;
}

function combineAtoms(
  interpreter: Interpreter,
  frame: Frame,
  op: BinaryOperator,
  a: Atom,
  b: Atom,
  origin: Origin,
  leftSite: Site,
  rightSite: Site,
): Value {
  if (a.kind === 'constant' && b.kind === 'constant' && !(op === '%' && a.literal.type === 'str')) {
    const folded = foldBinary(op, a.literal, b.literal);
    if (folded) return constant(folded);
  }
  const scaled = scaledRead(op, a, b);
  if (scaled) return scaled;
  const own =
    ownOperator(interpreter, frame, op, a, b, origin.site, rightSite) ??
    ownOperator(interpreter, frame, op, b, a, origin.site, leftSite, 'r');
  if (own) return own;
  const leftText = stringSegments(a);
  const rightText = stringSegments(b);
  if (op === '+' && (leftText || rightText)) {
    const bytes = isBytes(a) || isBytes(b);
    return textOf([...partsOf(a, leftText, leftSite), ...partsOf(b, rightText, rightSite)], bytes, origin);
  }
  if (op === '+' && (isStringType(a) || isStringType(b)))
    return textOf([...segmentsOf([a], leftSite), ...segmentsOf([b], rightSite)], false, origin);
  if (op === '%' && leftText && a.kind !== 'opaque')
    return (
      formatPercent(frame, leftText, [b], origin, rightSite, (value, at) => ownText(interpreter, frame, value, at)) ??
      opaque(origin, 'builtins.str')
    );
  const shared = op === '&' ? (constantsIn(a) ?? constantsIn(b)) : undefined;
  if (shared) return listOf(shared, origin.site, 'set');
  if (isContainer(a) && isContainer(b)) return combineContainers(frame, op, a, b, origin.site);
  if (op === '+' && isContainer(a)) {
    const longer = withUnknown(interpreter, frame, a, b, origin.site);
    if (longer) return longer;
  }
  if (op === '*' && isContainer(a))
    return (
      repeated(frame, a, b, origin.site) ?? listOf(a.object.everything(frame.branch), origin.site, a.form === 'tuple' ? 'tuple' : 'list')
    );
  if (op === '/' && (isPath(interpreter, a) || (isUntyped(a) && (rightText || isStringType(b))))) return opaque(origin, 'pathlib.Path');
  if (op === '%' && (isStringType(a) || leftText)) return opaque(origin, 'builtins.str');
  if (op === '*' && (isStringType(a) || leftText ? isNoTimes(b) : (isStringType(b) || rightText) && isNoTimes(a))) return str('');
  if (op === '*' && (isStringType(a) || isStringType(b))) return opaque(origin, 'builtins.str');
  if (op === '*' && (leftText || rightText)) {
    // `"?, " * len(ids)`: the text, how often is a hole that holds a number.
    const times: Segment = { value: opaque(origin, 'builtins.int'), site: leftText ? rightSite : leftSite };
    return textOf([...(leftText ?? rightText ?? []), times], isBytes(a) || isBytes(b), origin);
  }
  if (op === '|' && a.kind === 'opaque' && a.type !== undefined) return opaque(origin, a.type, a.of);
  return opaque(origin, numericType(interpreter, [a, b]) ?? arithmeticType(interpreter, op, a, b));
}

/** `[None] * 3` */
function repeated(frame: Frame, list: ContainerAtom, times: Atom, site: Site): Value | undefined {
  const elements = knownElements(list, frame.branch);
  const count = times.kind === 'constant' ? numberOf(times.literal) : undefined;
  if (!elements || list.form === 'set' || list.form === 'dict' || count === undefined || count * elements.length > MAX_REPEATED)
    return undefined;
  const all = Array.from({ length: Math.max(0, count) }, () => elements).flat();
  return sequence(list.form, all, site, frame.branch);
}
/** Longer ones are tables whose elements nobody names one by one. */
const MAX_REPEATED = 32;

/** What an operand adds to a text: its parts, or all of it as one. */
function partsOf(atom: Atom, segments: readonly Segment[] | undefined, site: Site): readonly Segment[] {
  return segments && !isCheckedText(atom) ? segments : segmentsOf([atom], site);
}

function combineContainers(frame: Frame, op: BinaryOperator, a: ContainerAtom, b: ContainerAtom, here: Site): Value {
  if (a.form === 'dict') {
    const object = new HeapObject(here, frame.branch);
    copyInto(object, a.object, frame.branch);
    copyInto(object, b.object, frame.branch);
    return container('dict', object);
  }
  if (op === '-' || op === '&') return listOf(a.object.everything(frame.branch), here, a.form);
  const [left, right] = [entries(a, frame), entries(b, frame)];
  const isOpen = a.object.open || b.object.open || (op !== '+' && op !== '|');
  const result = sequence(a.form, [...left, ...right], here, frame.branch, isOpen);
  const object = result[0]?.kind === 'container' ? result[0].object : undefined;
  if (object && isOpen) object.rest = join(object.rest, join(a.object.rest, b.object.rest));
  return result;
}

/** `["a"] + more()`: what is known of the list stays where it is, whatever comes behind it. */
function withUnknown(interpreter: Interpreter, frame: Frame, list: ContainerAtom, more: Atom, here: Site): Value | undefined {
  if (list.form === 'dict' || list.form === 'set' || (more.kind !== 'opaque' && more.kind !== 'symbol')) return undefined;
  const result = sequence(list.form, entries(list, frame), here, frame.branch, true);
  const object = result[0]?.kind === 'container' ? result[0].object : undefined;
  if (object) object.rest = join(list.object.rest, elementOf(interpreter, [more], { via: 'element', of: [more], site: here }));
  return result;
}

/** The elements of a collection of which no other can be in what it has in common with another. */
export function constantsIn(atom: Atom): Value | undefined {
  if (!isContainer(atom) || atom.object.open) return undefined;
  const elements = anyElement(atom, atom.object.branch);
  return elements.length > 0 && elements.every((one) => one.kind === 'constant') ? elements : undefined;
}

/** What is known of a list one by one, also where there is more. */
function entries({ form, object }: ContainerAtom, frame: Frame): readonly Value[] {
  if (form === 'dict') return [];
  return [...object.keyNames()].map((slot) => object.read(slot, frame.branch) ?? NOTHING);
}

/** `60 * int(os.environ["MINUTES"])`: still the variable's number. */
function scaledRead(op: BinaryOperator, a: Atom, b: Atom): Value | undefined {
  const read = a.kind === 'environment' ? a : b.kind === 'environment' ? b : undefined;
  const other = read === a ? b : a;
  if (!read || (read.cast !== 'int' && read.cast !== 'float') || other.kind !== 'constant') return undefined;
  if (other.literal.type !== 'int' && other.literal.type !== 'float') return undefined;
  const { literal } = other;
  const [unset, ...more] = read.fallback ?? NOTHING;
  const folded =
    unset?.kind === 'constant' && more.length === 0
      ? read === a
        ? foldBinary(op, unset.literal, literal)
        : foldBinary(op, literal, unset.literal)
      : undefined;
  return unset && !folded ? undefined : changed(read, read.cast, folded && constant(folded));
}

function isBytes(atom: Atom): boolean {
  return (atom.kind === 'constant' && atom.literal.type === 'bytes') || (atom.kind === 'text' && atom.bytes);
}
function isStringType(atom: Atom): boolean {
  return (
    (atom.kind === 'opaque' && atom.type === 'builtins.str') ||
    (atom.kind === 'environment' && (atom.cast === undefined || atom.cast === 'str'))
  );
}
function isPath(interpreter: Interpreter, atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.type !== undefined && interpreter.library.isSubclass(atom.type, 'pathlib.PurePath');
}

/** Operators that only numbers have (sets and dates have `-` too, but nobody formats those into text), or that one number suffices for. */
function arithmeticType(interpreter: Interpreter, op: BinaryOperator, a: Atom, b: Atom): string | undefined {
  if (isContainer(a) || isContainer(b)) return undefined;
  if (op === '-' || op === '//' || op === '**') return 'builtins.int';
  // What was sent is a text that is repeated, until something says that it is a number.
  const isSent = [a, b].some((one) => one.kind === 'opaque' && one.type === undefined && reachesSource(interpreter, [one]));
  if (op === '*' && !isSent && (numericType(interpreter, [a]) !== undefined || numericType(interpreter, [b]) !== undefined))
    return 'builtins.int';
  return undefined;
}

/** `builtins.int` or `float` where all operands are numbers. */
function numericType(interpreter: Interpreter, operands: Value): string | undefined {
  let type: string | undefined = operands.length > 0 ? 'builtins.int' : undefined;
  for (const atom of operands) {
    const name = typeNames(interpreter, atom)[0];
    if (name === 'builtins.float') type = 'builtins.float';
    else if (name !== 'builtins.int' && name !== 'builtins.bool') return undefined;
  }
  return type;
}

export function evaluateCompare(interpreter: Interpreter, frame: Frame, node: CompareExpr): Value {
  let leftNode = node.first;
  let left = evaluate(interpreter, frame, leftNode);
  let result: boolean | undefined = true;
  const [only] = node.rest;
  const first = left;
  for (const { op, right: rightNode } of node.rest) {
    const right = evaluate(interpreter, frame, rightNode);
    if (interpreter.listener.wanted.has('compare')) {
      interpreter.listener.on({ kind: 'compare', frame, statement: interpreter.statement, node, op, left, leftNode, right, rightNode });
    }
    const one = compareValues(frame, op, left, right);
    if (one === false) result = false;
    else if (one === undefined && result !== false) result = undefined;
    left = right;
    leftNode = rightNode;
  }
  result ??= interpreter.assumptions?.program(node);
  if (result === undefined && only && node.rest.length === 1) {
    const read = defaultOf(first);
    const unset = read && compareValues(frame, only.op, read.fallback, left);
    if (read && unset !== undefined) return [{ ...read, fallback: bool(unset), cast: 'bool' }];
    const variable = environmentOf(first);
    if (variable && !variable.fallback && left.every((atom) => atom.kind === 'constant' || atom.kind === 'container'))
      return changed(variable, 'bool', undefined);
    const asked = only.op === 'in' || only.op === 'not in' ? environmentEntry(interpreter, first, left, site(frame, node)) : undefined;
    if (asked) return changed(asked, 'bool', bool(only.op === 'not in'));
  }
  return result === undefined
    ? opaque(
        { via: 'operation', operands: [first, left], ...(only && node.rest.length === 1 ? { op: only.op } : {}), site: site(frame, node) },
        'builtins.bool',
      )
    : bool(result);
}

/** `"DEBUG" in os.environ`: whether the variable is set. */
function environmentEntry(interpreter: Interpreter, key: Value, holder: Value, here: Site): EnvironmentAtom | undefined {
  const [atom, ...others] = holder;
  if (atom?.kind !== 'opaque' || atom.type === undefined || others.length > 0 || constantText(key) === undefined) return undefined;
  if (!interpreter.library.member(atom.type, '__getitem__')?.environment) return undefined;
  const origin = { via: 'item', of: holder, key, site: here } as const;
  return { kind: 'environment', variable: constantText(key), fallback: undefined, cast: 'bool', origin };
}

/** A value that is read from the environment and nothing else, and what it is when unset. */
function defaultOf(value: Value): (EnvironmentAtom & { readonly fallback: Value }) | undefined {
  const only = value[0];
  const fallback = value.length === 1 && only?.kind === 'environment' ? unsetValue(only) : undefined;
  return only?.kind === 'environment' && fallback ? { ...only, fallback } : undefined;
}

/** Whether the comparison holds for all alternatives, for none, or is not decided. */
export function compareValues(frame: Frame, op: CompareOperator, left: Value, right: Value): boolean | undefined {
  let result: boolean | undefined;
  for (const a of left) {
    for (const b of right) {
      const one = compareAtoms(frame, op, a, b);
      if (one === undefined || (result !== undefined && result !== one)) return undefined;
      result = one;
    }
  }
  return result;
}

function compareAtoms(frame: Frame, op: CompareOperator, a: Atom, b: Atom): boolean | undefined {
  if (a.kind === 'constant' && b.kind === 'constant') return foldCompare(op, a.literal, b.literal);
  if (isContainer(a) && isContainer(b)) return compareSequences(frame, op, a, b);
  if ((op === 'in' || op === 'not in') && a.kind === 'constant' && isContainer(b) && !b.object.open) {
    const found = containsKey(frame, b, [a]);
    return found === undefined ? undefined : op === 'in' ? found : !found;
  }
  if (op === 'is' || op === '==' || op === 'is not' || op === '!=') {
    const none = (atom: Atom): boolean => atom.kind === 'constant' && atom.literal.type === 'none';
    const thing = (atom: Atom): boolean =>
      atom.kind === 'function' || atom.kind === 'class' || atom.kind === 'module' || atom.kind === 'container' || atom.kind === 'text';
    if ((none(a) && thing(b)) || (none(b) && thing(a))) return op === 'is not' || op === '!=';
  }
  return undefined;
}

/** Lists and tuples of known elements, one after the other. https://docs.python.org/3/reference/expressions.html#value-comparisons */
function compareSequences(frame: Frame, op: CompareOperator, a: ContainerAtom, b: ContainerAtom): boolean | undefined {
  if (a.form !== b.form || (a.form !== 'list' && a.form !== 'tuple')) return undefined;
  if (op === 'is' || op === 'is not' || op === 'in' || op === 'not in') return undefined;
  const left = knownElements(a, frame.branch);
  const right = knownElements(b, frame.branch);
  if (!left || !right) return undefined;
  for (const [at, one] of left.entries()) {
    const other = right[at];
    if (!other) break;
    const same = compareValues(frame, '==', one, other);
    if (same === undefined) return undefined;
    if (!same) return op === '==' ? false : op === '!=' ? true : compareValues(frame, op, one, other);
  }
  return foldCompare(op, { type: 'int', value: left.length }, { type: 'int', value: right.length });
}

function containsKey(frame: Frame, collection: Atom & { kind: 'container' }, key: Value): boolean | undefined {
  if (collection.form === 'dict') {
    const slot = slotOfKey(key);
    return slot === undefined ? undefined : collection.object.has(slot);
  }
  const elements = knownElements(collection, frame.branch);
  if (!elements) return undefined;
  let undecided = false;
  for (const element of elements) {
    const same = compareValues(frame, '==', key, element);
    if (same === true) return true;
    if (same === undefined) undecided = true;
  }
  return undecided ? undefined : false;
}
