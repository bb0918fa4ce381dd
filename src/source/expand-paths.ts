import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareText } from '../util/compare-text.ts';
import { UserError } from '../util/user-error.ts';

/** Characters that make a path a pattern. Looked for before fast-glob is loaded, which costs more than the start of a small audit. */
const MAGIC = /[*?[\]{}()!]/;

/**
 * The files and directories that a user named on a command line, absolute. `*`, `**`, `?` and `{a,b}` are expanded, since not
 * every shell does it; a name that exists as it stands is never taken for a pattern.
 *
 * @throws UserError for a name that is not there and a pattern that matches nothing.
 */
export async function expandPaths(paths: readonly string[], workingDirectory: string): Promise<readonly string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    const absolute = resolve(workingDirectory, path);
    if (existsSync(absolute)) {
      expanded.push(absolute);
      continue;
    }
    const matches = MAGIC.test(path) ? await glob(path, workingDirectory, false) : [];
    if (matches.length === 0)
      throw new UserError(`${path}: there is no such file or directory. Check the path; it is relative to ${workingDirectory}.`);
    expanded.push(...matches);
  }
  return [...new Set(expanded)];
}

/** The directories that a name or a pattern means, absolute, by name; empty when there is none. */
export async function expandDirectories(pattern: string, base: string): Promise<readonly string[]> {
  const absolute = resolve(base, pattern);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true) return [absolute];
  return MAGIC.test(pattern) ? await glob(pattern, base, true) : [];
}

async function glob(pattern: string, directory: string, onlyDirectories: boolean): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob');
  // On Windows a user writes `src\*.py`; for fast-glob the backslash quotes.
  const portable = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
  const found = await fastGlob(portable, { cwd: directory, absolute: true, onlyFiles: false, onlyDirectories, followSymbolicLinks: false });
  return found.map((path) => resolve(path)).sort(compareText);
}
