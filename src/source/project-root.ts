import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findGitRoot } from './git-directory.ts';
import { prefixBelow } from './prefix-below.ts';

/** What makes a directory a project of its own, besides being the top of a Git work tree. */
const PROJECT_FILES = ['manage.py', 'pyproject.toml'] as const;

/**
 * The nearest directory at or above `directory` that is the top of a Git work tree or holds `manage.py` or `pyproject.toml`;
 * absolute, or `undefined`. The nearest wins whichever it is: in a repository of several projects each is its own.
 */
export function findProjectRoot(directory: string): string | undefined {
  const start = resolve(directory);
  const gitRoot = findGitRoot(start);
  for (let current = start; ; current = dirname(current)) {
    if (current === gitRoot || PROJECT_FILES.some((name) => existsSync(join(current, name)))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/**
 * The project around files that were named one by one: the nearest project root above all of them. Without one it is
 * `workingDirectory` when they are all below it, else the directory that holds them all.
 */
export function findRootOfFiles(files: readonly string[], workingDirectory: string): string {
  const directories = files.map((file) => dirname(resolve(workingDirectory, file)));
  const common = directories.reduce(commonDirectory, directories[0] ?? resolve(workingDirectory));
  const root = findProjectRoot(common);
  if (root !== undefined) return root;
  return prefixBelow(workingDirectory, common) === undefined ? common : resolve(workingDirectory);
}

function commonDirectory(left: string, right: string): string {
  let common = left;
  while (prefixBelow(common, right) === undefined && dirname(common) !== common) common = dirname(common);
  return common;
}
