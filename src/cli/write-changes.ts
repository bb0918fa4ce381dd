import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChange } from '../fix-project.ts';
import { UserError } from '../util/user-error.ts';

/** A file's bytes as they are to be. */
interface Replacement {
  readonly file: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Writes changed files, each at once: whoever reads one sees it as it was or as it is to be. All are looked at before the first is written.
 * @throws UserError when a file has changed since it was read, is in an encoding other than UTF-8, or cannot be written
 */
export function writeChanges(root: string, changes: readonly FileChange[]): void {
  const replacements = changes.map((change) => replacementOf(root, change));
  for (const replacement of replacements) replace(replacement);
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function replacementOf(root: string, { path, before, after }: FileChange): Replacement {
  const file = realpathSync(join(root, path));
  const bytes = readFileSync(file);
  const mark = bytes.subarray(0, 3).equals(MARK) ? MARK : Buffer.alloc(0);
  if (!bytes.equals(Buffer.concat([mark, Buffer.from(before, 'utf8')])))
    throw new UserError(`${path} has changed since it was read, or is not in UTF-8. Nothing was written; save it and run again.`);
  return { file, path, bytes: Buffer.concat([mark, Buffer.from(after, 'utf8')]) };
}

function replace({ file, path, bytes }: Replacement): void {
  const fresh = `${file}.ratel-${process.pid}`;
  try {
    // The rights of the file stay; nobody else is to find a file under the new name.
    const descriptor = openSync(fresh, 'wx', statSync(file).mode & 0o777);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new UserError(
      `${path} cannot be written (${error instanceof Error ? error.message : String(error)}). Make it and its folder writable.`,
    );
  }
}
