import { isAbsolute, relative, sep } from 'node:path';

/**
 * What to put before a path relative to `directory` to make it relative to `base`: `''` or ending in `/`, with `/` throughout.
 * `undefined` when `directory` is not at or below `base`. Both are absolute.
 */
export function prefixBelow(base: string, directory: string): string | undefined {
  const path = relative(base, directory);
  if (path === '') return '';
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return `${sep === '/' ? path : path.replaceAll(sep, '/')}/`;
}
