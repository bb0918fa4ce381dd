import type { Module } from '../../../semantics/module.ts';

/** What only the folder of an application of Django holds, as a module or as a package of them. https://docs.djangoproject.com/en/stable/ref/applications/ */
const OF_APPLICATION = /^(.*\/|)(?:apps\.py|models\.py|models\/__init__\.py|urls\.py)$/;

/** The folders of the applications of a project, by their modules. */
export function applicationFolders(modules: Iterable<Module>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { file } of modules) {
    const folder = OF_APPLICATION.exec(file.path)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  return folders;
}

/** The folder of the application that a module belongs to, the nearest around it: `shop/` of `shop/views/orders.py`. Empty: none, or the project itself. */
export function applicationOf({ file }: Module, folders: ReadonlySet<string>): string {
  let folder = file.path;
  for (;;) {
    folder = folder.slice(0, folder.replace(/\/$/, '').lastIndexOf('/') + 1);
    if (folder === '' || folders.has(folder)) return folder;
  }
}
