import type { Dirent } from 'node:fs';
import { readRegularFile } from './read-regular-file.ts';

/** A list of the files of one package is at most a few megabytes long, in packages with thousands of files. */
const LIST_BYTES = 8 * 1024 * 1024;
/** Nobody unpacks so many to look at them: it is a folder of libraries, whose lists need not have been kept with the project. */
const MANY_PACKAGES = 4;

/**
 * What an installer put into a directory that also may hold the project's own code (`pip install --target libs`): the names that the lists of
 * files of the installed packages begin with. A package or two that are only unpacked there have no `INSTALLER`, and are looked at.
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
export function installedIn(directory: string, entries: readonly Dirent[]): ReadonlySet<string> {
  const names = new Set<string>();
  const packages = entries.flatMap(({ name }) => (name.endsWith('.dist-info') ? [name] : []));
  for (const name of packages) {
    const read = (file: string): string | undefined => readRegularFile(`${directory}/${name}/${file}`, LIST_BYTES).bytes?.toString('utf8');
    if (packages.length < MANY_PACKAGES && read('INSTALLER') === undefined) continue;
    const list = read('RECORD')?.split('\n') ?? [];
    for (const line of list) {
      const first = FIRST_NAME.exec(line)?.[1];
      if (first !== undefined && first !== '..') names.add(first);
    }
    if (list.length > 0) continue;
    const modules = read('top_level.txt')?.split(/\s+/) ?? [name.slice(0, name.indexOf('-'))];
    for (const module of modules) if (module !== '') for (const ending of ['', '.py']) names.add(module + ending);
  }
  return names;
}
/** `apprise/url.py,sha256=…,199`, `"a, b/c.py",,`, `six.py,…` */
const FIRST_NAME = /^"?([^/,"]+)[/,]/;
