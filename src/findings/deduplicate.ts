import { compareText } from '../util/compare-text.ts';
import { groupBy } from '../util/group-by.ts';
import type { Location, RawFinding } from './finding.ts';
import { compareConfidence, compareSeverity } from './rating.ts';

/** Total order of findings: path, place, rule id, then whatever else tells two apart, so that the input's order never shows. */
export function compareFindings(a: RawFinding, b: RawFinding): number {
  return (
    compareText(a.primary.path, b.primary.path) ||
    a.primary.start - b.primary.start ||
    compareText(a.ruleId, b.ruleId) ||
    a.primary.end - b.primary.end ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

/**
 * One cause, one finding: of those with the same rule and primary place the one with the highest severity, then confidence, then the
 * shortest flow stays. It takes over the secrets of the others. The result is in total order.
 */
export function deduplicate(findings: readonly RawFinding[]): readonly RawFinding[] {
  const groups = groupBy(findings, ({ ruleId, primary }) => `${ruleId}\n${primary.path}\n${primary.start}\n${primary.end}`);
  return [...groups.values()].map(best).sort(compareFindings);
}

function best(same: readonly RawFinding[]): RawFinding {
  const [kept, ...others] = [...same].sort(
    (a, b) =>
      compareSeverity(b.severity, a.severity) ||
      compareConfidence(b.confidence, a.confidence) ||
      flowLength(a) - flowLength(b) ||
      compareFindings(a, b),
  ) as [RawFinding, ...RawFinding[]];
  if (!others.some((other) => other.secrets)) return kept;
  return { ...kept, secrets: distinct([kept, ...others].flatMap((one) => one.secrets ?? [])) };
}

/** A finding that shows how the value got there is better than one that does not, and a short way is read sooner. */
function flowLength(finding: RawFinding): number {
  return finding.codeFlow.length === 0 ? Number.POSITIVE_INFINITY : finding.codeFlow.length;
}

function distinct(places: readonly Location[]): readonly Location[] {
  const byKey = new Map(places.map((place) => [`${place.path}\n${place.start}\n${place.end}`, place]));
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, place]) => place);
}
