import type { MatchStmt } from '../../ir/nodes.ts';
import type { MatchCase } from '../../ir/patterns.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr, lowerExprOrTuple } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';
import { lowerCasePattern } from './patterns.ts';
import { lowerBlock } from './statements.ts';

export function lowerMatch(l: Lowering, node: number): MatchStmt {
  const first = node + ROW;
  const stop = l.next(node);
  const colon = find(l, Token[':'], first, stop);
  const block = find(l, Kind.block, colon, stop);
  const cases: MatchCase[] = [];
  if (block < stop) {
    for (let child = block + ROW, end = l.next(block); child < end; child = l.next(child)) {
      if (l.kind(child) === Kind.case_clause) cases.push(lowerCase(l, child));
    }
  }
  const subject = lowerExprOrTuple(l, first, colon, l.start(first), colon < stop ? l.start(colon) : l.end(first));
  return { kind: 'match', start: l.start(node), end: l.end(node), subject, cases };
}

/** The first sibling of this kind from `first` on; `stop` when there is none. */
function find(l: Lowering, kind: number, first: number, stop: number): number {
  let child = first;
  while (child < stop && l.kind(child) !== kind) child = l.next(child);
  return child;
}

function lowerCase(l: Lowering, node: number): MatchCase {
  const stop = l.next(node);
  const patterns: MatchCase['pattern'][] = [];
  let commas = false;
  let guard: MatchCase['guard'];
  let body: MatchCase['body'] = [];
  for (let child = node + ROW; child < stop; child = l.next(child)) {
    switch (l.kind(child)) {
      case Kind.case_pattern:
        patterns.push(lowerCasePattern(l, child));
        break;
      case Token[',']:
        commas = true;
        break;
      case Kind.if_clause:
        guard = lowerExpr(l, child + ROW);
        break;
      case Kind.block:
        body = lowerBlock(l, child);
        break;
    }
  }
  const [only] = patterns;
  const from = only?.start ?? l.start(node);
  const pattern: MatchCase['pattern'] =
    only && !commas ? only : { kind: 'sequence', start: from, end: patterns.at(-1)?.end ?? from, elements: patterns };
  return { start: l.start(node), end: l.end(node), pattern, ...(guard && { guard }), body };
}
