import { relative } from 'node:path';
import type { AuditResult } from '../findings/audit-result.ts';
import { humanReport } from '../report/human.ts';
import type { Reporter } from '../report/report-options.ts';
import { type ReportOutput, writeNamedFile } from './report-outputs.ts';
import { print, tell } from './streams.ts';
import { FILE_LOOK, type Look } from './terminal.ts';

const REPORTERS: Readonly<Record<string, Reporter>> = { human: humanReport };

/** Names of the formats that `--format` takes. */
export function formatNames(): readonly string[] {
  return Object.keys(REPORTERS);
}

export interface ReportStyle {
  readonly look: Look;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/**
 * Renders each report and puts it where it belongs: files first, so that the terminal ends with what is read.
 * @throws UserError when a file cannot be written
 */
export function writeReports(result: AuditResult, outputs: readonly ReportOutput[], style: ReportStyle): void {
  const { verbose, quiet } = style;
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    writeNamedFile(file, render(format, result, { ...FILE_LOOK, verbose, quiet }));
    if (!quiet) tell(`ratel: wrote ${format} report to ${relative(process.cwd(), file) || file}`);
  }
  for (const { format, file } of outputs) if (file === undefined) print(render(format, result, { ...style.look, verbose, quiet }));
}

function render(format: string, result: AuditResult, options: Parameters<Reporter>[1]): string {
  const reporter = REPORTERS[format];
  if (reporter === undefined) throw new Error(`the format ${format} was accepted and has no reporter`);
  return reporter(result, options);
}
