import type { AuditResult } from '../findings/audit-result.ts';
import type { Finding, Fix, Location } from '../findings/finding.ts';
import type { RuleDescription } from '../findings/rule-description.ts';
import { LineIndex } from '../source/line-index.ts';
import { printable, printableCode, printableLine } from './printable.ts';
import { type Redaction, redactionOf } from './redaction.ts';

/** A place in lines and columns: 1-based, in UTF-16 units, the end exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What every format needs of a result: open findings, places as regions, and words without secrets and control characters. */
export class ReportView {
  readonly result: AuditResult;
  readonly open: readonly Finding[];
  readonly redaction: Redaction;
  private readonly indexes = new Map<string, LineIndex | undefined>();
  private readonly rules: ReadonlyMap<string, RuleDescription>;

  constructor(result: AuditResult) {
    this.result = result;
    this.open = result.findings.filter((finding) => finding.status === 'open');
    this.redaction = redactionOf(result.findings, result.textOf);
    this.rules = new Map(result.rules.map((rule) => [rule.id, rule]));
  }

  ruleOf(id: string): RuleDescription | undefined {
    return this.rules.get(id);
  }

  /** The lines of a file; `undefined` for one that was not read. */
  linesOf(path: string): LineIndex | undefined {
    if (!this.indexes.has(path)) {
      const text = this.result.textOf(path);
      this.indexes.set(path, text === undefined ? undefined : new LineIndex(text));
    }
    return this.indexes.get(path);
  }

  /** The region of a place for a reader: one that ends behind a line end is drawn back to the end of that line. */
  region(location: Location): Region {
    const exact = this.exactRegion(location);
    if (exact.endColumn !== 1 || exact.endLine === exact.startLine) return exact;
    const endLine = exact.endLine - 1;
    const lineLength = this.linesOf(location.path)?.lineText(endLine).length ?? 0;
    const endColumn = endLine === exact.startLine ? Math.max(exact.startColumn, lineLength + 1) : lineLength + 1;
    return { ...exact, endLine, endColumn };
  }

  /** The region of a place as it is, for edits; only what lies outside of the text is cut. */
  exactRegion(location: Location): Region {
    const lines = this.linesOf(location.path);
    if (lines === undefined) return { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    const { length } = lines.text;
    const startOffset = Math.max(0, Math.min(location.start, length));
    const start = lines.at(startOffset);
    const end = lines.at(Math.max(startOffset, Math.min(location.end, length)));
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  }

  /** Words of a finding on one line, fit to print. */
  words(text: string, finding?: Finding): string {
    return printableLine(this.redaction.words(text, finding));
  }

  /** The message of a finding on one line, never empty: some formats reject a file with an empty one. */
  message(finding: Finding): string {
    return this.words(finding.message, finding) || this.words(finding.title, finding) || printable(finding.ruleId);
  }

  /** The fix of a finding; `undefined` when its text would have to be changed to be shown: applied, it would not be the fix. */
  fixOf(finding: Finding): Fix | undefined {
    const isChanged = finding.fix?.edits.some(
      ({ replacement }) => printableCode(this.redaction.words(replacement, finding)) !== replacement,
    );
    return isChanged ? undefined : finding.fix;
  }

  /** A path fit to print. */
  path(path: string): string {
    return printable(path);
  }

  /** A path from the top of the repository, fit to print. */
  repositoryPath(path: string): string {
    return printable(this.result.prefixInRepository + path);
  }

  /** Source of a file from one offset to another, secrets masked; not yet printable. */
  maskedText(path: string, start: number, end: number, mask: string): string {
    const text = this.result.textOf(path) ?? '';
    const parts: string[] = [];
    let at = start;
    for (const span of this.redaction.spans(path, start, end)) {
      parts.push(text.slice(at, Math.max(at, span.start)), mask);
      at = Math.max(at, Math.min(span.end, end));
    }
    parts.push(text.slice(at, end));
    return parts.join('');
  }
}
