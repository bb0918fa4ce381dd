import type { AuditResult } from '../findings/audit-result.ts';
import { REPORT_FORMATS, type ReportOptions } from '../report/reporter.ts';
import { type ReportOutput, writeNamedFile } from './report-outputs.ts';
import { shownPath } from './shown-path.ts';
import { print, tell } from './streams.ts';
import { FILE_LOOK, type Look } from './terminal.ts';

export interface ReportStyle {
  readonly look: Look;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/**
 * Renders each report and puts it where it belongs: files first, so that what is printed is the last that is seen.
 * @throws UserError when a file cannot be written
 */
export function writeReports(result: AuditResult, outputs: readonly ReportOutput[], style: ReportStyle): void {
  const { verbose, quiet } = style;
  const open = result.findings.filter((finding) => finding.status === 'open').length;
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    writeNamedFile(file, render(format, result, { ...FILE_LOOK, verbose, quiet }));
    if (!quiet) tell(`ratel: ${open} ${open === 1 ? 'finding' : 'findings'} written to ${shownPath(file)} (${format})`);
  }
  for (const { format, file } of outputs) if (file === undefined) print(render(format, result, { ...style.look, verbose, quiet }));
}

function render(format: ReportOutput['format'], result: AuditResult, options: ReportOptions): string {
  return REPORT_FORMATS[format].render(result, options);
}
