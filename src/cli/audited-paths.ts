import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prefixBelow } from '../source/prefix-below.ts';
import { findRootOfFiles } from '../source/project-root.ts';
import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import { COMMANDS } from './command-options.ts';

/** What the paths of a command line mean. */
export interface AuditedPaths {
  /** Absolute directory that is looked at. */
  readonly root: string;
  /** Relative to the root, directories ending in `/`: where findings are reported; absent for everywhere. */
  readonly only?: readonly string[];
}

/**
 * One directory is the audited root. Files, or several directories, are a filter of the report: the project around them is looked
 * at as a whole, since what is wrong in one file may come from another.
 * @throws UserError for a path that does not exist
 */
export function auditedPaths(paths: readonly string[], workingDirectory: string): AuditedPaths {
  const given = paths.length === 0 ? ['.'] : paths;
  const places = given.map((path) => placeOf(path, workingDirectory));
  const [first] = places;
  if (first !== undefined && places.length === 1 && first.isDirectory) return { root: first.path };

  // What a directory needs around it is the same as what a file in it needs.
  const root = findRootOfFiles(
    places.map(({ path, isDirectory }) => (isDirectory ? join(path, 'any') : path)),
    realpathSync.native(workingDirectory),
  );
  const only = places.map(({ path, isDirectory }) => {
    const below = prefixBelow(root, path) ?? '';
    return isDirectory ? below : below.slice(0, -1);
  });
  return only.includes('') ? { root } : { root, only: [...new Set(only)].sort() };
}

interface Place {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly isDirectory: boolean;
}

function placeOf(path: string, workingDirectory: string): Place {
  const absolute = resolve(workingDirectory, path);
  if (path === '' || !existsSync(absolute)) throw new UserError(missing(path));
  const real = realpathSync.native(absolute);
  return { path: real, isDirectory: statSync(real).isDirectory() };
}

function missing(path: string): string {
  const isWord = /^[a-z-]+$/.test(path);
  const hint = isWord ? didYouMean(path, Object.keys(COMMANDS)) : '';
  return `There is no file or directory “${path}”.${hint} Give a path that exists, or none for the current directory.`;
}
