import { type CodeToken, syntaxOf, tokenise } from './code-tokens.ts';
import type { RawFinding } from './finding.ts';
import { normaliseCode, type TokenRange } from './normalise-code.ts';
import { type StatementHeader, statementHeader } from './statement-header.ts';

/** Offsets of a file's text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A statement longer than this (in UTF-16 units) is identified by its primary place alone: it is a table of data whose other rows
 * come and go, and comparing all of it for each of its findings would cost the square of its length.
 */
const LONG_STATEMENT = 10_000;

/** Stands for a secret in the code: identity must not reveal it, and changing the secret is not a new finding. */
const SECRET_WORD = '__secret__';

type PlacedFinding = Pick<RawFinding, 'primary' | 'statement' | 'secrets'>;

/**
 * Reads the code around findings, as far as identity and suppressions need it. Give findings in source order: neighbours often share a
 * statement, which is then read once.
 */
export class StatementReader {
  private readonly textOf: (path: string) => string | undefined;
  private last: ReadStatement | undefined;

  constructor(textOf: (path: string) => string | undefined) {
    this.textOf = textOf;
  }

  /** The code that identifies a finding inside its function, independent of formatting, comments and place; `''` for a file that was not read. */
  codeOf(finding: PlacedFinding): string {
    const { primary } = finding;
    const text = this.textOf(primary.path);
    if (text === undefined) return '';
    const { tokens, header, headerEnd, isLong } = this.read(finding, text);
    const isOutside = header === undefined ? isLong : primary.start >= headerEnd;
    if (isOutside) return primaryCode(finding, text);
    const shown = withoutSecrets(tokens, finding);
    return header === undefined ? simpleCode(shown, primary) : compoundCode(shown, header, tokensIn(shown, primary));
  }

  /** The spans whose lines belong to a finding: its statement, of a compound one only the header, and its primary place. */
  reachOf(finding: PlacedFinding): readonly Span[] {
    const { primary, statement } = finding;
    const text = this.textOf(primary.path);
    if (text === undefined) return [primary];
    const { header, headerEnd } = this.read(finding, text);
    if (header === undefined) return [statement, primary];
    const primaryEnd = primary.start < headerEnd ? Math.min(primary.end, headerEnd) : primary.end;
    return [
      { start: statement.start, end: headerEnd },
      { start: primary.start, end: primaryEnd },
    ];
  }

  private read(finding: PlacedFinding, text: string): ReadStatement {
    const { path, start, end } = finding.statement;
    const { last } = this;
    if (last?.path === path && last.start === start && last.end === end) return last;
    const tokens = tokensOf(path, text, finding.statement);
    const header = syntaxOf(path) === 'python' ? statementHeader(tokens) : undefined;
    const headerEnd = (header && tokens[header.to - 1]?.end) ?? start;
    this.last = { path, start, end, tokens, header, headerEnd, isLong: end - start > LONG_STATEMENT };
    return this.last;
  }
}

interface ReadStatement extends Span {
  readonly path: string;
  readonly tokens: readonly CodeToken[];
  readonly header: StatementHeader | undefined;
  /** Offset behind the header's colon. */
  readonly headerEnd: number;
  readonly isLong: boolean;
}

function simpleCode(tokens: readonly CodeToken[], primary: Span): string {
  const focus = tokensIn(tokens, primary);
  return twoParts(normaliseCode(tokens, { from: 0, to: tokens.length }, focus), normaliseCode(tokens, focus, focus));
}

function primaryCode(finding: PlacedFinding, text: string): string {
  const tokens = withoutSecrets(tokensOf(finding.primary.path, text, finding.primary), finding);
  const all = { from: 0, to: tokens.length };
  return normaliseCode(tokens, all, all);
}

/** A `def` or `class` is known by its name, any other compound statement by its header; then what the primary place adds. */
function compoundCode(tokens: readonly CodeToken[], header: StatementHeader, focus: TokenRange): string {
  const named = header.name !== '' ? `${header.keyword} ${header.name}` : normaliseCode(tokens, header, focus);
  const coversHeader = focus.from <= header.from && focus.to >= header.to;
  const isName = focus.to === focus.from + 1 && tokens[focus.from]?.text === header.name;
  return coversHeader || isName ? named : twoParts(named, normaliseCode(tokens, focus, focus));
}

/** Most primaries are the statement itself; then one part is enough. */
function twoParts(statement: string, primary: string): string {
  return statement === primary ? statement : `${statement} ⟵ ${primary}`;
}

/** The tokens of a span; `start` and `end` are offsets of the file. */
function tokensOf(path: string, text: string, span: Span): readonly CodeToken[] {
  const code = text.slice(span.start, Math.min(span.end, span.start + LONG_STATEMENT));
  return tokenise(code, syntaxOf(path)).map((token) => ({ ...token, start: token.start + span.start, end: token.end + span.start }));
}

function withoutSecrets(tokens: readonly CodeToken[], finding: PlacedFinding): readonly CodeToken[] {
  const secrets = (finding.secrets ?? []).filter((secret) => secret.path === finding.primary.path);
  if (secrets.length === 0) return tokens;
  return tokens.map((token) => {
    const isSecret = token.kind !== 'sign' && secrets.some((secret) => secret.start < token.end && secret.end > token.start);
    return isSecret ? { ...token, kind: 'word', text: SECRET_WORD } : token;
  });
}

/** The tokens that a span touches; an empty range where it touches none. */
function tokensIn(tokens: readonly CodeToken[], span: Span): TokenRange {
  const from = tokens.findIndex((token) => token.end > span.start);
  if (from < 0) return { from: tokens.length, to: tokens.length };
  let to = from;
  while (to < tokens.length && (tokens[to]?.start ?? span.end) < span.end) to++;
  return { from, to };
}
