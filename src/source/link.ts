import { realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { fileKindOf } from './file-kind.ts';
import { describeFileSystemError, errorCode } from './file-system-error.ts';
import type { Gap } from './gap.ts';

/**
 * What to say of a symbolic link. It is never followed: what it points to inside the root is found at its real place, once,
 * and what is outside is not part of what was given. `undefined` means nothing is missed: the target is inside the root, or
 * it is a file that no front end would have read.
 */
export function judgeLink(root: string, path: string): Gap | undefined {
  const absolutePath = `${root}/${path}`;
  try {
    const target = realpathSync.native(absolutePath);
    if (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    if (!statSync(target).isDirectory() && fileKindOf(path) === 'other') return undefined;
    return { path, reason: 'link', detail: 'a symbolic link out of the audited root is not followed' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ELOOP') return { path, reason: 'link', detail: 'a symbolic link that leads back to itself' };
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return fileKindOf(path) === 'other' ? undefined : { path, reason: 'link', detail: 'a symbolic link to nothing' };
    }
    return { path, reason: 'link', detail: `a symbolic link that cannot be resolved: ${describeFileSystemError(error)}` };
  }
}
