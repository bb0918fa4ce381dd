import type { QuietLines } from './quiet-lines.ts';
import { blank } from './rough-lexing.ts';

/** `type` at the start of a statement and called: `type(self).cache = {}`. */
const TYPE_CALL = /^([ \t]*)type(?=[ \t]*\()/gm;

/** A lone CR ends a line in Python but not in the grammar. The text it gives has lines that end in LF only, or CR LF. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/**
 * The text as the parser should see it, of the same length so that offsets stay true. Names and literals are later taken from
 * the file's own text, so a letter changed in one of them does not show.
 * - Long runs of quiet lines are blanks: see quiet-lines.ts.
 * - A NUL is a blank: the grammar's scanner takes it for the end of the file.
 * - `type(x).y = z` would be taken for a `type` statement.
 */
export function parserText(text: string, quiet: QuietLines): string {
  let parsed = blank(blank(text, quiet.comments), quiet.continuations);
  if (parsed.includes('\0')) parsed = parsed.replaceAll('\0', ' ');
  return parsed.includes('type') ? parsed.replace(TYPE_CALL, '$1typ_') : parsed;
}
