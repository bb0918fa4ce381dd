/** A string literal in normal form (letters sorted, double quotes, no needless escapes) and the offset behind it. */
export interface ScannedString {
  readonly text: string;
  readonly end: number;
}

/** f-strings nested deeper than this are read as plain text: real code has one or two levels, a deeper nest is an attack on the stack. */
const MAX_STRING_NESTING = 6;

/** Well-formed code is read in two steps a unit; only nests that never close need more, and then the rest is read as signs. */
const STEPS_PER_UNIT = 20;

/** Blanks looked back over inside a field; more of them in a row separate nothing worth telling apart. */
const MAX_BLANKS = 80;

const PYTHON_START = /([a-zA-Z]{0,2})("""|'''|"|')/y;
const PYTHON_PREFIX = /^([rbuft]|rb|br|rf|fr|rt|tr)?$/;

/** Reads a quoted run on one line of a text that is not Python; a lone apostrophe in prose is not one. */
export function scanQuoted(text: string, at: number): ScannedString | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const pattern = quote === '"' ? /"([^"\r\n]*)"/y : /'([^'\r\n]*)'/y;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : { text: `"${found[1]}"`, end: pattern.lastIndex };
}

/** Reads the string literals of one Python text, f-strings with nested strings included. */
export class PythonStrings {
  private readonly text: string;
  /** Offsets where a literal starts that never closes; each is tried once. */
  private readonly unclosed = new Set<number>();
  private steps: number;

  constructor(text: string) {
    this.text = text;
    this.steps = STEPS_PER_UNIT * text.length;
  }

  /** The literal that starts at an offset; `undefined` when none does or it never closes. */
  scan(at: number, nesting = 0): ScannedString | undefined {
    if (this.steps <= 0 || this.unclosed.has(at)) return undefined;
    PYTHON_START.lastIndex = at;
    const opened = PYTHON_START.exec(this.text);
    if (opened === null) return undefined;
    const letters = (opened[1] ?? '').toLowerCase();
    if (!PYTHON_PREFIX.test(letters)) return undefined;
    const prefix = [...letters.replace('u', '')].sort().join('');
    const content = this.content(PYTHON_START.lastIndex, opened[2] ?? '"', prefix, nesting);
    if (content === undefined) this.unclosed.add(at);
    return content && { text: `${prefix}"${content.text}"`, end: content.end };
  }

  /** From behind the opening quote to behind the closing one. */
  private content(from: number, quote: string, prefix: string, nesting: number): ScannedString | undefined {
    const text = this.text;
    const hasFields = /[ft]/.test(prefix) && nesting < MAX_STRING_NESTING;
    const parts: string[] = [];
    let at = from;
    while (at < text.length && this.steps-- > 0) {
      if (text.startsWith(quote, at)) return { text: parts.join(''), end: at + quote.length };
      const unit = text[at] ?? '';
      if (unit === '\\') {
        parts.push(escaped(text[at + 1] ?? '', prefix));
        at += 2;
      } else if (quote.length === 1 && (unit === '\n' || unit === '\r')) {
        return undefined;
      } else if (hasFields && unit === '{' && text[at + 1] !== '{') {
        const field = this.field(at + 1, quote, nesting + 1);
        if (field === undefined) return undefined;
        parts.push('{', field.text, '}');
        at = field.end;
      } else {
        const width = hasFields && (text.startsWith('{{', at) || text.startsWith('}}', at)) ? 2 : 1;
        parts.push(text.slice(at, at + width));
        at += width;
      }
    }
    return undefined;
  }

  /** A replacement field from behind its `{` to behind its `}`: blanks dropped, inner strings in normal form. */
  private field(from: number, quote: string, nesting: number): ScannedString | undefined {
    const parts: string[] = [];
    let depth = 0;
    let at = from;
    while (at < this.text.length && this.steps-- > 0) {
      const unit = this.text[at] ?? '';
      if (depth === 0 && unit === '}') return { text: parts.join(''), end: at + 1 };
      const inner = this.scan(at, nesting);
      if (inner !== undefined) {
        parts.push(inner.text);
        at = inner.end;
        continue;
      }
      if (this.text.startsWith(quote, at)) return undefined;
      if ('([{'.includes(unit)) depth++;
      else if (')]}'.includes(unit)) depth--;
      if (!/\s/.test(unit)) parts.push(blankBefore(this.text, at), unit);
      at++;
    }
    return undefined;
  }
}

/** One blank where blanks keep two words of a field apart, else nothing. */
function blankBefore(text: string, at: number): string {
  if (!/\s/.test(text[at - 1] ?? '') || !/\w/.test(text[at] ?? '')) return '';
  return /\w\s+$/.test(text.slice(Math.max(0, at - MAX_BLANKS), at)) ? ' ' : '';
}

/** What a backslash and the unit behind it contribute: quotes lose the backslash, a line end is a continuation. */
function escaped(next: string, prefix: string): string {
  if ((next === '"' || next === "'") && !prefix.includes('r')) return next;
  return next === '\n' || next === '\r' ? '' : `\\${next}`;
}
