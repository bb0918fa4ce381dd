import type { Dirent } from 'node:fs';
import { readRegularFile } from './read-regular-file.ts';

/** A list of the files of one package is at most a few megabytes long, in packages with thousands of files. */
const LIST_BYTES = 8 * 1024 * 1024;

/**
 * What an installer put into a directory that also may hold the project's own code (`pip install --target libs`): the names that the lists of
 * files of the installed packages begin with. A package that is only unpacked there has no `INSTALLER`, and is looked at.
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
export function installedIn(directory: string, entries: readonly Dirent[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (!name.endsWith('.dist-info') || !readRegularFile(`${directory}/${name}/INSTALLER`, LIST_BYTES).bytes) continue;
    const list = readRegularFile(`${directory}/${name}/RECORD`, LIST_BYTES).bytes?.toString('utf8') ?? '';
    for (const line of list.split('\n')) {
      const first = FIRST_NAME.exec(line)?.[1];
      if (first !== undefined && first !== '..') names.add(first);
    }
  }
  return names;
}
/** `apprise/url.py,sha256=…,199`, `"a, b/c.py",,`, `six.py,…` */
const FIRST_NAME = /^"?([^/,"]+)[/,]/;
