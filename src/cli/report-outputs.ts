import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isReportFormat, REPORT_FORMATS, type ReportFormat } from '../report/reporter.ts';
import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';

/** One report that a run writes. */
export interface ReportOutput {
  readonly format: ReportFormat;
  /** Absolute path of its file; absent for standard output. */
  readonly file?: string;
}

/** What the command line says about reports, as it was given. */
export interface OutputWishes {
  /** `NAME` or `NAME=FILE`. */
  readonly formats: readonly string[];
  readonly output?: string | undefined;
}

/**
 * Which reports to write and where to.
 * @throws UserError for an unknown format, for two reports in one place, and for files that cannot be written
 */
export function reportOutputs(wishes: OutputWishes, workingDirectory: string): readonly ReportOutput[] {
  const outputs = (wishes.formats.length === 0 ? ['human'] : wishes.formats).map((wish): ReportOutput => {
    const equals = wish.indexOf('=');
    const format = equals < 0 ? wish : wish.slice(0, equals);
    if (!isReportFormat(format)) {
      const known = Object.keys(REPORT_FORMATS);

      throw new UserError(`There is no report format “${format}”.${didYouMean(format, known)} There are: ${known.join(', ')}.`);
    }
    if (equals < 0) return { format };
    const file = wish.slice(equals + 1);
    if (file === '')
      throw new UserError(`--format ${wish} names no file. Write --format ${format}=FILE, or --format ${format} for standard output.`);
    return { format, file: resolve(workingDirectory, file) };
  });
  const placed = wishes.output === undefined ? outputs : withOutput(outputs, wishes.output, workingDirectory);
  refuseSamePlace(placed);
  for (const { file } of placed) if (file !== undefined) checkWritable(file);
  return placed;
}

function withOutput(outputs: readonly ReportOutput[], output: string, workingDirectory: string): readonly ReportOutput[] {
  if (output === '') throw new UserError('--output names no file. Write --output FILE.');
  const printed = outputs.filter(({ file }) => file === undefined);
  if (printed.length === 0)
    throw new UserError('--output says where the printed report goes, but every --format has a file already. Leave --output out.');
  return outputs.map(({ format, file }) => ({ format, file: file ?? resolve(workingDirectory, output) }));
}

function refuseSamePlace(outputs: readonly ReportOutput[]): void {
  const seen = new Map<string | undefined, string>();
  for (const { format, file } of outputs) {
    const other = seen.get(file);
    if (other === undefined) {
      seen.set(file, format);
      continue;
    }
    const place = file ?? 'standard output';
    throw new UserError(
      `The reports ${other} and ${format} would both go to ${place}. Give one a file of its own: --format ${format}=FILE.`,
    );
  }
}

/** Said before the audit rather than after it. */
function checkWritable(file: string): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new UserError(`${file} is a directory, so no report can be written there. Give the path of a file.`);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new UserError(`The folder ${folder} does not exist, so no report can be written there. Make it first.`);
}

/** Writes a file that the user named. @throws UserError when the system does not allow it */
export function writeNamedFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} cannot be written (${reason}). Choose another place, or make it writable.`);
  }
}
