import { join, resolve } from 'node:path';
import type { AuditRequest } from '../audit-request.ts';
import type { Severity } from '../findings/finding.ts';
import type { Config } from '../source/config.ts';
import { auditedPaths } from './audited-paths.ts';
import { type BaselineFile, DEFAULT_BASELINE, readBaselineFile, readReplacedBaseline } from './baseline-file.ts';
import type { AuditArguments } from './command-line.ts';
import { configurationFor, packFolders } from './configuration.ts';
import { wordsOf } from './lists.ts';
import { shownPath } from './shown-path.ts';

/** One run of `ratel audit`: the command line over the configuration over the defaults. */
export interface AuditSettings {
  readonly request: AuditRequest;
  readonly failOn: Severity | 'never';
  /** Files that were named one by one, relative to the root. */
  readonly namedFiles: readonly string[];
  /** Where `--write-baseline` writes; absent without it. */
  readonly writeBaselineTo?: BaselineFile;
}

/** @throws UserError for missing paths, unknown revisions, and files that cannot be read */
export async function auditSettings(args: AuditArguments, workingDirectory: string): Promise<AuditSettings> {
  const { root, only } = auditedPaths(args.paths, workingDirectory);
  const config = await configurationFor(root, args, workingDirectory);
  const known = baselineAt(args, config, workingDirectory);
  const written = args.writeBaseline === true ? (known ?? fileAt(join(root, DEFAULT_BASELINE))) : undefined;
  const baseline = written === undefined ? known && (await readBaselineFile(known)) : await readReplacedBaseline(written);
  const reported = args.since === undefined ? only : within(await changedSince(root, args.since), only);
  const select = wordsOf(args.select) ?? config.select;

  const request: AuditRequest = {
    root,
    ...(reported === undefined ? {} : { only: reported }),
    config,
    profile: args.profile ?? config.profile,
    ...(select.length === 0 ? {} : { select }),
    ignore: [...config.ignore, ...(wordsOf(args.ignore) ?? [])],
    minSeverity: args.minSeverity ?? config.minSeverity,
    minConfidence: args.minConfidence ?? config.minConfidence,
    packs: packFolders(args.rules, config, workingDirectory),
    ...(baseline === undefined ? {} : { baseline }),
  };
  return {
    request,
    namedFiles: (only ?? []).filter((path) => !path.endsWith('/')),
    failOn: args.exitZero === true ? 'never' : (args.failOn ?? config.failOn),
    ...(written === undefined ? {} : { writeBaselineTo: written }),
  };
}

/** The baseline that is named by the command line, else by the configuration. */
function baselineAt(args: AuditArguments, config: Config, workingDirectory: string): BaselineFile | undefined {
  if (args.baseline !== undefined) return { file: resolve(workingDirectory, args.baseline), name: args.baseline };
  return config.baseline === undefined ? undefined : fileAt(config.baseline);
}

function fileAt(file: string): BaselineFile {
  return { file, name: shownPath(file) };
}

/** The changed files that are also asked for. */
function within(changed: readonly string[], only: readonly string[] | undefined): readonly string[] {
  if (only === undefined) return changed;
  return changed.filter((path) => only.some((entry) => path === entry || (entry.endsWith('/') && path.startsWith(entry))));
}

/** Most runs ask nothing of Git, and running programs takes a part of Node that they need not load. */
async function changedSince(root: string, revision: string): Promise<readonly string[]> {
  const { changedFiles } = await import('./changed-files.ts');
  return changedFiles(root, revision);
}
