import type { AuditResult } from '../findings/audit-result.ts';
import type { Finding } from '../findings/finding.ts';
import { ReportView } from './report-view.ts';

type CodeQualitySeverity = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

/** From this `securitySeverity` on GitHub speaks of critical; the same border is used here. */
const CRITICAL_FROM = 9;

/**
 * GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). The rule's name is not
 * shown there, so the description repeats it. Paths are from the top of the repository.
 */
export function gitlabReport(result: AuditResult): string {
  const view = new ReportView(result);
  const entries = view.open.map((finding) => {
    const { startLine, endLine } = view.region(finding.primary);
    return {
      description: `${view.words(finding.ruleId)}: ${view.message(finding)}`,
      check_name: view.words(finding.ruleId),
      fingerprint: finding.fingerprint,
      severity: severityOf(finding, view.ruleOf(finding.ruleId)?.securitySeverity),
      location: { path: view.repositoryPath(finding.primary.path), lines: { begin: startLine, end: endLine } },
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function severityOf(finding: Finding, securitySeverity: number | undefined): CodeQualitySeverity {
  if (finding.severity === 'note') return 'info';
  if (finding.severity === 'warning') return 'minor';
  return securitySeverity !== undefined && securitySeverity >= CRITICAL_FROM ? 'critical' : 'major';
}
