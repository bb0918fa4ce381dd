import { existsSync, lstatSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from './file-system-error.ts';
import { readRegularFile } from './read-regular-file.ts';

/** Where Git keeps what it knows about one work tree. */
export interface GitDirectory {
  /** Top of the work tree, absolute. */
  readonly workTree: string;
  /** Holds the index: `.git`, or what the `.git` file of a linked work tree or a submodule points to. */
  readonly directory: string;
  /** Holds `info/exclude` and `config`; differs from `directory` for linked work trees only. */
  readonly commonDirectory: string;
}

/** The nearest directory at or above `directory` that is the top of a Git work tree, absolute, or `undefined`. */
export function findGitRoot(directory: string): string | undefined {
  for (let current = resolve(directory); ; current = dirname(current)) {
    if (isGitMarker(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** A `.git` folder, or the `.git` file that linked work trees and submodules have instead (gitrepository-layout(5)). */
function isGitMarker(path: string): boolean {
  const stat = statOf(path);
  if (stat === undefined) return false;
  return stat.isDirectory() || stat.isSymbolicLink() || (stat.isFile() && gitFileTarget(path) !== undefined);
}

/** What Git keeps for the work tree whose top is `workTree`; `undefined` when there is nothing readable. */
export function openGitDirectory(workTree: string): GitDirectory | undefined {
  const marker = join(workTree, '.git');
  const stat = statOf(marker);
  if (stat === undefined) return undefined;
  const target = stat.isFile() ? gitFileTarget(marker) : '.git';
  if (target === undefined) return undefined;
  const directory = resolve(workTree, target);
  // Without HEAD Git itself does not take it for a repository.
  if (!existsSync(join(directory, 'HEAD'))) return undefined;
  const common = readSmall(join(directory, 'commondir'));
  return { workTree, directory, commonDirectory: common === undefined ? directory : resolve(directory, common.trim()) };
}

function gitFileTarget(path: string): string | undefined {
  return /^gitdir:[ \t]*(.+?)\s*$/.exec(readSmall(path) ?? '')?.[1];
}

/** These files hold one path; no system allows a longer one. */
const LARGEST_POINTER = 65_536;

function readSmall(path: string): string | undefined {
  return readRegularFile(path, LARGEST_POINTER).bytes?.toString('utf8');
}

/** `undefined` also for what may not be looked at: to the audit that is no repository. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
