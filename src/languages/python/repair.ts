/**
 * A second try for text that did not parse. tree-sitter recovers well from most mistakes, but a bracket or quote that is never
 * closed takes the rest of the file with it. Such characters are found by a rough look at brackets and strings and hidden
 * from the parser, so that the mistake stays in its line. So is what the grammar does not know: defaults of type parameters
 * (PEP 696), and line ends inside brackets before lines that are indented less than the statement. The look may be wrong, so
 * its result is used only when it parses better.
 */
import type { SyntaxProblem } from '../../ir/nodes.ts';
import { blank, lineEnd, stringEnd } from './rough-lexing.ts';

/** What to hide, and what to say about it. */
export interface Repair {
  /** Of the same length as the text it stands for. */
  readonly text: string;
  readonly problems: readonly SyntaxProblem[];
}

interface Bracket {
  readonly sign: string;
  readonly offset: number;
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const TYPE_PARAMS = /\b(?:def|class|type)\s+\w+\s*$/;
/** How far before its `[` the keyword of a definition is looked for; names are shorter. */
const LONGEST_HEADER = 100;

/** What can start a line only as a statement, never inside brackets. */
const STATEMENT =
  /[ \t]*(?:(?:def|class|return|import|raise|while|pass|break|continue|del|assert|global|nonlocal|with)\b|from\s+[\w.]+\s+import\b|async\s+def\b|(?:else|finally|try)\s*:|(?:elif|except)\b.*:[ \t]*$|@[\w.]+(?:\(.*)?$)/my;

/** Undefined when nothing was found to hide. */
export function repair(text: string): Repair | undefined {
  const hidden: [start: number, end: number][] = [];
  const problems: SyntaxProblem[] = [];
  const hide = (offset: number, detail: string): void => {
    hidden.push([offset, offset + 1]);
    problems.push({ start: offset, end: offset + 1, detail: `syntax error: ${detail}` });
  };
  const open = new OpenBrackets();
  let statementIndent = indentAt(text, 0);
  /** Line ends inside the open brackets, before lines indented less than the statement. */
  let dedents: [start: number, end: number][] = [];
  const neverClosed = (brackets: readonly Bracket[]): void => {
    for (const { sign, offset } of brackets) hide(offset, `\`${sign}\` is never closed`);
  };

  const signs = /["'#()[\]{}\n]/g;
  for (let match = signs.exec(text); match !== null; match = signs.exec(text)) {
    const sign = match[0];
    const offset = match.index;
    switch (sign) {
      case '#':
        signs.lastIndex = lineEnd(text, offset);
        break;
      case '\n': {
        const indent = indentAt(text, offset + 1);
        if (open.size > 0 && !startsStatement(text, offset + 1)) {
          if (indent < statementIndent) dedents.push([offset, offset + 1]);
          break;
        }
        neverClosed(open.takeAll());
        dedents = [];
        statementIndent = indent;
        break;
      }
      case '"':
      case "'": {
        const end = stringEnd(text, offset);
        if (end === undefined) hide(offset, 'the string is never closed');
        else signs.lastIndex = end;
        break;
      }
      case '(':
      case '[':
      case '{':
        open.push(sign, offset);
        break;
      default: {
        const closed = open.take(OPENING[sign] ?? '');
        if (closed === undefined) break;
        neverClosed(closed.inner);
        if (open.size === 0) {
          for (const dedent of dedents) hidden.push(dedent);
          dedents = [];
        }
        const { bracket } = closed;
        if (hasTypeDefault(text, bracket, offset)) hidden.push([bracket.offset, offset + 1]);
      }
    }
  }
  neverClosed(open.takeAll());
  if (hidden.length === 0) return undefined;
  hidden.sort(([a], [b]) => a - b);
  return { text: blank(text, hidden.flat()), problems };
}

function indentAt(text: string, lineStart: number): number {
  let end = lineStart;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end - lineStart;
}

function startsStatement(text: string, lineStart: number): boolean {
  STATEMENT.lastIndex = lineStart;
  return STATEMENT.test(text);
}

/** True for the brackets of `def f[T = int]`, `class C[T = int]` and `type A[T = int]`. */
function hasTypeDefault(text: string, { sign, offset }: Bracket, close: number): boolean {
  if (sign !== '[' || !TYPE_PARAMS.test(text.slice(Math.max(0, offset - LONGEST_HEADER), offset))) return false;
  return text.slice(offset, close).includes('=');
}

/** The stack of brackets that are not closed yet. */
class OpenBrackets {
  private brackets: Bracket[] = [];
  private readonly counts = new Map<string, number>();

  get size(): number {
    return this.brackets.length;
  }

  push(sign: string, offset: number): void {
    this.brackets.push({ sign, offset });
    this.counts.set(sign, (this.counts.get(sign) ?? 0) + 1);
  }

  /** Takes the innermost bracket of this sign, and those inside it, which have no closing one. Undefined when there is none. */
  take(sign: string): { bracket: Bracket; inner: readonly Bracket[] } | undefined {
    if ((this.counts.get(sign) ?? 0) === 0) return undefined;
    const inner: Bracket[] = [];
    for (let bracket = this.brackets.pop(); bracket !== undefined; bracket = this.brackets.pop()) {
      this.counts.set(bracket.sign, (this.counts.get(bracket.sign) ?? 0) - 1);
      if (bracket.sign === sign) return { bracket, inner };
      inner.push(bracket);
    }
    return undefined;
  }

  takeAll(): readonly Bracket[] {
    const { brackets } = this;
    this.brackets = [];
    this.counts.clear();
    return brackets;
  }
}
