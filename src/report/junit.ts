import type { AuditResult } from '../findings/audit-result.ts';
import type { Finding, Gap } from '../findings/finding.ts';
import { groupBy } from '../util/group-by.ts';
import { gapWords, reasonWords } from './gap-words.ts';
import { ReportView } from './report-view.ts';

/**
 * JUnit's XML, which every CI server reads: a suite for each file, a failing case for each finding, one passing case when there is none.
 * What was not looked at is a case that was skipped.
 */
export function junitReport(result: AuditResult): string {
  const view = new ReportView(result);
  const suites = [...groupBy(view.open, (finding) => finding.primary.path)].map(([path, findings]) => suite(view, path, findings));
  const body =
    suites.length > 0
      ? suites
      : [`  <testsuite name="ratel" tests="1" failures="0">\n    <testcase name="no findings" classname="ratel"/>\n  </testsuite>`];
  const { gaps } = result;
  if (gaps.length > 0) body.push(gapSuite(view, gaps));
  const counts = `tests="${Math.max(1, view.open.length) + gaps.length}" failures="${view.open.length}"${skipped(gaps)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ratel" ${counts}>\n${body.join('\n')}\n</testsuites>\n`;
}

function suite(view: ReportView, path: string, findings: readonly Finding[]): string {
  const name = escaped(view.repositoryPath(path));
  const cases = findings.map((finding) => testCase(view, name, finding));
  return `  <testsuite name="${name}" tests="${findings.length}" failures="${findings.length}">\n${cases.join('\n')}\n  </testsuite>`;
}

function gapSuite(view: ReportView, gaps: readonly Gap[]): string {
  const cases = gaps.map((gap) => {
    const file = escaped(view.repositoryPath(gap.path) || '.');
    const line = gap.line === undefined ? '' : ` line="${gap.line}"`;
    const name = escaped(reasonWords(gap.reason));
    return `    <testcase name="${name}" classname="${file}" file="${file}"${line}>\n      <skipped message="${escaped(gapWords(gap))}"/>\n    </testcase>`;
  });
  return `  <testsuite name="not looked at" tests="${gaps.length}" failures="0"${skipped(gaps)}>\n${cases.join('\n')}\n  </testsuite>`;
}

function skipped(gaps: readonly Gap[]): string {
  return gaps.length === 0 ? '' : ` skipped="${gaps.length}"`;
}

function testCase(view: ReportView, file: string, finding: Finding): string {
  const { startLine, startColumn } = view.region(finding.primary);
  const name = escaped(`${view.words(finding.ruleId)} at ${startLine}:${startColumn}`);
  const message = escaped(view.message(finding));
  const advice = escaped(view.words(finding.remediation, finding));
  return [
    `    <testcase name="${name}" classname="${file}" file="${file}" line="${startLine}">`,
    `      <failure type="${finding.severity}" message="${message}">${file}:${startLine}:${startColumn}: ${message} ${advice}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** For XML text and attributes; control characters are gone already, and the two non-characters that XML forbids go here. */
function escaped(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
