import { isExcludedByDefault, isVersionControl } from './default-excludes.ts';
import { compileMatcher } from './path-patterns.ts';
import { prefixBelow } from './prefix-below.ts';
import { realPath } from './real-path.ts';
import type { FileRole } from './source-file.ts';

/** Which files a configuration wants. Patterns mean what they mean in `.gitignore`, below `patternBase`. */
export interface SelectionOptions {
  /** Absolute directory that the patterns are relative to; the root when absent or when it is not at or above the root. */
  readonly patternBase?: string;
  /** Replaces the default list of excluded directories (see default-excludes.ts). */
  readonly exclude?: readonly string[];
  /** Left out in addition. */
  readonly extendExclude?: readonly string[];
  /** When not empty, only files that one of these means are collected. */
  readonly include?: readonly string[];
  /** Pattern → role; the last that matches a file decides. */
  readonly roles?: Readonly<Record<string, FileRole>>;
}

/** What these options say of a path relative to the audited root; a directory ends in `/`. */
export interface Selection {
  readonly excludesDirectory: (name: string, path: string) => boolean;
  readonly excludesFile: (path: string) => boolean;
  /** The role that the configuration gives a file. */
  readonly roleOf: (path: string) => FileRole | undefined;
  /** Whether the default list of excluded directories is in force. */
  readonly usesDefaults: boolean;
}

/**
 * What to put before a path relative to the audited root, links resolved, so that patterns relative to `patternBase` can be asked
 * about it. Patterns of a configuration that is not at or above the root are relative to the root.
 */
export function patternPrefix(patternBase: string, root: string): string {
  return prefixBelow(realPath(patternBase), root) ?? '';
}

/** Compiles the patterns of the options, which are relative to `patternBase`. */
export function compileSelection(root: string, options: SelectionOptions): Selection {
  const prefix = options.patternBase === undefined ? '' : patternPrefix(options.patternBase, root);
  const excludesName = options.exclude === undefined ? isExcludedByDefault : isVersionControl;
  const excluded = [...(options.exclude ?? []), ...(options.extendExclude ?? [])];
  const isExcluded = belowPrefix(prefix, excluded, false);
  const isIncluded = belowPrefix(prefix, options.include ?? [], true);
  return {
    excludesDirectory: (name, path) => excludesName(name) || isExcluded(path),
    excludesFile: (path) => isExcluded(path) || !isIncluded(path),
    roleOf: compileRoles(prefix, options.roles ?? {}),
    usesDefaults: options.exclude === undefined,
  };
}

/** `ofNone` is the answer when there are no patterns. */
function belowPrefix(prefix: string, patterns: readonly string[], ofNone: boolean): (path: string) => boolean {
  if (patterns.length === 0) return () => ofNone;
  const matches = compileMatcher(patterns);
  return (path) => matches(prefix + path);
}

/** The last line that matches decides, as in an ignore file. */
function compileRoles(prefix: string, roles: Readonly<Record<string, FileRole>>): (path: string) => FileRole | undefined {
  const rows = Object.entries(roles).map(([pattern, role]) => ({ matches: belowPrefix(prefix, [pattern], false), role }));
  rows.reverse();
  return (path) => rows.find((row) => row.matches(path))?.role;
}
