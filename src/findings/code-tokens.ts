import { PythonStrings, scanQuoted } from './code-strings.ts';

/** How a text marks strings and comments; enough to compare code without parsing it. */
export type CodeSyntax = 'python' | 'template' | 'hash';

/** One token; `text` is its normalised form, so two spellings of the same thing have equal texts. */
export interface CodeToken {
  readonly kind: 'word' | 'string' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The first token of a line that no bracket or backslash continues. */
  readonly startsLine: boolean;
}

const TEMPLATE_ENDINGS = /\.(html?|xhtml|jinja2?|j2|djhtml|djt|svg|xml)$/i;

/** The syntax of a file by its name. Whatever is neither Python nor a template has `#` comments (requirements, YAML, TOML, Dockerfile, nginx). */
export function syntaxOf(path: string): CodeSyntax {
  if (/\.(py|pyi|pyw|wsgi)$/i.test(path)) return 'python';
  return TEMPLATE_ENDINGS.test(path) ? 'template' : 'hash';
}

const WORD = /[\p{L}\p{N}\p{M}_]+/uy;
const BLANK = /(\\\r?\n|[\s\f\ufeff])+/y;

/** Splits a text into tokens; comments and blanks are dropped. Never throws: a text that is not code yields some tokens or other. */
export function tokenise(text: string, syntax: CodeSyntax): readonly CodeToken[] {
  return new Tokeniser(text, syntax).read();
}

class Tokeniser {
  private readonly text: string;
  private readonly syntax: CodeSyntax;
  private readonly strings: PythonStrings;
  private readonly tokens: CodeToken[] = [];
  private at = 0;
  private depth = 0;
  private startsLine = true;

  constructor(text: string, syntax: CodeSyntax) {
    this.text = text;
    this.syntax = syntax;
    this.strings = new PythonStrings(text);
  }

  read(): readonly CodeToken[] {
    while (this.at < this.text.length) {
      if (!(this.skipBlank() || this.skipComment() || this.readString() || this.readWord())) this.readSign();
    }
    return this.tokens;
  }

  private push(kind: CodeToken['kind'], text: string, end: number): true {
    this.tokens.push({ kind, text, start: this.at, end, startsLine: this.startsLine });
    this.startsLine = false;
    this.at = end;
    return true;
  }

  private skipBlank(): boolean {
    BLANK.lastIndex = this.at;
    const blank = BLANK.exec(this.text)?.[0];
    if (blank === undefined) return false;
    if (this.depth === 0 && /[\r\n]/.test(blank.replace(/\\\r?\n/g, ''))) this.startsLine = true;
    this.at = BLANK.lastIndex;
    return true;
  }

  private skipComment(): boolean {
    const end = commentEnd(this.text, this.at, this.syntax);
    if (end === undefined) return false;
    this.at = end;
    return true;
  }

  private readString(): boolean {
    const string = this.syntax === 'python' ? this.strings.scan(this.at) : scanQuoted(this.text, this.at);
    return string !== undefined && this.push('string', string.text, string.end);
  }

  private readWord(): boolean {
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0];
    if (word === undefined) return false;
    return this.push('word', /^\d/.test(word) ? word.toLowerCase() : word, WORD.lastIndex);
  }

  private readSign(): void {
    const two = this.text.slice(this.at, this.at + 2);
    const sign = two === ':=' || two === '->' ? two : two.charAt(0);
    if ('([{'.includes(sign)) this.depth++;
    else if (')]}'.includes(sign)) this.depth = Math.max(0, this.depth - 1);
    this.push('sign', sign, this.at + sign.length);
  }
}

/** End of the comment that starts at an offset, `undefined` when none does. */
function commentEnd(text: string, at: number, syntax: CodeSyntax): number | undefined {
  if (syntax === 'template') {
    const close = text.startsWith('{#', at) ? '#}' : text.startsWith('<!--', at) ? '-->' : undefined;
    if (close === undefined) return undefined;
    const end = text.indexOf(close, at);
    return end < 0 ? text.length : end + close.length;
  }
  if (text[at] !== '#') return undefined;
  if (syntax === 'hash' && at > 0 && !/\s/.test(text[at - 1] ?? '')) return undefined;
  const lineEnd = /[\r\n]/g;
  lineEnd.lastIndex = at;
  return lineEnd.exec(text)?.index ?? text.length;
}
