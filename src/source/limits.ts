import type { FileKind } from './source-file.ts';

const MEGABYTE = 1024 * 1024;

/** Bounds on what collect and readSource take in. Reaching one makes a gap. */
export interface SourceLimits {
  /** Bytes of a Python file. */
  readonly pythonBytes: number;
  /** Bytes of any other file. */
  readonly otherBytes: number;
  /** Bytes of a file with requirements or locked versions. */
  readonly dependencyBytes: number;
  /** Folders within folders below the root. */
  readonly depth: number;
  /** Files that a front end reads. */
  readonly files: number;
  /** Files of kind `other`: known by name only until a rule asks for one. */
  readonly otherFiles: number;
  /** Files without extension that are opened to look for a Python shebang. */
  readonly shebangProbes: number;
  /** Bytes of one ignore file. */
  readonly ignoreFileBytes: number;
  /** Patterns of one ignore file. */
  readonly ignorePatterns: number;
}

export const SOURCE_LIMITS: SourceLimits = {
  // Generated Python (tables, protocol code) reaches a few megabytes and is still program text that can hold a secret.
  // Beyond it the syntax tree of one file would take a large part of the memory that a whole audit may use.
  pythonBytes: 8 * MEGABYTE,
  // What is larger is data, a bundle or a dump, not something a person wrote; most scanners stop at the same size.
  otherBytes: MEGABYTE,
  // Lock files list a hash for every wheel of every package, which takes large projects beyond a megabyte.
  dependencyBytes: 8 * MEGABYTE,
  // Far beyond what people nest; the time to match a pattern such as a/**/b grows with the square of the depth.
  depth: 100,
  // More than this is almost certainly the wrong root, such as a home directory; the audit would run out of memory first.
  files: 100_000,
  // Uploads and assets. They cost no more than their name.
  otherFiles: 200_000,
  // Opening and reading takes about 20 µs, so this bounds it to a tenth of a second; a tree with more extensionless files is a data store, not a program.
  shebangProbes: 5_000,
  // Every pattern is tried on every path below the file, so a long list makes the walk slow. People's lists have a few hundred lines.
  ignoreFileBytes: MEGABYTE / 4,
  ignorePatterns: 5_000,
};

/** Largest size of a file of this kind that is read, in bytes. */
export function byteLimit(kind: FileKind, limits: SourceLimits = SOURCE_LIMITS): number {
  if (kind === 'python') return limits.pythonBytes;
  return kind === 'dependencies' ? limits.dependencyBytes : limits.otherBytes;
}
