/** The error code of a failed file operation (`ENOENT`), or `undefined` for an error of another sort. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Words for codes that a user can do something about. Node's own messages hold absolute paths, which differ between machines. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'vanished while the audit ran',
  ENOTDIR: 'was replaced while the audit ran',
  ELOOP: 'is a symbolic link where a file was listed',
  ENAMETOOLONG: 'its path is longer than the system allows',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EIO: 'input/output error',
  EISDIR: 'is a directory where a file was listed',
};

/** Why a file or directory could not be read, in words that are the same on every machine. Rethrows what is no file error: that is a bug. */
export function describeFileSystemError(error: unknown): string {
  const code = errorCode(error);
  if (code === undefined) throw error;
  return WORDS[code] ?? code;
}
