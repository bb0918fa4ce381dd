import type { Confidence, Location, RawFinding, Severity } from '../../src/findings/finding.ts';
import type { RuleDescription } from '../../src/findings/rule-description.ts';

/** A rule description with only what the test is about spelled out. */
export function ruleNamed(id: string, changes: Partial<RuleDescription> = {}): RuleDescription {
  return {
    id,
    code: 'TST101',
    family: 'tests',
    mode: 'match',
    title: `Title of ${id}`,
    message: 'Something is wrong with {thing}.',
    remediation: 'Do it another way.',
    severity: 'warning',
    confidence: 'high',
    profile: 'default',
    cwe: [],
    owasp: [],
    aliases: [],
    references: [],
    helpUri: '',
    ...changes,
  };
}

export interface FindingChanges {
  readonly rule?: string;
  readonly path?: string;
  /** Code of the primary place; its first occurrence in the text, or the one behind `after`. */
  readonly at: string;
  readonly after?: string;
  /** Code of the statement; the line(s) of the primary place when absent. */
  readonly statement?: string;
  readonly enclosing?: string;
  readonly message?: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly more?: Partial<RawFinding>;
}

/** A finding about a piece of code, named by the code itself. */
export function findingIn(text: string, changes: FindingChanges): RawFinding {
  const path = changes.path ?? 'app.py';
  const primary = locate(text, path, changes.at, changes.after);
  const statement = changes.statement === undefined ? linesAround(text, primary) : locate(text, path, changes.statement, changes.after);
  return {
    ruleId: changes.rule ?? 'bad-thing',
    code: 'TST101',
    title: 'Bad thing',
    message: changes.message ?? 'Something is wrong here.',
    remediation: 'Do it another way.',
    severity: changes.severity ?? 'warning',
    confidence: changes.confidence ?? 'high',
    cwe: [],
    primary,
    statement,
    enclosing: changes.enclosing ?? '',
    related: [],
    codeFlow: [],
    ...changes.more,
  };
}

/** The place of a piece of code in a text. */
export function locate(text: string, path: string, code: string, after?: string): Location {
  const from = after === undefined ? 0 : text.indexOf(after);
  const start = from < 0 ? -1 : text.indexOf(code, from);
  if (start < 0) throw new Error(`the test's text does not hold ${JSON.stringify(code)}`);
  return { path, start, end: start + code.length };
}

function linesAround(text: string, place: Location): Location {
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const start = lineStart + (/^\s*/.exec(text.slice(lineStart, place.start))?.[0].length ?? 0);
  const lineEnd = text.indexOf('\n', place.end);
  return { path: place.path, start, end: lineEnd < 0 ? text.length : lineEnd };
}
