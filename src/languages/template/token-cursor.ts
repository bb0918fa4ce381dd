import type { Span } from '../../ir/nodes.ts';
import type { Token } from './tokens.ts';

/** Reads tokens one after another. */
export class TokenCursor {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get next(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', start: this.last.end, end: this.last.end };
  }

  /** The token after the next one. */
  get beyond(): Token | undefined {
    return this.tokens[this.at + 1];
  }

  get isDone(): boolean {
    return this.at >= this.tokens.length;
  }

  /** How many tokens are read. */
  protected get position(): number {
    return this.at;
  }

  private get last(): Span {
    return this.tokens[this.at - 1] ?? this.tokens[0] ?? { start: 0, end: 0 };
  }

  skip(count = 1): void {
    this.at += count;
  }

  /** Whether the next token is this word or sign, which is then skipped. */
  takes(text: string): boolean {
    if (this.next.text !== text || this.next.kind === 'string' || this.next.kind === 'end') return false;
    this.at++;
    return true;
  }

  name(): string | undefined {
    if (this.next.kind !== 'name') return undefined;
    const { text } = this.next;
    this.at++;
    return text;
  }

  /** Names with commas between them, with or without parentheses: targets of a loop. */
  names(): readonly string[] {
    const names: string[] = [];
    for (; ; this.at++) {
      const { kind, text } = this.next;
      if (kind === 'name' && text !== 'in') names.push(text);
      else if (kind !== 'sign' || !'(),'.includes(text)) return names;
    }
  }

  /** From an offset to the end of the last token that was read. */
  protected since(start: number): Span {
    return { start, end: Math.max(start, this.last.end) };
  }

  /** What is left, which is skipped. */
  protected rest(): Span {
    const { start } = this.next;
    this.at = this.tokens.length;
    return { start, end: this.last.end };
  }
}
