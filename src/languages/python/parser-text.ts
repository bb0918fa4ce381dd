const SPECIAL = /[\0\r]/;

/** `type` at the start of a statement and called: `type(self).cache = {}`. */
const TYPE_CALL = /^([ \t]*)type(?=[ \t]*\()/gm;

/**
 * The text as the parser should see it, of the same length so that offsets stay true. Names and literals are later taken from
 * the file's own text, so a changed letter does not show.
 * - A lone CR ends a line in Python but not in the grammar.
 * - A NUL is refused by Python and stops the grammar's scanner.
 * - The grammar takes `type(x).y = z` for a `type` statement.
 */
export function parserText(text: string): string {
  let parsed = text;
  if (SPECIAL.test(text)) parsed = text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', ' ');
  return parsed.includes('type') ? parsed.replace(TYPE_CALL, '$1typ_') : parsed;
}
