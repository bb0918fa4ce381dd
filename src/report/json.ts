import type { AuditResult } from '../findings/audit-result.ts';
import type { Finding, Location, Severity } from '../findings/finding.ts';
import type { JsonFinding, JsonFix, JsonPlace, JsonReport, JsonSummary } from './json-report.ts';
import { printable } from './printable.ts';
import { ReportView } from './report-view.ts';

/** For programs: the report of `schema/ratel-report-1.schema.json`. Same input, same bytes: it holds neither times nor absolute paths. */
export function jsonReport(result: AuditResult): string {
  const view = new ReportView(result);
  const report: JsonReport = {
    schema: 'ratel-report/1',
    tool: { name: result.tool.name, version: result.tool.version },
    summary: summaryOf(view),
    findings: view.open.map((finding) => findingOf(view, finding)),
    gaps: result.gaps.map((gap) => ({
      path: view.path(gap.path),
      reason: gap.reason,
      detail: view.words(gap.detail),
      ...(gap.line === undefined ? {} : { line: gap.line }),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function summaryOf(view: ReportView): JsonSummary {
  const { findings, stats, rules, gaps, staleBaseline } = view.result;
  const count = (severity: Severity) => view.open.filter((finding) => finding.severity === severity).length;
  return {
    files: stats.files,
    lines: stats.lines,
    rules: rules.length,
    findings: view.open.length,
    bySeverity: { error: count('error'), warning: count('warning'), note: count('note') },
    suppressed: findings.filter((finding) => finding.status === 'suppressed').length,
    baselined: findings.filter((finding) => finding.status === 'baselined').length,
    gaps: gaps.length,
    staleBaseline: staleBaseline.map((entry) => ({
      ruleId: printable(entry.ruleId),
      path: view.path(entry.path),
      fingerprint: printable(entry.fingerprint),
    })),
  };
}

function findingOf(view: ReportView, finding: Finding): JsonFinding {
  const fix = fixOf(view, finding);
  const helpUri = view.ruleOf(finding.ruleId)?.helpUri ?? '';
  return {
    ruleId: printable(finding.ruleId),
    code: printable(finding.code),
    title: view.words(finding.title, finding),
    message: view.message(finding),
    remediation: view.words(finding.remediation, finding),
    severity: finding.severity,
    confidence: finding.confidence,
    cwe: finding.cwe,
    path: view.path(finding.primary.path),
    region: view.region(finding.primary),
    enclosing: view.words(finding.enclosing),
    related: finding.related.map((one) => placeOf(view, finding, one)),
    codeFlow: finding.codeFlow.map((step) => placeOf(view, finding, step)),
    fingerprint: finding.fingerprint,
    ...(fix ? { fix } : {}),
    ...(helpUri === '' ? {} : { helpUri: printable(helpUri) }),
  };
}

function placeOf(view: ReportView, finding: Finding, place: { readonly location: Location; readonly message: string }): JsonPlace {
  const { location } = place;
  return { path: view.path(location.path), region: view.region(location), message: view.words(place.message, finding) };
}

function fixOf(view: ReportView, finding: Finding): JsonFix | undefined {
  const fix = view.fixOf(finding);
  return (
    fix && {
      level: fix.level,
      description: view.words(fix.description, finding),
      edits: fix.edits.map(({ location, replacement }) => ({
        path: view.path(location.path),
        region: view.exactRegion(location),
        replacement,
      })),
    }
  );
}
