import type { Lowering } from './lowering.ts';

/** Notes one problem for each outermost error region and for each token that the parser had to supply. */
export function noteSyntaxErrors(l: Lowering): void {
  for (const error of l.flat.errors) {
    if (!error.nested) l.problem(l.start(error.root), l.end(error.root), `syntax error at ${quote(l.slice(error.root))}`);
  }
  for (const { type, offset } of l.flat.missing) {
    l.problem(offset, offset, `syntax error: ${type === 'identifier' ? 'a name' : `\`${type}\``} is missing`);
  }
}

/** The first line of some source, shortened. */
function quote(source: string): string {
  const line = source.trim().split(/[\r\n]/, 1)[0] ?? '';
  return `\`${line.length > 60 ? `${line.slice(0, 60)}…` : line}\``;
}
