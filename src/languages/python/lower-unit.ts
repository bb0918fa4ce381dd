import type { Comment, Unit } from '../../ir/nodes.ts';
import type { FlatTree } from '../flat-tree.ts';
import { Kind } from './kinds.ts';
import { Lowering } from './lowering.ts';
import { salvageStatements } from './salvage.ts';
import { lowerBlock } from './statements.ts';
import { noteSyntaxErrors } from './syntax-errors.ts';

/** Lowers one flattened file. `text` is the file's own text, which the rows' offsets are about. */
export function lowerUnit(flat: FlatTree, text: string): Unit {
  const l = new Lowering(flat, text);
  noteSyntaxErrors(l);
  const body = l.kind(0) === Kind.ERROR ? salvageStatements(l, 0) : lowerBlock(l, 0);
  l.problems.sort((a, b) => a.start - b.start);
  return { body, comments: lowerComments(l), problems: l.problems };
}

function lowerComments(l: Lowering): Comment[] {
  const comments: Comment[] = [];
  const spans = l.flat.comments;
  for (let i = 0; i < spans.length; i += 2) {
    const start = spans[i] as number;
    let end = spans[i + 1] as number;
    if (l.text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
    comments.push({ start, end, text: l.text.slice(start + 1, end).trim() });
  }
  if (l.flat.errors.length > 0) comments.sort((a, b) => a.start - b.start);
  return comments;
}

/** The grammar's comment reaches to the LF and so includes the CR before it. */
const CARRIAGE_RETURN = 13;
