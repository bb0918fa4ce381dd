import type { AuditResult } from '../findings/audit-result.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { compareSeverity } from '../findings/rating.ts';
import { gapWords } from './gap-words.ts';
import type { ReportOptions } from './report-options.ts';
import { ReportView } from './report-view.ts';

/** Annotations of one kind that GitHub shows for a step; the rest is only in the log. (https://docs.github.com/en/actions/reference/limits) */
const SHOWN_PER_KIND = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands of GitHub Actions, which become annotations without any permission or upload. The worst come first, because only ten of a kind are shown. */
export function githubReport(result: AuditResult, options: ReportOptions): string {
  const view = new ReportView(result);
  const findings = [...view.open].sort((a, b) => compareSeverity(b.severity, a.severity));
  const lines = findings.map((finding) => annotation(view, finding));
  const hidden = (Object.keys(COMMANDS) as Severity[])
    .map((severity) => findings.filter((finding) => finding.severity === severity).length - SHOWN_PER_KIND)
    .reduce((sum, count) => sum + Math.max(0, count), 0);
  if (hidden > 0)
    lines.push(`${hidden} of ${findings.length} findings are in this log only: GitHub shows ${SHOWN_PER_KIND} annotations of a kind`);
  if (!options.quiet) {
    for (const gap of result.gaps)
      lines.push(`::notice title=Not looked at::${data(`${view.repositoryPath(gap.path)}: ${gapWords(gap)}`)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(view: ReportView, finding: Finding): string {
  const { startLine, startColumn, endLine, endColumn } = view.region(finding.primary);
  const columns = startLine === endLine ? [`col=${startColumn}`, `endColumn=${endColumn}`] : [];
  const properties = [
    `file=${property(view.repositoryPath(finding.primary.path))}`,
    `line=${startLine}`,
    `endLine=${endLine}`,
    ...columns,
    `title=${property(`${view.words(finding.ruleId)}: ${view.words(finding.title, finding)}`)}`,
  ];
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${data(`${view.message(finding)} ${view.words(finding.remediation, finding)}`)}`;
}

/** Escapes as the Actions toolkit reads it (https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts). */
function data(text: string): string {
  return text.trim().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
