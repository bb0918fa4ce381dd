/**
 * Validates SARIF files with Microsoft's multitool and GitHub's own ingestion rules, offline: `tsx scripts/validate-sarif.ts FILE…`.
 * Fails on any error or warning. The tool is the npm package `@microsoft/sarif-multitool` (95 MB, so it is not among our
 * dependencies): install it anywhere and set SARIF_MULTITOOL to its binary, or install it beside ratel with `npm i --no-save`.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'win32' };

/** Where the multitool's binary is; `undefined` when it is not installed. */
export function findMultitool(environment: NodeJS.ProcessEnv, root = '.'): string | undefined {
  const platform = PLATFORMS[process.platform] ?? 'linux';
  const name = process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool';
  const installed = join(root, 'node_modules', '@microsoft', `sarif-multitool-${platform}`, name);
  return [environment.SARIF_MULTITOOL, installed].find((path) => path !== undefined && path !== '' && existsSync(path));
}

/**
 * What the multitool finds wrong with SARIF files, one line each; empty when it finds nothing.
 * @throws Error when the tool itself fails
 */
export function validateSarif(multitool: string, files: readonly string[]): readonly string[] {
  if (process.platform !== 'win32') chmodSync(multitool, 0o755);
  const folder = mkdtempSync(join(tmpdir(), 'ratel-sarif-'));
  try {
    const output = join(folder, 'validation.sarif');
    runValidation(multitool, files, output);
    const log: Log = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, ''));
    return log.runs.flatMap((run) =>
      (run.results ?? []).flatMap((result) => {
        // A result without a level has that of its rule; the multitool writes it out unless it is a warning.
        const level = result.level ?? 'warning';
        if (level === 'note' || level === 'none') return [];
        const place = result.locations?.[0]?.physicalLocation;
        const text = result.message.text ?? `${result.message.id} ${(result.message.arguments ?? []).join(' | ')}`;
        return [`${place?.artifactLocation?.uri ?? files.join(' ')}:${place?.region?.startLine ?? 1}: ${level} ${result.ruleId}: ${text}`];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tool ends with 1 when it finds something, which its output file tells as well; without that file it has failed. */
function runValidation(multitool: string, files: readonly string[], output: string): void {
  try {
    execFileSync(multitool, ['validate', ...files, '--rule-kind', 'Sarif;Gh;Ghas', '-o', output, '--log', 'ForceOverwrite'], {
      stdio: 'pipe',
    });
  } catch (error) {
    if (!existsSync(output)) throw error;
  }
}

function main(files: readonly string[]): number {
  const multitool = findMultitool(process.env);
  if (multitool === undefined) {
    console.error('The SARIF multitool is not installed. Install @microsoft/sarif-multitool and set SARIF_MULTITOOL to its binary.');
    return 2;
  }
  const problems = validateSarif(multitool, files);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.error(`${files.length} SARIF files are valid`);
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) process.exitCode = main(process.argv.slice(2));
