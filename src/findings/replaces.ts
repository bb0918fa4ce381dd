import { groupBy } from '../util/group-by.ts';
import type { Location, RawFinding } from './finding.ts';

/** The first rule says all that the second would say of the same place, and more; only the first is shown there. */
export type Replacement = readonly [winner: string, loser: string];

/**
 * Those findings that another one at the same place replaces: both in one statement, or their primary places overlap.
 * @throws Error when rules replace each other in a circle, which would leave nothing
 */
export function replacedFindings(findings: readonly RawFinding[], replacements: readonly Replacement[]): ReadonlySet<RawFinding> {
  refuseCircles(replacements);
  const winnersOf = groupBy(replacements, ([, loser]) => loser);
  const byRule = groupBy(findings, (finding) => finding.ruleId);
  const replaced = new Set<RawFinding>();
  for (const [loser, pairs] of winnersOf) {
    const losers = byRule.get(loser) ?? [];
    if (losers.length === 0) continue;
    const winners = groupBy(
      pairs.flatMap(([winner]) => byRule.get(winner) ?? []),
      (finding) => finding.primary.path,
    );
    for (const finding of losers) {
      if (winners.get(finding.primary.path)?.some((winner) => samePlace(winner, finding))) replaced.add(finding);
    }
  }
  return replaced;
}

function samePlace(a: RawFinding, b: RawFinding): boolean {
  const sameStatement = a.statement.start === b.statement.start && a.statement.end === b.statement.end;
  return sameStatement || overlap(a.primary, b.primary);
}

function overlap(a: Location, b: Location): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

function refuseCircles(replacements: readonly Replacement[]): void {
  const losersOf = groupBy(replacements, ([winner]) => winner);
  const open = new Set<string>();
  const done = new Set<string>();
  const visit = (rule: string): void => {
    if (open.has(rule)) throw new Error(`internal error: rules replace each other in a circle: ${[...open, rule].join(' → ')}`);
    if (done.has(rule)) return;
    open.add(rule);
    for (const [, loser] of losersOf.get(rule) ?? []) visit(loser);
    open.delete(rule);
    done.add(rule);
  };
  for (const [winner] of replacements) visit(winner);
}
