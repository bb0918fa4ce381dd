import { dirname, join } from 'node:path';
import type { Gap } from './gap.ts';
import type { GitDirectory } from './git-directory.ts';
import type { SourceLimits } from './limits.ts';
import { compilePatterns, type PathPatterns, type Verdict } from './path-patterns.ts';
import { prefixBelow } from './prefix-below.ts';
import { readRegularFile } from './read-regular-file.ts';

/** The patterns of one ignore file, with how to turn a path below the audited root into one below the folder the file stands in. */
interface IgnoreFile {
  readonly patterns: PathPatterns;
  /** What to put before a path relative to the root, for a file above the root. */
  readonly add: string;
  /** How much to cut off a path relative to the root, for a file below it. */
  readonly cut: number;
}

/** Ignore files in force in one directory, the strongest (deepest) last. Immutable: a subdirectory gets a longer copy. */
export type IgnoreStack = readonly IgnoreFile[];

/** Whether the ignore files in force leave out a path relative to the audited root; a directory ends in `/`. */
export function isIgnored(stack: IgnoreStack, path: string): boolean {
  for (let index = stack.length - 1; index >= 0; index--) {
    const file = stack[index];
    const verdict: Verdict = file === undefined ? 'silent' : file.patterns.verdict(file.add + path.slice(file.cut));
    if (verdict !== 'silent') return verdict === 'in';
  }
  return false;
}

/** The stack for a directory below (or at) the audited root that holds a `.gitignore`. `directory` is relative: `''` or ending in `/`. */
export function withIgnoreFile(stack: IgnoreStack, root: string, directory: string, limits: SourceLimits, gaps: Gap[]): IgnoreStack {
  const path = `${directory}.gitignore`;
  const patterns = readPatterns(join(root, path), path, limits, gaps);
  return patterns === undefined ? stack : [...stack, { patterns, add: '', cut: directory.length }];
}

/**
 * The stack that holds at the top of the audited root: `.git/info/exclude`, then every `.gitignore` from the top of the work tree
 * down to just above the root (gitignore(5); a user's own core.excludesFile is left out, since reports would differ between machines).
 *
 * When these patterns hide the root itself, its caller asked for it nevertheless, so they are dropped.
 */
export function ignoreStackAbove(git: GitDirectory, root: string, limits: SourceLimits, gaps: Gap[]): IgnoreStack {
  const add = prefixBelow(git.workTree, root) ?? '';
  const stack: IgnoreFile[] = [];
  const exclude = readPatterns(join(git.commonDirectory, 'info', 'exclude'), '', limits, gaps);
  if (exclude !== undefined) stack.push({ patterns: exclude, add, cut: 0 });
  for (const directory of directoriesAbove(git.workTree, root)) {
    const patterns = readPatterns(join(directory, '.gitignore'), '', limits, gaps);
    if (patterns !== undefined) stack.push({ patterns, add: prefixBelow(directory, root) ?? '', cut: 0 });
  }
  return hidesRoot(stack) ? [] : stack;
}

/** The stack at the top of a repository inside another, a submodule or a clone: Git applies none of the outer patterns there. */
export function ignoreStackOfNested(git: GitDirectory, directory: string, limits: SourceLimits, gaps: Gap[]): IgnoreStack {
  const patterns = readPatterns(join(git.commonDirectory, 'info', 'exclude'), '', limits, gaps);
  return patterns === undefined ? [] : [{ patterns, add: '', cut: directory.length }];
}

function hidesRoot(stack: IgnoreStack): boolean {
  return stack.some((file) => file.add !== '' && file.patterns.verdict(file.add) === 'in');
}

function directoriesAbove(top: string, root: string): string[] {
  const directories: string[] = [];
  for (let current = root; current !== top && dirname(current) !== current; current = dirname(current))
    directories.unshift(dirname(current));
  return directories;
}

/** `shownAs` is the path for gaps, `''` for a file outside the audited root. A symbolic link is no ignore file, for Git neither: it could point anywhere. */
function readPatterns(absolutePath: string, shownAs: string, limits: SourceLimits, gaps: Gap[]): PathPatterns | undefined {
  const { bytes, problem } = readRegularFile(absolutePath, limits.ignoreFileBytes);
  if (bytes === undefined) {
    if (problem.reason !== 'missing')
      gaps.push({ path: shownAs, reason: problem.reason, detail: `ignore file not applied: ${problem.detail}` });
    return undefined;
  }
  const text = bytes.toString('utf8');
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length > limits.ignorePatterns) {
    gaps.push({
      path: shownAs,
      reason: 'limit',
      detail: `only the first ${limits.ignorePatterns} of ${lines.length} ignore patterns are applied`,
    });
  }
  const patterns = compilePatterns(lines.slice(0, limits.ignorePatterns));
  if (patterns.refused.length > 0) {
    gaps.push({
      path: shownAs,
      reason: 'limit',
      detail: `${patterns.refused.length} ignore patterns that are too long or hold more than two “**” are not applied`,
    });
  }
  return patterns;
}
