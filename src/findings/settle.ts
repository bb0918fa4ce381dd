import type { StaleBaselineEntry } from './audit-result.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';
import { matchBaseline } from './baseline-match.ts';
import { compareFindings, deduplicate } from './deduplicate.ts';
import type { Confidence, Finding, Gap, RawFinding, Severity } from './finding.ts';
import { fingerprints } from './fingerprint.ts';
import type { IgnoredIn } from './per-file-ignores.ts';
import { compareConfidence, compareSeverity } from './rating.ts';
import { type Replacement, replacedFindings } from './replaces.ts';
import type { RuleNames, SourceComment } from './suppression-comment.ts';
import { applySuppressions } from './suppressions.ts';

/** What settling needs beside the findings. */
export interface SettleOptions {
  readonly names: RuleNames;
  /** Ids of the rules of this run, the built-in ones included. */
  readonly ran: ReadonlySet<string>;
  readonly replacements: readonly Replacement[];
  readonly textOf: (path: string) => string | undefined;
  /** Files with a gap were not wholly looked at; what is missing there proves nothing. */
  readonly gaps: readonly Gap[];
  readonly requireReason: boolean;
  readonly baseline?: Baseline;
  readonly minSeverity: Severity;
  readonly minConfidence: Confidence;
  readonly isIgnoredIn: IgnoredIn;
  /** Whether a file is reported on; all of the project is looked at either way. */
  readonly isReported: (path: string) => boolean;
}

export interface Settled {
  /** In total order: path, place, rule id. What is below a threshold, ignored in its file or not reported on is left out. */
  readonly findings: readonly Finding[];
  readonly staleBaseline: readonly StaleBaselineEntry[];
  /** Entries of the baseline that this run could not judge; `baselineOf` keeps them. */
  readonly keptBaseline: readonly BaselineEntry[];
}

/**
 * Turns what rules concluded into what reports show: one finding for one cause, each with its identity and with its status
 * (suppressed, baselined or open).
 */
export function settle(raw: readonly RawFinding[], comments: readonly SourceComment[], options: SettleOptions): Settled {
  const isIncomplete = incompleteFiles(options.gaps);
  const distinct = deduplicate(raw);
  const { suppressed, findings: aboutComments } = applySuppressions(distinct, comments, { ...options, isIncomplete });
  const candidates = [...distinct, ...aboutComments].sort(compareFindings);
  const prints = fingerprints(candidates, options.textOf);
  const replaced = replacedFindings(candidates, options.replacements);

  const canJudge = (entry: BaselineEntry) => judges(entry, options) && !isIncomplete(entry.path);
  const baseline = matchBaseline(candidates, prints, options.baseline ?? { entries: [] }, canJudge);

  const findings = candidates.flatMap((finding, at): Finding[] => {
    if (replaced.has(finding) || !isShown(finding, options)) return [];
    const status = suppressed.has(finding) ? 'suppressed' : baseline.accepted[at] ? 'baselined' : 'open';
    return [{ ...finding, fingerprint: prints[at] ?? '', status }];
  });
  return { findings, staleBaseline: baseline.stale, keptBaseline: baseline.kept };
}

function isShown(finding: RawFinding, options: SettleOptions): boolean {
  const { path } = finding.primary;
  return (
    compareSeverity(finding.severity, options.minSeverity) >= 0 &&
    compareConfidence(finding.confidence, options.minConfidence) >= 0 &&
    options.isReported(path) &&
    !options.isIgnoredIn(path, finding.ruleId)
  );
}

/** An entry of a rule that no longer exists is stale; one of a rule that this run left out is not. */
function judges(entry: BaselineEntry, options: SettleOptions): boolean {
  const ran = options.ran.has(entry.rule) || options.names.resolve(entry.rule).length === 0;
  return ran && options.isReported(entry.path) && !options.isIgnoredIn(entry.path, entry.rule);
}

/** A gap about the whole run (`path` is `''`) leaves every file incomplete. */
function incompleteFiles(gaps: readonly Gap[]): (path: string) => boolean {
  const paths = new Set(gaps.map((gap) => gap.path));
  const isWholeRun = paths.has('');
  return (path) => isWholeRun || paths.has(path);
}
