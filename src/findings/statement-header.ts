import type { CodeToken } from './code-tokens.ts';

/** The part of a compound statement before its body. Token indices, `to` exclusive. */
export interface StatementHeader {
  readonly from: number;
  readonly to: number;
  /** The keyword that makes it compound, `async` skipped. */
  readonly keyword: string;
  /** The name that a `def` or `class` gives, else `''`. */
  readonly name: string;
}

const COMPOUND = new Set(['def', 'class', 'if', 'for', 'while', 'with', 'try', 'elif', 'else', 'except', 'finally']);
/** Soft keywords are compound only when something that can be a subject follows. */
const SOFT_COMPOUND = new Set(['match', 'case']);
const NOT_A_SUBJECT = new Set(['=', ':', '.', ',', ')', ']', ':=']);

/**
 * The header of a Python statement: decorators are skipped, `from` is the `def`, `if`, … and `to` is behind its colon.
 * `undefined` for a simple statement.
 */
export function statementHeader(tokens: readonly CodeToken[]): StatementHeader | undefined {
  const from = skipDecorators(tokens);
  let at = from;
  if (tokens[at]?.text === 'async') at++;
  const keyword = tokens[at]?.text ?? '';
  if (tokens[at]?.kind !== 'word') return undefined;
  const soft = SOFT_COMPOUND.has(keyword) && !NOT_A_SUBJECT.has(tokens[at + 1]?.text ?? ':');
  if (!COMPOUND.has(keyword) && !soft) return undefined;
  const to = headerColon(tokens, at + 1);
  if (to === undefined) return undefined;
  const name = keyword === 'def' || keyword === 'class' ? (tokens[at + 1]?.text ?? '') : '';
  return { from, to: to + 1, keyword, name };
}

function skipDecorators(tokens: readonly CodeToken[]): number {
  let at = 0;
  while (tokens[at]?.text === '@') {
    at++;
    while (at < tokens.length && !tokens[at]?.startsLine) at++;
  }
  return at;
}

/** Index of the colon that ends a header; those of lambdas and inside brackets do not count. */
function headerColon(tokens: readonly CodeToken[], from: number): number | undefined {
  let depth = 0;
  let lambdas = 0;
  for (let at = from; at < tokens.length; at++) {
    const { text, kind } = tokens[at] as CodeToken;
    if (kind === 'word' && text === 'lambda' && depth === 0) lambdas++;
    if (kind !== 'sign') continue;
    if ('([{'.includes(text)) depth++;
    else if (')]}'.includes(text)) depth--;
    else if (text === ':' && depth === 0 && lambdas-- <= 0) return at;
  }
  return undefined;
}
