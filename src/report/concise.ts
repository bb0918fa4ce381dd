import type { AuditResult } from '../findings/audit-result.ts';
import { gapWords } from './gap-words.ts';
import { printable } from './printable.ts';
import type { ReportOptions } from './report-options.ts';
import { ReportView } from './report-view.ts';

/** One line a finding, `path:line:column: severity rule-id message`, which editors, `grep` and language models read without a parser. */
export function conciseReport(result: AuditResult, options: ReportOptions): string {
  const view = new ReportView(result);
  const lines = view.open.map((finding) => {
    const { startLine, startColumn } = view.region(finding.primary);
    const place = `${view.path(finding.primary.path)}:${startLine}:${startColumn}`;
    return `${place}: ${finding.severity} ${printable(finding.ruleId)} ${view.message(finding)}`;
  });
  const gaps = options.quiet ? [] : result.gaps.map((gap) => `${gapPlace(view, gap)}: gap ${gapWords(gap)}`);
  return [...lines, ...gaps].map((line) => `${line}\n`).join('');
}

function gapPlace(view: ReportView, gap: AuditResult['gaps'][number]): string {
  const path = gap.path === '' ? '.' : view.path(gap.path);
  return gap.line === undefined ? path : `${path}:${gap.line}`;
}
