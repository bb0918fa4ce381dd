import type { StaleBaselineEntry } from './audit-result.ts';
import { type Baseline, type BaselineEntry, baselineKey } from './baseline.ts';
import type { RawFinding } from './finding.ts';

export interface BaselineMatch {
  /** For each finding, in the order given, whether an entry accepts it. */
  readonly accepted: readonly boolean[];
  /** Entries, or what is left of their count, that this run could have matched and did not. */
  readonly stale: readonly StaleBaselineEntry[];
  /** Entries that this run could not judge; a rewritten baseline has to keep them. */
  readonly kept: readonly BaselineEntry[];
}

/**
 * Matches findings with the entries of a baseline. Each finding uses up one of an entry's count, so that an accepted finding never
 * hides a second one like it.
 * @param canJudge whether this run would have found what an entry accepts: its rule ran and its file was wholly looked at
 */
export function matchBaseline(
  findings: readonly RawFinding[],
  prints: readonly string[],
  baseline: Baseline,
  canJudge: (entry: BaselineEntry) => boolean,
): BaselineMatch {
  const left = new Map<string, number>();
  for (const entry of baseline.entries) {
    const key = baselineKey(entry.rule, entry.path, entry.fingerprint);
    left.set(key, (left.get(key) ?? 0) + entry.count);
  }
  const accepted = findings.map((finding, at) => {
    const key = baselineKey(finding.ruleId, finding.primary.path, prints[at] ?? '');
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count > 0;
  });
  const stale: StaleBaselineEntry[] = [];
  const kept: BaselineEntry[] = [];
  for (const entry of baseline.entries) {
    const key = baselineKey(entry.rule, entry.path, entry.fingerprint);
    const count = Math.min(entry.count, left.get(key) ?? 0);
    if (count === 0) continue;
    left.set(key, (left.get(key) ?? 0) - count);
    if (canJudge(entry)) stale.push({ ruleId: entry.rule, path: entry.path, fingerprint: entry.fingerprint });
    else kept.push({ ...entry, count });
  }
  return { accepted, stale, kept };
}
