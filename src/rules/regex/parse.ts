import { type CharSet, complement, fromRanges, single, union } from './char-set.ts';

/** A regular expression as far as its repetitions matter. https://docs.python.org/3/library/re.html#regular-expression-syntax */
export type Pattern =
  | { readonly kind: 'characters'; readonly set: CharSet }
  /** The end of the text: `$`, `\Z`. */
  | { readonly kind: 'end' }
  /** Something that holds between characters, or matches what cannot be told: nothing repeats across it in two ways. */
  | { readonly kind: 'barrier' }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly ways: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly body: Pattern; readonly min: number; readonly max: number };

export interface Flags {
  readonly verbose: boolean;
  readonly dotAll: boolean;
  readonly ignoreCase: boolean;
}

const DIGIT = fromRanges([[0x30, 0x39]]);
const SPACE = fromRanges([
  [0x09, 0x0d],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
]);
// Letters beyond ASCII stand for all others of their kind.
const WORD = fromRanges([
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0x24f],
]);
const CLASSES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  s: SPACE,
  w: WORD,
  D: complement(DIGIT),
  S: complement(SPACE),
  W: complement(WORD),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, '0': 0 };

/** Reads a pattern; `undefined` for what is no regular expression of Python, or has parts that are not understood. */
export function parsePattern(text: string, flags: Flags): Pattern | undefined {
  try {
    return new Parser(text, flags).whole();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

class Parser {
  private readonly text: string;
  private readonly flags: Flags;
  private at = 0;

  constructor(text: string, flags: Flags) {
    const inline = /^\(\?([aiLmsux]+)\)/.exec(text);
    this.text = text;
    this.at = inline?.[0].length ?? 0;
    this.flags = {
      verbose: flags.verbose || (inline?.[1]?.includes('x') ?? false),
      dotAll: flags.dotAll || (inline?.[1]?.includes('s') ?? false),
      ignoreCase: flags.ignoreCase || (inline?.[1]?.includes('i') ?? false),
    };
  }

  whole(): Pattern {
    const pattern = this.choice();
    if (this.at < this.text.length) throw new NotUnderstood();
    return pattern;
  }

  private choice(): Pattern {
    const ways = [this.sequence()];
    while (this.take('|')) ways.push(this.sequence());
    const [only] = ways;
    return ways.length === 1 && only ? only : { kind: 'choice', ways };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    for (;;) {
      if (this.flags.verbose) this.skipBlanks();
      if (this.at >= this.text.length || this.peek() === '|' || this.peek() === ')') return { kind: 'sequence', parts };
      parts.push(this.repeated(this.atom()));
    }
  }

  private repeated(atom: Pattern): Pattern {
    let result = atom;
    for (;;) {
      if (this.flags.verbose) this.skipBlanks();
      const bounds = this.quantifier();
      if (!bounds) return result;
      // A possessive quantifier gives nothing back.
      if (this.take('+')) result = { kind: 'barrier' };
      else {
        this.take('?');
        result = { kind: 'repeat', body: result, min: bounds[0], max: bounds[1] };
      }
    }
  }

  private quantifier(): readonly [number, number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(this.text.slice(this.at, this.at + 24));
    if (!counted || (counted[1] === '' && counted[3] === '')) return undefined;
    this.at += counted[0].length;
    const min = Number(counted[1]);
    return [min, counted[2] === '' ? min : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3])];
  }

  private atom(): Pattern {
    const character = this.next();
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'characters', set: this.cased(this.members()) };
      case '.':
        return { kind: 'characters', set: this.flags.dotAll ? complement(fromRanges([])) : complement(single(10)) };
      case '^':
        return { kind: 'barrier' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new NotUnderstood();
      default:
        return { kind: 'characters', set: this.cased(single(character.codePointAt(0) ?? 0)) };
    }
  }

  private group(): Pattern {
    const opening =
      /^(?:\?:|\?P<\w+>|\?[aiLmsux]*(?:-[imsx]+)?:|\?P=\w+|\?#[^)]*|\?<?[=!]|\?>|\?\(\w+\))?/.exec(this.text.slice(this.at))?.[0] ?? '';
    if (opening === '' && this.peek() === '?') throw new NotUnderstood();
    this.at += opening.length;
    if (/^\?(?:P=|#)/.test(opening)) {
      if (!this.take(')')) throw new NotUnderstood();
      return opening.startsWith('?#') ? { kind: 'sequence', parts: [] } : { kind: 'barrier' };
    }
    const body = this.choice();
    if (!this.take(')')) throw new NotUnderstood();
    return /^\?(?:<?[=!]|>|\()/.test(opening) ? { kind: 'barrier' } : body;
  }

  private escape(): Pattern {
    const character = this.next();
    const known = CLASSES[character];
    if (known) return { kind: 'characters', set: known };
    if (character === 'Z' || character === 'z') return { kind: 'end' };
    if (/[AbB1-9]/.test(character)) return { kind: 'barrier' };
    return { kind: 'characters', set: this.cased(single(this.codeOf(character))) };
  }

  private codeOf(character: string): number {
    if (/[xuU]/.test(character)) {
      const digits = { x: 2, u: 4, U: 8 }[character as 'x' | 'u' | 'U'];
      const code = Number.parseInt(this.text.slice(this.at, this.at + digits), 16);
      if (Number.isNaN(code)) throw new NotUnderstood();
      this.at += digits;
      return code;
    }
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    // Other letters mean something that is not known here, `\p{L}` of another library.
    if (/[a-zA-Z]/.test(character)) throw new NotUnderstood();
    return character.codePointAt(0) ?? 0;
  }

  private members(): CharSet {
    const isNegated = this.take('^');
    let set = fromRanges([]);
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) {
      const from = this.member();
      if (typeof from !== 'number' || this.peek() !== '-' || this.text.charAt(this.at + 1) === ']') {
        set = union(set, typeof from === 'number' ? single(from) : from);
        continue;
      }
      this.at++;
      const to = this.member();
      if (typeof to !== 'number' || to < from) throw new NotUnderstood();
      set = union(set, fromRanges([[from, to]]));
    }
    this.at++;
    return isNegated ? complement(this.cased(set)) : set;
  }

  private member(): CharSet | number {
    const character = this.next();
    if (character !== '\\') return character.codePointAt(0) ?? 0;
    const escaped = this.next();
    return CLASSES[escaped] ?? (escaped === 'b' ? 8 : this.codeOf(escaped));
  }

  private cased(set: CharSet): CharSet {
    if (!this.flags.ignoreCase) return set;
    const shifted = (from: number, to: number, by: number): CharSet =>
      fromRanges(
        set.flatMap(([low, high]): readonly (readonly [number, number])[] => {
          const start = Math.max(low, from);
          const end = Math.min(high, to);
          return start <= end ? [[start + by, end + by]] : [];
        }),
      );
    return union(set, union(shifted(0x41, 0x5a, 32), shifted(0x61, 0x7a, -32)));
  }

  private skipBlanks(): void {
    for (;;) {
      const blank = /^(?:\s+|#[^\n]*)/.exec(this.text.slice(this.at));
      if (!blank) return;
      this.at += blank[0].length;
    }
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }
  private next(): string {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) throw new NotUnderstood();
    const character = String.fromCodePoint(code);
    this.at += character.length;
    return character;
  }
  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }
}
