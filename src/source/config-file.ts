import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { UserError } from '../util/user-error.ts';
import { describeFileSystemError, errorCode } from './file-system-error.ts';
import { findGitRoot } from './git-directory.ts';
import { prefixBelow } from './prefix-below.ts';
import { findProjectRoot } from './project-root.ts';
import { realPath } from './real-path.ts';

/** A configuration as it stands in its file, not yet checked. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As messages name it: relative to the working directory when below it. */
  readonly shownAs: string;
  readonly text: string;
  /** What `[tool.ratel]` or the whole of a `ratel.toml` holds. */
  readonly table: unknown;
  /** Names before each key in the file: `['tool', 'ratel']`, or nothing for `ratel.toml`. */
  readonly prefix: readonly string[];
}

/**
 * The nearest configuration at or above the audited root. The search ends at the top of the Git work tree; without one at the
 * nearest `manage.py` or `pyproject.toml`, and never below the working directory of a root inside it. Beyond that lies what
 * other people may write to, such as `/tmp`.
 *
 * @throws UserError for a file that cannot be read or is no TOML.
 */
export function findConfigFile(root: string, workingDirectory: string): ConfigFile | undefined {
  const start = realPath(root);
  const boundaries = [findGitRoot(start) ?? findProjectRoot(start) ?? start, realPath(workingDirectory)];
  for (let current = start; boundaries.some((boundary) => prefixBelow(boundary, current) !== undefined); current = dirname(current)) {
    for (const name of ['ratel.toml', 'pyproject.toml']) {
      const file = readConfigFile(join(current, name), workingDirectory);
      if (file !== undefined && file.table !== undefined) return file;
    }
    if (dirname(current) === current) return undefined;
  }
  return undefined;
}

/** A file that the user named. @throws UserError when it is not there, no TOML, or a pyproject.toml without `[tool.ratel]`. */
export function openConfigFile(path: string, workingDirectory: string): ConfigFile {
  const file = readConfigFile(resolve(workingDirectory, path), workingDirectory);
  if (file === undefined) throw new UserError(`${path}: there is no such configuration file. Check the path given with --config.`);
  if (file.table === undefined)
    throw new UserError(`${file.shownAs} has no table [tool.ratel]. Add one, or name a ratel.toml with --config.`);
  return file;
}

/** A configuration has a few hundred lines at most; a lock file that took its name is not worth parsing. */
const LARGEST_CONFIG = 1024 * 1024;

function readConfigFile(path: string, workingDirectory: string): ConfigFile | undefined {
  const shownAs = prefixBelow(workingDirectory, dirname(path)) === undefined ? path : relative(workingDirectory, path);
  const text = readText(path, shownAs);
  if (text === undefined) return undefined;
  const isPyproject = path.endsWith('pyproject.toml');
  // A broken pyproject.toml that never speaks of ratel is for others to complain about.
  if (isPyproject && !/\bratel\b/.test(text)) return { path, shownAs, text, table: undefined, prefix: [] };
  const document = parseToml(text, shownAs);
  if (!isPyproject) return { path, shownAs, text, table: document, prefix: [] };
  const tool = document.tool;
  return { path, shownAs, text, table: isTable(tool) ? tool.ratel : undefined, prefix: ['tool', 'ratel'] };
}

function readText(path: string, shownAs: string): string | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return undefined;
    if (stat.size > LARGEST_CONFIG)
      throw new UserError(`${shownAs} has ${stat.size} bytes, too many for a configuration. Use --no-config to audit without it.`);
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw new UserError(
      `${shownAs} cannot be read: ${describeFileSystemError(error)}. Make it readable, or use --no-config to audit without it.`,
    );
  }
}

function parseToml(text: string, shownAs: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The rest of the message shows the lines around the place, which may hold what nobody should see in a log.
    const reason = (error.message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '');
    throw new UserError(
      `${shownAs}:${error.line}:${error.column}: not valid TOML: ${reason}. Mend it, or use --no-config to audit without it.`,
    );
  }
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
