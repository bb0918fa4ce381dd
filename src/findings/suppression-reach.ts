import type { LineIndex } from '../source/line-index.ts';
import type { SourceComment, Suppression } from './suppression-comment.ts';

/** Lines that one suppression applies to, 1-based, both ends included. */
export interface SuppressedLines {
  readonly suppression: Suppression;
  readonly first: number;
  readonly last: number;
}

/**
 * The lines of each suppression of one file, ordered by their first line: those of the comment itself and, when it stands alone, the
 * next line of code. Further comments may stand between the two, blank lines may not.
 */
export function suppressedLines(
  suppressions: readonly Suppression[],
  comments: readonly SourceComment[],
  lines: LineIndex,
): readonly SuppressedLines[] {
  const alone = linesOfComments(comments, lines);
  const all = suppressions.map((suppression) => {
    const { first, last } = commentLines(suppression.comment, lines);
    return { suppression, first, last: alone.has(first) && alone.has(last) ? nextCodeLine(last, alone, lines) : last };
  });
  return all.sort((a, b) => a.first - b.first || a.last - b.last);
}

/** Whether nothing but blanks shares the lines of a comment. */
export function standsAlone(comment: SourceComment, lines: LineIndex): boolean {
  const { first, last } = commentLines(comment, lines);
  const before = lines.text.slice(lines.startOf(first), comment.start);
  const lineEnd = lines.startOf(last) + lines.lineText(last).length;
  return before.trim() === '' && lines.text.slice(comment.end, lineEnd).trim() === '';
}

function commentLines(comment: SourceComment, lines: LineIndex): { readonly first: number; readonly last: number } {
  return { first: lines.at(comment.start).line, last: lines.at(Math.max(comment.start, comment.end - 1)).line };
}

function linesOfComments(comments: readonly SourceComment[], lines: LineIndex): ReadonlySet<number> {
  const alone = new Set<number>();
  for (const comment of comments) {
    if (!standsAlone(comment, lines)) continue;
    const { first, last } = commentLines(comment, lines);
    for (let line = first; line <= last; line++) alone.add(line);
  }
  return alone;
}

function nextCodeLine(last: number, alone: ReadonlySet<number>, lines: LineIndex): number {
  let line = last + 1;
  while (alone.has(line)) line++;
  return line <= lines.lineCount && lines.lineText(line).trim() !== '' ? line : last;
}
