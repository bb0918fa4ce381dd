/**
 * What a file is, by name and place; decides which front end reads it. `shell` are scripts that containers and process
 * managers start; `other` is everything that no front end reads, listed because rules ask whether it is there (a README,
 * a key, a database), and readable like any other file.
 */
export type FileKind = 'python' | 'template' | 'dependencies' | 'settings' | 'container' | 'server' | 'ci' | 'shell' | 'other';

/** What a file is for; rules apply to some roles and not to others. */
export type FileRole = 'app' | 'test' | 'migration' | 'settings' | 'script' | 'docs' | 'example';

/** Every role, for configuration and its messages. */
export const FILE_ROLES = ['app', 'test', 'migration', 'settings', 'script', 'docs', 'example'] as const satisfies readonly FileRole[];

/** Size of a file that was listed and not looked at. */
export const UNKNOWN_SIZE = -1;

/** One file that collect found. */
export interface SourceFile {
  /** Relative to the audited root, with `/`. */
  readonly path: string;
  readonly absolutePath: string;
  readonly kind: FileKind;
  readonly role: FileRole;
  /** In bytes; `UNKNOWN_SIZE` for kind `other`, whose files are not looked at before somebody reads them. */
  readonly size: number;
  /** Whether Git tracks it; absent where there is no repository or its index cannot be read. */
  readonly tracked?: boolean;
}

/** A file's decoded text. CR LF is kept as it is; a byte order mark is removed. */
export interface SourceText {
  readonly file: SourceFile;
  readonly text: string;
}
