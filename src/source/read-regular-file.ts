import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { describeFileSystemError, errorCode } from './file-system-error.ts';

/** Why a file's bytes could not be had. `missing`: there is no such file, or a link in its place. */
export interface FileProblem {
  readonly reason: 'missing' | 'unreadable' | 'too-large';
  /** In words that are the same on every machine. */
  readonly detail: string;
}

export type RegularFile =
  | { readonly bytes: Buffer; readonly problem?: undefined }
  | { readonly bytes?: undefined; readonly problem: FileProblem };

/**
 * How files of an audited tree are opened: a symbolic link that took a file's place is not followed, a pipe does not block.
 * Windows knows neither flag.
 */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The bytes of a regular file of at most `limit` bytes. Never throws for what is on the disk. */
export function readRegularFile(path: string, limit: number): RegularFile {
  try {
    const descriptor = openSync(path, OPEN_FLAGS);
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) return { problem: { reason: 'unreadable', detail: 'is no regular file' } };
      if (stat.size > limit)
        return { problem: { reason: 'too-large', detail: `${stat.size} bytes, more than the ${limit} that are read of such a file` } };
      return { bytes: readFileSync(descriptor) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = errorCode(error);
    const missing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
    return { problem: { reason: missing ? 'missing' : 'unreadable', detail: describeFileSystemError(error) } };
  }
}
