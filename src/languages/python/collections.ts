import type { ComprehensionClause, ComprehensionExpr, DictEntry, DictExpr, Expr, SequenceExpr } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr, lowerExprOrTuple } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';

/** The expressions among the siblings from `first` up to `stop`, without the commas. */
export function lowerElements(l: Lowering, first: number, stop: number): Expr[] {
  const elements: Expr[] = [];
  for (let child = first; child < stop; child = l.next(child)) {
    if (l.kind(child) !== Token[',']) elements.push(lowerExpr(l, child));
  }
  return fitted(elements);
}

function sequence(kind: SequenceExpr['kind'], l: Lowering, node: number): SequenceExpr {
  return { kind, start: l.start(node), end: l.end(node), elements: lowerElements(l, node + ROW, l.next(node)) };
}
export function lowerList(l: Lowering, node: number): SequenceExpr {
  return sequence('list', l, node);
}
/** A tuple. As a target, `(x)` comes from the grammar as a tuple too; without a comma it is only grouping. */
export function lowerTuple(l: Lowering, node: number): Expr {
  const first = node + ROW;
  const stop = l.next(node);
  const grouping = l.kind(node) === Kind.tuple_pattern && first < stop && l.next(first) >= stop;
  return grouping ? lowerExpr(l, first) : sequence('tuple', l, node);
}
export function lowerSet(l: Lowering, node: number): SequenceExpr {
  return sequence('set', l, node);
}

export function lowerDict(l: Lowering, node: number): DictExpr {
  const entries: DictEntry[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Token[',']) continue;
    const start = l.start(child);
    const end = l.end(child);
    if (l.kind(child) === Kind.pair) {
      const key = child + ROW;
      entries.push({ start, end, key: lowerExpr(l, key), value: lowerExpr(l, pairValue(l, key)) });
    } else if (l.kind(child) === Kind.dictionary_splat) {
      entries.push({ start, end, value: lowerExpr(l, splatValue(l, child)) });
    }
  }
  return { kind: 'dict', start: l.start(node), end: l.end(node), entries: fitted(entries) };
}

/** The value after a pair's key and colon. */
function pairValue(l: Lowering, key: number): number {
  const colon = l.next(key);
  return l.kind(colon) === Token[':'] ? l.next(colon) : colon;
}

/** What a `*` or `**` is applied to. */
export function splatValue(l: Lowering, node: number): number {
  const first = node + ROW;
  return l.kind(first) === Token['*'] || l.kind(first) === Token['**'] ? l.next(first) : first;
}

function comprehension(form: ComprehensionExpr['form'], l: Lowering, node: number): ComprehensionExpr {
  const body = node + ROW;
  return {
    kind: 'comprehension',
    start: l.start(node),
    end: l.end(node),
    form,
    element: lowerExpr(l, body),
    clauses: lowerClauses(l, l.next(body), l.next(node)),
  };
}
export function lowerListComprehension(l: Lowering, node: number): ComprehensionExpr {
  return comprehension('list', l, node);
}
export function lowerSetComprehension(l: Lowering, node: number): ComprehensionExpr {
  return comprehension('set', l, node);
}
export function lowerGenerator(l: Lowering, node: number): ComprehensionExpr {
  return comprehension('generator', l, node);
}
export function lowerDictComprehension(l: Lowering, node: number): ComprehensionExpr {
  const pair = node + ROW;
  const key = pair + ROW;
  return {
    kind: 'comprehension',
    start: l.start(node),
    end: l.end(node),
    form: 'dict',
    element: lowerExpr(l, pairValue(l, key)),
    key: lowerExpr(l, key),
    clauses: lowerClauses(l, l.next(pair), l.next(node)),
  };
}

function lowerClauses(l: Lowering, first: number, stop: number): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  for (let clause = first; clause < stop; clause = l.next(clause)) {
    if (l.kind(clause) === Kind.if_clause) clauses.push({ kind: 'if', test: lowerExpr(l, clause + ROW) });
    else if (l.kind(clause) === Kind.for_in_clause) clauses.push(lowerForClause(l, clause));
  }
  return clauses;
}

function lowerForClause(l: Lowering, clause: number): ComprehensionClause {
  let target = clause + ROW;
  const async = l.kind(target) === Token.async;
  if (async) target = l.next(target);
  const iterable = l.next(l.next(target));
  const stop = l.next(clause);
  return {
    kind: 'for',
    target: lowerExpr(l, target),
    iterable: lowerExprOrTuple(l, iterable, stop, l.start(iterable), l.end(clause)),
    async,
  };
}
