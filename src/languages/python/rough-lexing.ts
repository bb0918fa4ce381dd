/** Looks at Python text that need not be correct, for the steps before and after parsing. f-strings count as plain strings. */

const BACKSLASH = 0x5c;

/** The offset behind the string literal whose quote is at `start`; undefined when it is not closed (in its line, if it has one quote). */
export function stringEnd(text: string, start: number): number | undefined {
  const quote = text[start] ?? '';
  const triple = quote.repeat(3);
  if (text.startsWith(triple, start)) {
    let end = text.indexOf(triple, start + 3);
    while (end >= 0 && isEscaped(text, end)) end = text.indexOf(triple, end + 1);
    return end < 0 ? undefined : end + 3;
  }
  for (let end = start + 1; end < text.length; end++) {
    if (text.charCodeAt(end) === BACKSLASH) {
      end++;
      if (text[end] === '\r' && text[end + 1] === '\n') end++;
    } else if (text[end] === quote) return end + 1;
    else if (text[end] === '\n') return undefined;
  }
  return undefined;
}

/** Where the line of `offset` ends, before its LF. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline;
}

/** Puts blanks in place of spans, given as starts and ends in turn, ordered by start. The text keeps its length. */
export function blank(text: string, spans: readonly number[]): string {
  let result = '';
  let from = 0;
  for (let i = 0; i < spans.length; i += 2) {
    const start = spans[i] as number;
    const end = spans[i + 1] as number;
    if (start < from) continue;
    result += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return result + text.slice(from);
}

function isEscaped(text: string, offset: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(offset - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
