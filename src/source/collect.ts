import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareText } from '../util/compare-text.ts';
import { UserError } from '../util/user-error.ts';
import { describeFileSystemError, errorCode } from './file-system-error.ts';
import { compareGaps, type Gap } from './gap.ts';
import { findGitRoot } from './git-directory.ts';
import { SOURCE_LIMITS, type SourceLimits } from './limits.ts';
import { compileSelection, type SelectionOptions } from './selection.ts';
import type { SourceFile } from './source-file.ts';
import { Walk } from './walk.ts';

/** What to collect. */
export interface CollectOptions extends SelectionOptions {
  /** Directory to audit. */
  readonly root: string;
  /** Whether `.gitignore` and `.git/info/exclude` count; they do by default. */
  readonly respectGitignore?: boolean;
  /** For tests of the limits. */
  readonly limits?: Partial<SourceLimits>;
}

/** What collect found. */
export interface Collected {
  /** The audited root, absolute, symbolic links resolved. */
  readonly root: string;
  /** Top of the Git work tree around the root, absolute. */
  readonly gitRoot: string | undefined;
  /** By path, in code-unit order; no path twice. */
  readonly files: readonly SourceFile[];
  readonly gaps: readonly Gap[];
}

/**
 * Finds every file of a project, with its kind and role. Ignore files of every level count, also those above the root up to the
 * top of the work tree; what Git tracks is collected even where a pattern would ignore it, as Git does.
 * Nothing below the root makes this throw: what cannot be read is a gap, and the rest goes on.
 *
 * @throws UserError when the root is no directory that can be read.
 */
export function collect(options: CollectOptions): Collected {
  const root = openRoot(options.root);
  const gitRoot = findGitRoot(root);
  const walk = new Walk(root, compileSelection(root, options), { ...SOURCE_LIMITS, ...options.limits }, options.respectGitignore ?? true);
  walk.start(gitRoot);
  walk.files.sort((left, right) => compareText(left.path, right.path));
  walk.gaps.sort(compareGaps);
  return { root, gitRoot, files: walk.files, gaps: walk.gaps };
}

function openRoot(given: string): string {
  try {
    const root = realpathSync.native(resolve(given));
    if (!lstatSync(root).isDirectory()) throw new UserError(`${given} is a file, not a directory to audit. Give its directory.`);
    readdirSync(root);
    return root;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such directory' : describeFileSystemError(error);
    throw new UserError(`Cannot audit ${given}: ${reason}. Give the path of a directory that you can read.`);
  }
}
