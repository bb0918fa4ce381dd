import { LineIndex } from '../source/line-index.ts';
import { groupBy } from '../util/group-by.ts';
import { BUILTIN_RULES, SUPPRESSION_MALFORMED, SUPPRESSION_UNUSED } from './builtin-rules.ts';
import type { RawFinding } from './finding.ts';
import { FindingBuilder, type FindingContext } from './finding-builder.ts';
import { StatementReader } from './statement-code.ts';
import { type MalformedSuppression, parseComment, type RuleNames, type SourceComment, type Suppression } from './suppression-comment.ts';
import { suppressionFix } from './suppression-fix.ts';
import { type SuppressedLines, suppressedLines } from './suppression-reach.ts';

export interface SuppressionOptions {
  readonly names: RuleNames;
  readonly textOf: (path: string) => string | undefined;
  readonly requireReason: boolean;
  /** Ids of the rules of this run: a suppression of another rule is never called unused. */
  readonly ran: ReadonlySet<string>;
  /** Files that were not wholly looked at: their suppressions are never called unused. */
  readonly isIncomplete: (path: string) => boolean;
}

export interface SuppressionOutcome {
  /** Those of the given findings that a comment suppresses. */
  readonly suppressed: ReadonlySet<RawFinding>;
  /** Findings about the comments themselves: malformed and unused ones. */
  readonly findings: readonly RawFinding[];
}

/** Applies the suppression comments of all files to the findings, and says which comments are malformed or needless. */
export function applySuppressions(
  findings: readonly RawFinding[],
  comments: readonly SourceComment[],
  options: SuppressionOptions,
): SuppressionOutcome {
  const suppressed = new Set<RawFinding>();
  const aboutComments: RawFinding[] = [];
  const findingsOf = groupBy(findings, (finding) => finding.primary.path);
  for (const [path, ofFile] of groupBy(comments, (comment) => comment.path)) {
    const text = options.textOf(path);
    if (text === undefined) continue;
    const file = new FileSuppressions(new LineIndex(text), ofFile, options);
    for (const finding of findingsOf.get(path) ?? []) {
      if (file.suppresses(finding)) suppressed.add(finding);
    }
    for (const finding of file.problems()) aboutComments.push(finding);
  }
  return { suppressed, findings: aboutComments };
}

/** The suppressions of one file and which of their names turned out to be needed. */
class FileSuppressions {
  private readonly lines: LineIndex;
  private readonly options: SuppressionOptions;
  private readonly suppressions: Suppression[] = [];
  private readonly malformed: MalformedSuppression[] = [];
  private readonly reach: readonly SuppressedLines[];
  private readonly longest: number;
  private readonly statements: StatementReader;
  private readonly used = new Map<Suppression, Set<string>>();

  constructor(lines: LineIndex, comments: readonly SourceComment[], options: SuppressionOptions) {
    this.lines = lines;
    this.statements = new StatementReader(() => lines.text);
    this.options = options;
    for (const comment of comments) {
      const parsed = parseComment(comment, lines.text.slice(comment.start, comment.end), options);
      this.suppressions.push(...parsed.suppressions);
      this.malformed.push(...parsed.malformed);
    }
    this.reach = this.suppressions.length === 0 ? [] : suppressedLines(this.suppressions, comments, lines);
    this.longest = this.reach.reduce((most, one) => Math.max(most, one.last - one.first), 0);
  }

  /** Whether a comment suppresses a finding; the names that do are marked as used. */
  suppresses(finding: RawFinding): boolean {
    if (this.reach.length === 0 || finding.ruleId === SUPPRESSION_MALFORMED.id) return false;
    let isSuppressed = false;
    for (const span of this.statements.reachOf(finding)) {
      const first = this.lines.at(span.start).line;
      const last = this.lines.at(Math.max(span.start, span.end - 1)).line;
      for (const suppression of this.touching(first, last)) {
        if (this.use(suppression, finding.ruleId)) isSuppressed = true;
      }
    }
    return isSuppressed;
  }

  /** Findings about the comments of this file. Ask when all findings have been put to {@link suppresses}. */
  problems(): readonly RawFinding[] {
    const { ran } = this.options;
    const malformed = ran.has(SUPPRESSION_MALFORMED.id) ? this.malformed : [];
    const unused = ran.has(SUPPRESSION_UNUSED.id) ? this.suppressions : [];
    return [...malformed.map((one) => this.malformedFinding(one)), ...unused.flatMap((one) => this.unusedFinding(one))];
  }

  private *touching(first: number, last: number): Iterable<Suppression> {
    let low = 0;
    let high = this.reach.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.reach[middle]?.first ?? 0) < first - this.longest) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.reach.length; at++) {
      const one = this.reach[at] as SuppressedLines;
      if (one.first > last) return;
      if (one.last >= first) yield one.suppression;
    }
  }

  private use(suppression: Suppression, ruleId: string): boolean {
    const fitting = suppression.names.filter((one) => one.ruleIds.includes(ruleId));
    const used = this.used.get(suppression) ?? new Set();
    for (const { name } of fitting) used.add(name);
    this.used.set(suppression, used);
    return fitting.length > 0;
  }

  private malformedFinding(one: MalformedSuppression): RawFinding {
    return this.build(SUPPRESSION_MALFORMED.id).at(one.directive).say({ problem: one.problem }).build();
  }

  private unusedFinding(suppression: Suppression): readonly RawFinding[] {
    const { ran, isIncomplete } = this.options;
    const isKeptOnPurpose = suppression.names.some((one) => one.ruleIds.includes(SUPPRESSION_UNUSED.id));
    if (isKeptOnPurpose || isIncomplete(suppression.comment.path)) return [];
    const used = this.used.get(suppression);
    const unused = suppression.names.filter((one) => !used?.has(one.name) && one.ruleIds.every((id) => ran.has(id)));
    if (unused.length === 0) return [];
    const names = new Set(unused.map((one) => one.name));
    const finding = this.build(SUPPRESSION_UNUSED.id)
      .at(suppression.directive)
      .say({ rules: [...names].join(', ') })
      .mendWith(suppressionFix(suppression, names, this.lines));
    return [finding.build()];
  }

  private build(ruleId: string): FindingBuilder {
    const context: FindingContext = {
      ruleOf: (id) => BUILTIN_RULES.find((rule) => rule.id === id),
      textOf: () => this.lines.text,
    };
    return new FindingBuilder(context, ruleId);
  }
}
