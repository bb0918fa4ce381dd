import { Kind } from './kinds.ts';
import type { Lowering } from './lowering.ts';

/**
 * Notes one problem for each outermost error region, for each token that the parser had to supply, and for NULs. A region in a
 * line that already has a problem is left out: it follows from that.
 */
export function noteSyntaxErrors(l: Lowering): void {
  const { errors, missing } = l.flat;
  const known = [...l.problems];
  // When the root itself is an error region, the regions inside it say more than that.
  if (l.kind(0) === Kind.ERROR && errors.every((error) => error.nested)) noteRegion(l, 0);
  for (const error of errors) {
    if (!error.nested && !known.some(({ start }) => sameLine(l.text, start, error.start))) noteRegion(l, error.root);
  }
  for (const { type, offset } of missing) {
    l.problem(offset, offset, `syntax error: ${type === 'identifier' ? 'a name' : `\`${type}\``} is missing`);
  }
  const nul = l.text.indexOf('\0');
  if (nul >= 0) l.problem(nul, nul + 1, 'the file contains NUL characters, which Python refuses; they were read as blanks');
}

function sameLine(text: string, one: number, other: number): boolean {
  return !/[\r\n]/.test(text.slice(Math.min(one, other), Math.max(one, other)));
}

function noteRegion(l: Lowering, root: number): void {
  l.problem(l.start(root), l.end(root), `syntax error at ${quote(l.slice(root))}`);
}

/** The first line of some source, shortened. */
function quote(source: string): string {
  const line =
    source
      .slice(0, 200)
      .trim()
      .split(/[\r\n]/, 1)[0] ?? '';
  return `\`${line.length > 60 ? `${line.slice(0, 60)}…` : line}\``;
}
