import { type CodeToken, syntaxOf, tokenise } from './code-tokens.ts';
import type { RawFinding } from './finding.ts';
import { normaliseCode, type TokenRange } from './normalise-code.ts';
import { type StatementHeader, statementHeader } from './statement-header.ts';

/** Offsets of a file's text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What identity and suppressions need to know of the code around a finding. */
export interface StatementCode {
  /** The code that identifies the finding inside its function, independent of formatting, comments and place. */
  readonly code: string;
  /** The spans whose lines belong to the finding: its statement, of a compound one only the header, and the primary place. */
  readonly reach: readonly Span[];
}

/**
 * A statement longer than this (in UTF-16 units) is identified by its primary place alone: it is a table of data whose other rows
 * come and go, and comparing all of it for each of its findings would cost the square of its length.
 */
const LONG_STATEMENT = 10_000;

/** Stands for a secret in the code: identity must not reveal it, and changing the secret is not a new finding. */
const SECRET_WORD = '__secret__';

type PlacedFinding = Pick<RawFinding, 'primary' | 'statement' | 'secrets'>;

/** Reads the statement around a finding; `text` is its file's text, `undefined` when the file was not read. */
export function statementCode(finding: PlacedFinding, text: string | undefined): StatementCode {
  if (text === undefined) return { code: '', reach: [finding.primary] };
  const { primary, statement } = finding;
  const tokens = tokensOf(finding, text, statement);
  const header = syntaxOf(primary.path) === 'python' ? statementHeader(tokens) : undefined;
  const headerEnd = header && tokens[header.to - 1]?.end;
  if (header === undefined || headerEnd === undefined) {
    const isLong = statement.end - statement.start > LONG_STATEMENT;
    return { code: isLong ? primaryCode(finding, text) : simpleCode(tokens, primary), reach: [statement, primary] };
  }
  const headerSpan = { start: statement.start, end: headerEnd };
  if (primary.start >= headerEnd) return { code: primaryCode(finding, text), reach: [headerSpan, primary] };
  const primaryReach = { start: primary.start, end: Math.min(primary.end, headerEnd) };
  return { code: compoundCode(tokens, header, tokensIn(tokens, primary)), reach: [headerSpan, primaryReach] };
}

function simpleCode(tokens: readonly CodeToken[], primary: Span): string {
  const focus = tokensIn(tokens, primary);
  return twoParts(normaliseCode(tokens, { from: 0, to: tokens.length }, focus), normaliseCode(tokens, focus, focus));
}

function primaryCode(finding: PlacedFinding, text: string): string {
  const tokens = tokensOf(finding, text, finding.primary);
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

/** The tokens of a span, secrets replaced; `start` and `end` are offsets of the file. */
function tokensOf(finding: PlacedFinding, text: string, span: Span): readonly CodeToken[] {
  const path = finding.primary.path;
  const secrets = (finding.secrets ?? []).filter((secret) => secret.path === path);
  const code = text.slice(span.start, Math.min(span.end, span.start + LONG_STATEMENT));
  return tokenise(code, syntaxOf(path)).map((token) => {
    const placed = { ...token, start: token.start + span.start, end: token.end + span.start };
    const isSecret = token.kind !== 'sign' && secrets.some((secret) => secret.start < placed.end && secret.end > placed.start);
    return isSecret ? { ...placed, kind: 'word', text: SECRET_WORD } : placed;
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
