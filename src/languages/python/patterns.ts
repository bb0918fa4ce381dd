import type { Expr } from '../../ir/nodes.ts';
import type { Pattern } from '../../ir/patterns.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import { type Lowering, MAX_NESTING } from './lowering.ts';

/** A `case_pattern` node: a simple pattern, or one with `as`. */
export function lowerCasePattern(l: Lowering, node: number): Pattern {
  return lowerPattern(l, node + ROW, l.next(node), node);
}

/** The pattern that the siblings from `first` up to `stop` make up; a sign is a sibling of its number. */
function lowerPattern(l: Lowering, first: number, stop: number, whole: number): Pattern {
  if (first >= stop) return { kind: 'capture', start: l.start(whole), end: l.end(whole) };
  if (l.depth >= MAX_NESTING) {
    l.noteTooDeep(whole);
    return { kind: 'capture', start: l.start(whole), end: l.end(whole) };
  }
  l.depth++;
  const pattern = dispatch(l, first, stop);
  l.depth--;
  return pattern;
}

function dispatch(l: Lowering, node: number, stop: number): Pattern {
  const start = l.start(node);
  const end = l.end(node);
  switch (l.kind(node)) {
    case Kind.case_pattern:
      return lowerCasePattern(l, node);
    case Token._:
      return { kind: 'capture', start, end };
    case Kind.dotted_name:
      return lowerDottedPattern(l, node);
    case Kind.as_pattern: {
      const inner = node + ROW;
      return { kind: 'as', start, end, pattern: lowerPattern(l, inner, l.next(inner), inner), name: l.name(l.last(node)) };
    }
    case Kind.union_pattern:
      return { kind: 'or', start, end, alternatives: lowerAlternatives(l, node) };
    case Kind.list_pattern:
      return { kind: 'sequence', start, end, elements: lowerPatternList(l, node + ROW, l.next(node)) };
    case Kind.tuple_pattern:
      return lowerTuplePattern(l, node);
    case Kind.splat_pattern:
      return { kind: 'star', start, end, ...splatName(l, node, 'name') };
    case Kind.dict_pattern:
      return lowerMapping(l, node);
    case Kind.class_pattern:
      return lowerClassPattern(l, node);
    case Kind.keyword_pattern:
      return lowerPattern(l, l.next(node + ROW), l.next(node), node);
    default: {
      const value = lowerValue(l, node, stop);
      return { kind: 'value', start: value.start, end: value.end, value };
    }
  }
}

/** The patterns among siblings that commas separate. */
function lowerPatternList(l: Lowering, first: number, stop: number): Pattern[] {
  const elements: Pattern[] = [];
  for (let child = first; child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.case_pattern) elements.push(lowerCasePattern(l, child));
  }
  return elements;
}

/** `(p)` is only grouping, `(p,)` a sequence. */
function lowerTuplePattern(l: Lowering, node: number): Pattern {
  const first = node + ROW;
  const stop = l.next(node);
  if (first < stop && l.next(first) >= stop && l.kind(first) === Kind.case_pattern) {
    const only = lowerCasePattern(l, first);
    if (only.kind !== 'star') return only;
  }
  return { kind: 'sequence', start: l.start(node), end: l.end(node), elements: lowerPatternList(l, first, stop) };
}

function lowerAlternatives(l: Lowering, node: number): Pattern[] {
  const alternatives: Pattern[] = [];
  const stop = l.next(node);
  let first = node + ROW;
  for (let child = first; child <= stop; child = child < stop ? l.next(child) : stop + 1) {
    if (child < stop && l.kind(child) !== Token['|']) continue;
    if (first < child) alternatives.push(lowerPattern(l, first, child, first));
    first = child < stop ? l.next(child) : stop;
  }
  return alternatives;
}

/** A single name binds; a dotted one is compared by value. */
function lowerDottedPattern(l: Lowering, node: number): Pattern {
  const start = l.start(node);
  const end = l.end(node);
  const first = node + ROW;
  if (first < l.next(node) && l.next(first) < l.next(node)) return { kind: 'value', start, end, value: lowerDotted(l, node) };
  const name = l.name(node);
  return name === '_' ? { kind: 'capture', start, end } : { kind: 'capture', start, end, name };
}

function lowerDotted(l: Lowering, node: number): Expr {
  const first = node + ROW;
  const stop = l.next(node);
  if (first >= stop) return { kind: 'name', start: l.start(node), end: l.end(node), id: l.name(node) };
  let object: Expr = { kind: 'name', start: l.start(first), end: l.end(first), id: l.name(first) };
  let left = MAX_NESTING - l.depth;
  for (let child = l.next(first); child < stop; child = l.next(child)) {
    if (left-- <= 0) return l.nestedTooDeep(node);
    const end = l.end(child);
    object = { kind: 'attribute', start: l.start(node), end, object, name: l.name(child), nameStart: l.start(child), nameEnd: end };
  }
  return object;
}

function splatName<K extends string>(l: Lowering, node: number, key: K): { [key in K]?: string } {
  const target = l.last(node);
  const name = l.name(target);
  const found: { [key in K]?: string } = {};
  if (l.kind(target) === Kind.identifier && name !== '_') found[key] = name;
  return found;
}

/** Literals, also `-1` and `1 + 2j`. */
function lowerValue(l: Lowering, node: number, stop: number): Expr {
  if (l.kind(node) === Kind.complex_pattern) return lowerComplex(l, node);
  const next = l.next(node);
  if (l.kind(node) !== Token['-'] || next >= stop) return lowerExpr(l, node);
  return { kind: 'unary', start: l.start(node), end: l.end(next), op: '-', operand: lowerExpr(l, next) };
}

function lowerComplex(l: Lowering, node: number): Expr {
  const stop = l.next(node);
  const first = node + ROW;
  const real = lowerValue(l, first, stop);
  const sign = l.kind(first) === Token['-'] ? l.next(l.next(first)) : l.next(first);
  if (sign >= stop || l.next(sign) >= stop) return real;
  const op = l.kind(sign) === Token['-'] ? '-' : '+';
  return { kind: 'binary', start: l.start(node), end: l.end(node), op, left: real, right: lowerExpr(l, l.next(sign)) };
}

function lowerMapping(l: Lowering, node: number): Pattern {
  const entries: { key: Expr; value: Pattern }[] = [];
  let rest: { rest?: string } = {};
  const stop = l.next(node);
  let key = -1;
  for (let child = node + ROW; child < stop; child = l.next(child)) {
    const kind = l.kind(child);
    if (kind === Kind.splat_pattern) rest = splatName(l, child, 'rest');
    else if (kind === Kind.case_pattern && key >= 0) {
      entries.push({ key: lowerKey(l, key, child), value: lowerCasePattern(l, child) });
      key = -1;
    } else if (kind !== Token[','] && kind !== Token[':'] && key < 0) key = child;
  }
  return { kind: 'mapping', start: l.start(node), end: l.end(node), entries, ...rest };
}

function lowerKey(l: Lowering, node: number, stop: number): Expr {
  return l.kind(node) === Kind.dotted_name ? lowerDotted(l, node) : lowerValue(l, node, stop);
}

function lowerClassPattern(l: Lowering, node: number): Pattern {
  const callee = node + ROW;
  const positional: Pattern[] = [];
  const keywords: { name: string; value: Pattern }[] = [];
  for (let child = l.next(callee), stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) !== Kind.case_pattern) continue;
    const inner = child + ROW;
    if (l.kind(inner) === Kind.keyword_pattern)
      keywords.push({ name: l.name(inner + ROW), value: lowerPattern(l, inner, l.next(child), child) });
    else positional.push(lowerCasePattern(l, child));
  }
  return { kind: 'class', start: l.start(node), end: l.end(node), callee: lowerDotted(l, callee), positional, keywords };
}
