import type { Comment, SyntaxProblem, Unit } from '../../ir/nodes.ts';
import type { FlatTree } from '../flat-tree.ts';
import { Kind } from './kinds.ts';
import { Lowering } from './lowering.ts';
import { salvageStatements } from './salvage.ts';
import { lowerBlock } from './statements.ts';
import { noteSyntaxErrors } from './syntax-errors.ts';

/**
 * Lowers one flattened file. `text` is the file's own text, which the rows' offsets are about; `comments` are the starts and
 * ends of those that the parser was not shown, and `problems` what is already known to be wrong.
 */
export function lowerUnit(flat: FlatTree, text: string, comments: readonly number[], problems: readonly SyntaxProblem[]): Unit {
  const l = new Lowering(flat, text);
  for (const { start, end, detail } of problems) l.problem(start, end, detail);
  noteSyntaxErrors(l);
  const body = l.kind(0) === Kind.ERROR ? salvageStatements(l, 0) : lowerBlock(l, 0);
  l.problems.sort((a, b) => a.start - b.start);
  return { body, comments: lowerComments(text, flat.comments, comments), problems: l.problems };
}

function lowerComments(text: string, parsed: readonly number[], hidden: readonly number[]): Comment[] {
  const comments: Comment[] = [];
  for (const spans of [parsed, hidden]) {
    for (let i = 0; i < spans.length; i += 2) {
      const start = spans[i] as number;
      let end = spans[i + 1] as number;
      if (text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
      comments.push({ start, end, text: text.slice(start + 1, end).trim() });
    }
  }
  return comments.sort((a, b) => a.start - b.start);
}

/** The grammar's comment reaches to the LF and so includes the CR before it. */
const CARRIAGE_RETURN = 13;
