import { spawnSync } from 'node:child_process';
import { findGitRoot } from '../source/git-directory.ts';
import { prefixBelow } from '../source/prefix-below.ts';
import { UserError } from '../util/user-error.ts';

/** Lists of changed paths may be long; this is far above any repository's. */
const LARGEST_LIST = 256 * 1024 * 1024;

/**
 * Files that differ from a Git revision: committed since, staged, unstaged, or new and not ignored. Compared is with the point
 * where the two histories parted, so what the other branch did since then does not count. Git is only asked: nothing is checked
 * out, and the work tree need not be clean.
 * @param root absolute path of the audited directory, links resolved
 * @returns paths relative to the root, sorted
 * @throws UserError when there is no Git, no repository or no such revision
 */
export function changedFiles(root: string, revision: string): readonly string[] {
  const top = findGitRoot(root);
  if (top === undefined) throw new UserError(`--since needs a Git repository, and ${root} is in none. Leave --since out.`);
  if (revision.startsWith('-')) throw new UserError(`“${revision}” is no Git revision. Give --since a branch, tag or commit.`);
  const commit = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit === undefined) {
    throw new UserError(
      `Git knows no revision “${revision}” here. Give --since a branch, tag or commit that is there; in a shallow clone fetch it first (with GitHub's checkout action: fetch-depth: 0).`,
    );
  }
  // Histories without a common point (a shallow clone) are compared as they are.
  const base = git(top, ['merge-base', commit.trim(), 'HEAD'])?.trim() ?? commit.trim();
  const changed = listed(top, [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--diff-filter=d',
    base,
    '--',
  ]);
  const added = listed(top, ['ls-files', '-z', '--others', '--exclude-standard']);
  const prefix = prefixBelow(top, root) ?? '';
  const below = [...changed, ...added].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  return [...new Set(below)].sort();
}

function listed(top: string, args: readonly string[]): readonly string[] {
  const text = git(top, args);
  if (text === undefined)
    throw new UserError(`git ${args[0]} failed in ${top}, so the files changed since the revision are not known. See what Git says there.`);
  return text.split('\0').filter((path) => path !== '');
}

/** Standard output of Git, or `undefined` when it fails. */
function git(top: string, args: readonly string[]): string | undefined {
  // A hook of Git runs with its own index and directory in the environment; they would be taken for those of `top`.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  // The repository is not trusted: its configuration must not start a file system monitor.
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
  const { error, status, stdout } = spawnSync('git', [...safe, ...args], {
    cwd: top,
    env,
    encoding: 'utf8',
    maxBuffer: LARGEST_LIST,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error !== undefined)
    throw new UserError(`--since needs Git, and it could not be run (${error.message}). Install Git or leave --since out.`);
  return status === 0 ? stdout : undefined;
}
