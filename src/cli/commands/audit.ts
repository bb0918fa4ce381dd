import { audit } from '../../audit.ts';
import type { AuditOutcome } from '../../audit-request.ts';
import type { AuditResult } from '../../findings/audit-result.ts';
import { baselineOf, baselineText } from '../../findings/baseline.ts';
import { compareSeverity } from '../../findings/rating.ts';
import { printable } from '../../report/printable.ts';
import { type AuditSettings, auditSettings } from '../audit-settings.ts';
import type { BaselineFile } from '../baseline-file.ts';
import type { AuditArguments } from '../command-line.ts';
import { refuseContradictions } from '../contradictions.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { ProgressLine } from '../progress.ts';
import { type ReportOutput, reportOutputs, writeNamedFile } from '../report-outputs.ts';
import { tell } from '../streams.ts';
import { lookOf } from '../terminal.ts';
import { writeReports } from '../write-reports.ts';
import { fixFiles, showFixes } from './audit-fix.ts';

/** `ratel [audit] [path..]`. @throws UserError for what the user can mend */
export async function runAudit(args: AuditArguments): Promise<ExitCode> {
  refuseContradictions(args);
  const outputs = reportOutputs({ formats: args.format ?? [], output: args.output }, process.cwd());
  const settings = await auditSettings(args, process.cwd());
  if (args.diff === true) {
    const { changes } = await showFixes(settings, args.quiet === true);
    return changes.length > 0 && settings.failOn !== 'never' ? EXIT.findings : EXIT.clean;
  }
  const outcome =
    args.fix === true
      ? (await fixFiles(settings, args.quiet === true)).outcome
      : await auditWithProgress(settings, args.noProgress !== true && args.quiet !== true);
  if (settings.writeBaselineTo !== undefined) return writeBaseline(outcome, settings.writeBaselineTo);

  const { result } = outcome;
  const verbose = args.verbose === true;
  const quiet = args.quiet === true;
  if (!quiet) for (const note of notes(settings, result, outputs, verbose)) tell(`ratel: ${note}`);
  writeReports(result, outputs, { look: lookOf(process.stdout, args.color, process.env), verbose, quiet });
  return fails(result, settings.failOn) ? EXIT.findings : EXIT.clean;
}

async function auditWithProgress(settings: AuditSettings, wanted: boolean): Promise<AuditOutcome> {
  if (!wanted || !process.stderr.isTTY) return audit(settings.request);
  const line = new ProgressLine(process.stderr);
  try {
    return await audit({ ...settings.request, onProgress: line.show });
  } finally {
    line.clear();
  }
}

function writeBaseline({ result, keptBaseline }: AuditOutcome, { file, name }: BaselineFile): ExitCode {
  const baseline = baselineOf(result.findings, keptBaseline);
  writeNamedFile(file, baselineText(baseline));
  const count = baseline.entries.reduce((sum, entry) => sum + entry.count, 0);
  tell(`ratel: ${name} accepts ${count} ${count === 1 ? 'finding' : 'findings'}. Commit it and audit with --baseline ${name}.`);
  return EXIT.clean;
}

function fails(result: AuditResult, failOn: AuditSettings['failOn']): boolean {
  if (failOn === 'never') return false;
  return result.findings.some((finding) => finding.status === 'open' && compareSeverity(finding.severity, failOn) >= 0);
}

/** What the reader would not find out from the reports. */
function notes(
  { request, namedFiles }: AuditSettings,
  result: AuditResult,
  outputs: readonly ReportOutput[],
  verbose: boolean,
): readonly string[] {
  const { length: gaps } = result.gaps;
  const hidesGaps = gaps > 0 && outputs.every(({ format }) => format === 'gitlab');
  const aboutGaps = `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}: not everything was looked at. GitLab’s format has no place for that; add --format human.`;
  return [...(hidesGaps ? [aboutGaps] : []), ...notesOnFiles(request.only, namedFiles, result, verbose)];
}

function notesOnFiles(
  only: readonly string[] | undefined,
  namedFiles: readonly string[],
  result: AuditResult,
  verbose: boolean,
): readonly string[] {
  if (only?.length === 0) return ['no file has changed, so there is nothing to report on'];
  const missed = namedFiles.filter((path) => result.textOf(path) === undefined);
  if (missed.length === 0 || (missed.length < namedFiles.length && !verbose)) return [];
  return [
    `not audited, because excluded or of no kind that ratel reads: ${missed.map(printable).join(', ')} (in ${printable(result.root)})`,
  ];
}
