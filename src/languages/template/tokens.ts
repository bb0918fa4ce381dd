import type { Span } from '../../ir/nodes.ts';

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  /** As written; of strings what they hold. */
  readonly text: string;
}

const TOKEN =
  /\s+|([A-Za-z_]\w*)|(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(==|!=|<=|>=|\/\/|\*\*|[-+*/%~|.,:()[\]{}<>=])|[\s\S]/gy;

/** The words of an expression or tag between two offsets; what is no word is a sign by itself. */
export function tokensOf(text: string, start: number, end: number): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = start;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) break;
    const span = { start: match.index, end: TOKEN.lastIndex };
    const [whole, name, number, double, single] = match;
    const quoted = double ?? single;
    if (name !== undefined) tokens.push({ kind: 'name', text: name, ...span });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, ...span });
    else if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replace(/\\(.)/g, '$1'), ...span });
    else if (!/^\s/.test(whole)) tokens.push({ kind: 'sign', text: whole, ...span });
  }
  return tokens;
}
