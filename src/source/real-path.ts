import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCode } from './file-system-error.ts';

/** A path with its symbolic links resolved, absolute; as it is when there is nothing there, which its user will notice. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(resolve(path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return resolve(path);
  }
}
