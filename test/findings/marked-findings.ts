import { type CodeToken, syntaxOf, tokenise } from '../../src/findings/code-tokens.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { findingIn } from './rules-for-tests.ts';

/** A finding at a place that a fixture marks, with the label of the mark. */
export interface MarkedFinding {
  readonly label: string;
  readonly finding: RawFinding;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly CodeToken[];
  readonly indent: number;
}

const MARK = /[#] at: ([\w-]+)(?: `([^`]+)`)?( secret)?/g;

/**
 * Makes a finding for each `# at: label` in a text. It is about the statement whose lines hold the mark, or about the code that is
 * named in backticks, up to its closing bracket.
 */
export function markedFindings(path: string, text: string): readonly MarkedFinding[] {
  const lines = logicalLines(path, text);
  return [...text.matchAll(MARK)].map((mark) => {
    const at = lines.findLastIndex((line) => line.start <= mark.index);
    const line = lines[at];
    if (line === undefined) throw new Error(`no code beside the mark ${mark[0]} in ${path}`);
    const statement = { path, start: line.start, end: bodyEnd(lines, at) };
    const primary = mark[2] === undefined ? statement : { path, ...named(text, line, mark[2]) };
    return {
      label: mark[1] ?? '',
      finding: findingIn(text, {
        path,
        at: text.slice(statement.start, statement.end),
        enclosing: enclosing(lines, at),
        more: { primary, statement, ...(mark[3] ? { secrets: [primary] } : {}) },
      }),
    };
  });
}

function logicalLines(path: string, text: string): readonly Line[] {
  const groups: CodeToken[][] = [];
  let lastStart = -1;
  for (const token of tokenise(text, syntaxOf(path))) {
    if (token.startsLine || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(token);
    lastStart = token.start;
  }
  if (lastStart < 0) return [];
  return groups.map((tokens) => {
    const start = tokens[0]?.start ?? 0;
    return { start, end: tokens.at(-1)?.end ?? start, tokens, indent: start - (text.lastIndexOf('\n', start) + 1) };
  });
}

function bodyEnd(lines: readonly Line[], at: number): number {
  const line = lines[at] as Line;
  if (line.tokens.at(-1)?.text !== ':') return line.end;
  let last = at;
  while ((lines[last + 1]?.indent ?? -1) > line.indent) last++;
  return lines[last]?.end ?? line.end;
}

function enclosing(lines: readonly Line[], at: number): string {
  const names: string[] = [];
  let indent = lines[at]?.indent ?? 0;
  for (let above = at - 1; above >= 0; above--) {
    const line = lines[above] as Line;
    if (line.indent >= indent) continue;
    indent = line.indent;
    const keyword = line.tokens.findIndex((token) => token.text === 'def' || token.text === 'class');
    if (keyword >= 0) names.unshift(line.tokens[keyword + 1]?.text ?? '');
  }
  return names.join('.');
}

function named(text: string, line: Line, code: string): { readonly start: number; readonly end: number } {
  const start = text.indexOf(code, line.start);
  if (start < 0) throw new Error(`the marked code ${code} is not there`);
  if (!code.endsWith('(')) return { start, end: start + code.length };
  let depth = 0;
  for (const token of line.tokens) {
    if (token.start < start) continue;
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth === 0) return { start, end: token.end };
  }
  throw new Error(`the marked code ${code} is not closed`);
}
