/**
 * Finds long runs of lines that hold only a comment, or only the backslash of a line continuation.
 *
 * Before each comment or continuation the grammar's scanner (src/scanner.c of tree-sitter-python 0.25) reads ahead over all that
 * follow, so a run takes time by the square of its length: 1,000 lines of commented-out code take a second. The parser is given
 * blanks instead (parser-text.ts).
 */

import { lineEnd, stringEnd } from './rough-lexing.ts';

/** From here on a run is replaced; shorter ones cost little. */
const LONG_RUN = 8;

/** Offsets of starts and ends, alternating, in source order. */
export interface QuietLines {
  /** From the `#` to the end of the line. */
  readonly comments: readonly number[];
  /** From the backslash to behind the line end. */
  readonly continuations: readonly number[];
}

const SPACE = 0x20;
const TAB = 0x09;
const FORM_FEED = 0x0c;
const CARRIAGE_RETURN = 0x0d;
const HASH = 0x23;
const BACKSLASH = 0x5c;

export function findQuietLines(text: string): QuietLines {
  const comments: number[] = [];
  const continuations: number[] = [];
  let run = 0;
  const endRun = (): void => {
    if (run > 0 && run < LONG_RUN) dropFrom(comments, continuations, runStart);
    run = 0;
  };
  let runStart = 0;
  for (let lineStart = 0; lineStart < text.length; ) {
    const newline = text.indexOf('\n', lineStart);
    const next = newline < 0 ? text.length : newline + 1;
    let start = lineStart;
    let unit = text.charCodeAt(start);
    while (unit === SPACE || unit === TAB || unit === FORM_FEED) unit = text.charCodeAt(++start);
    if (start < next) {
      if (unit === HASH) {
        if (run++ === 0) runStart = start;
        comments.push(start, endBefore(text, next));
      } else if (unit === BACKSLASH && start + 1 === endBefore(text, next)) {
        if (run++ === 0) runStart = start;
        continuations.push(start, next);
      } else if (start < endBefore(text, next)) endRun();
    }
    lineStart = next;
  }
  endRun();
  return { comments: outsideStrings(text, comments), continuations };
}

/** Where the line that ends before `next` ends, without its line end. */
function endBefore(text: string, next: number): number {
  let end = text.charCodeAt(next - 1) === 0x0a ? next - 1 : next;
  if (text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
  return end;
}

function dropFrom(comments: number[], continuations: number[], offset: number): void {
  for (const spans of [comments, continuations]) {
    while (spans.length > 0 && (spans[spans.length - 2] as number) >= offset) spans.length -= 2;
  }
}

/** Keeps the comments that do not stand inside a string. */
function outsideStrings(text: string, comments: readonly number[]): number[] {
  const kept: number[] = [];
  const sign = /["'#]/g;
  let next = 0;
  while (next < comments.length) {
    const match = sign.exec(text);
    if (match === null) return kept;
    const start = match.index;
    if (match[0] === '#') {
      sign.lastIndex = lineEnd(text, start);
      if (start === comments[next]) {
        kept.push(start, comments[next + 1] as number);
        next += 2;
      }
    } else sign.lastIndex = stringEnd(text, start) ?? start + 1;
    while (next < comments.length && (comments[next] as number) < sign.lastIndex) next += 2;
  }
  return kept;
}
