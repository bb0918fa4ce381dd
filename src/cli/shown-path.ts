import { relative } from 'node:path';

/** A file as messages name it: relative to the working directory when below it, else absolute. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') ? file : path;
}
