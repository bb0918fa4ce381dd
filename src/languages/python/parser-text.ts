const SPECIAL = /[\0\r]/;

/**
 * The text as the parser should see it, of the same length so that offsets stay true.
 * A lone CR ends a line in Python but not in the grammar; a NUL is refused by Python and stops the grammar's scanner.
 */
export function parserText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', ' ');
}
