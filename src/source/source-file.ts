/** What a file is, by name and place; decides which front end reads it. */
export type FileKind = 'python' | 'template' | 'dependencies' | 'settings' | 'container' | 'server' | 'ci' | 'other';

/** What a file is for; rules apply to some roles and not to others. */
export type FileRole = 'app' | 'test' | 'migration' | 'settings' | 'script' | 'docs' | 'example';

/** One file that collect found. */
export interface SourceFile {
  /** Relative to the audited root, with `/`. */
  readonly path: string;
  readonly absolutePath: string;
  readonly kind: FileKind;
  readonly role: FileRole;
  /** In bytes. */
  readonly size: number;
}

/** A file's decoded text. CR LF is kept as it is; a byte order mark is removed. */
export interface SourceText {
  readonly file: SourceFile;
  readonly text: string;
}
