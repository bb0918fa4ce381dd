import type { GitDirectory } from './git-directory.ts';
import { readTrackedPaths } from './git-index.ts';

/** The repository that a part of the audited tree belongs to. */
export interface Repository {
  /** Top of its work tree relative to the audited root, `''` when at or above it, else ending in `/`. */
  readonly top: string;
  /** Relative to the audited root; `undefined` when unknown. */
  readonly isTracked: (path: string) => boolean | undefined;
  /** Whether Git tracks anything in a directory (relative to the audited root, ending in `/`); `false` when unknown. */
  readonly holdsTracked: (directory: string) => boolean;
}

/** `prefix` leads from the top of the work tree to `top`: `''`, or ending in `/` when the audited root is below the work tree's top. */
export function openRepository(git: GitDirectory, top: string, prefix: string): Repository {
  const tracked = readTrackedPaths(git, prefix);
  const directories = directoriesOf(tracked ?? new Set());
  return {
    top,
    isTracked: (path) => tracked?.has(path.slice(top.length)),
    holdsTracked: (directory) => directories.has(directory.slice(top.length)),
  };
}

function directoriesOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const directories = new Set<string>();
  let last = '/';
  for (const path of paths) {
    // The index is sorted, so neighbours mostly share their directory.
    if (path.startsWith(last) && path.indexOf('/', last.length) < 0) continue;
    last = path.slice(0, path.lastIndexOf('/') + 1) || '/';
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const directory = path.slice(0, slash + 1);
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return directories;
}
