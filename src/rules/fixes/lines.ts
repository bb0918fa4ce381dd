import type { Span, Stmt } from '../../ir/nodes.ts';

/** The end of the line that an offset is on, without its line break. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line break that a text uses. */
export function lineBreak(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** The lines of a statement that shares them with nothing but comments. */
export function wholeLines(text: string, statement: Stmt): Span | undefined {
  const start = lineStart(text, statement.start);
  const end = lineEnd(text, statement.end);
  const isAlone = /^\s*$/.test(text.slice(start, statement.start)) && /^\s*(#.*)?$/.test(text.slice(statement.end, end));
  return isAlone ? { start, end: Math.min(text.length, end + (text[end] === '\r' ? 2 : 1)) } : undefined;
}
