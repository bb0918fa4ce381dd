import type { CodeToken } from './code-tokens.ts';

const KEYWORDS_BEFORE_DISPLAY = new Set(
  'and as assert await case del elif else except for from if import in is lambda match not or print raise return while with yield'.split(
    ' ',
  ),
);

/** Token indices, `to` exclusive. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The tokens of a range as one line that formatting does not change: no trailing commas, no parentheses that only group, adjacent
 * strings joined. Of a list, tuple, set or dict literal around `focus` only the entry that holds `focus` is kept, so that its
 * neighbours may come and go; the arguments of a call are all kept, because they change what the call does.
 */
export function normaliseCode(tokens: readonly CodeToken[], range: TokenRange, focus: TokenRange): string {
  const words = new CodeWriter(tokens, focus).write(range.from, range.to);
  return joinStrings(words).join(' ');
}

/** A bracketed group deeper than this is written token by token, unread: it bounds the recursion on hostile nests. */
const MAX_DEPTH = 100;

class CodeWriter {
  private readonly tokens: readonly CodeToken[];
  private readonly focus: TokenRange;
  private readonly closers: ReadonlyMap<number, number>;

  constructor(tokens: readonly CodeToken[], focus: TokenRange) {
    this.tokens = tokens;
    this.focus = focus;
    this.closers = matchBrackets(tokens);
  }

  write(from: number, to: number, depth = 0): string[] {
    const words: string[] = [];
    let at = from;
    while (at < to) {
      const close = this.closers.get(at);
      if (close === undefined || close >= to || depth > MAX_DEPTH) {
        words.push(this.textAt(at));
        at++;
      } else {
        for (const word of this.group(at, close, depth)) words.push(word);
        at = close + 1;
      }
    }
    return words;
  }

  private group(open: number, close: number, depth: number): string[] {
    const commas = this.commasIn(open, close);
    const display = this.isDisplay(open);
    const isParenthesis = this.textAt(open) === '(';
    const groupsOnly = display && isParenthesis && commas.length === 0 && close > open + 1;
    const isImportList = isParenthesis && this.textAt(open - 1) === 'import';
    const inside = display && !isImportList ? this.entryAround(open, close, commas) : { from: open + 1, to: close };
    const isWhole = inside.from === open + 1 && inside.to === close;
    const oneTuple = display && isParenthesis && isWhole && commas.length === 1 && commas[0] === close - 1;
    const trailing = commas.at(-1) === inside.to - 1 ? 1 : 0;
    const words = this.write(inside.from, inside.to - trailing, depth + 1);
    if (groupsOnly || isImportList) return words;
    return [this.textAt(open), ...words, ...(oneTuple ? [','] : []), this.textAt(close)];
  }

  /** The entry of a literal that holds the whole focus, else all of its inside. */
  private entryAround(open: number, close: number, commas: readonly number[]): TokenRange {
    const bounds = [open, ...commas, close];
    for (let i = 1; i < bounds.length; i++) {
      const entry = { from: (bounds[i - 1] ?? open) + 1, to: bounds[i] ?? close };
      if (this.focus.from >= entry.from && this.focus.to <= entry.to && this.focus.from < this.focus.to) return entry;
    }
    return { from: open + 1, to: close };
  }

  private commasIn(open: number, close: number): number[] {
    const commas: number[] = [];
    for (let at = open + 1; at < close; at++) {
      const inner = this.closers.get(at);
      if (inner !== undefined) at = inner;
      else if (this.textAt(at) === ',') commas.push(at);
    }
    return commas;
  }

  /** A bracket that makes a literal or groups, as opposed to a call or a subscript. */
  private isDisplay(open: number): boolean {
    const before = this.tokens[open - 1];
    if (before === undefined || this.textAt(open) === '{') return true;
    if (before.kind === 'word') return KEYWORDS_BEFORE_DISPLAY.has(before.text);
    return before.kind === 'sign' && before.text !== ')' && before.text !== ']';
  }

  private textAt(at: number): string {
    return this.tokens[at]?.text ?? '';
  }
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Opening index → closing index; brackets without a partner are left out. */
function matchBrackets(tokens: readonly CodeToken[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, at) => {
    if (token.kind !== 'sign') return;
    if (PAIRS[token.text] !== undefined) open.push(at);
    else if (token.text === ')' || token.text === ']' || token.text === '}') {
      const start = open.at(-1);
      if (start !== undefined && PAIRS[tokens[start]?.text ?? ''] === token.text) {
        open.pop();
        closers.set(start, at);
      }
    }
  });
  return closers;
}

/** `"a" "b"` is `"ab"`; a formatter may split or join them. Only plain strings, whose letters are equal, are joined. */
function joinStrings(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const both = last !== undefined && /^[bfrt]*"/.test(word) && /^[bfrt]*"/.test(last);
    if (both && prefixOf(last) === prefixOf(word)) joined[joined.length - 1] = last.slice(0, -1) + word.slice(prefixOf(word).length + 1);
    else joined.push(word);
  }
  return joined;
}

function prefixOf(word: string): string {
  return word.slice(0, word.indexOf('"'));
}
