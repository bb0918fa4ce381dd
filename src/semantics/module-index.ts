import type { Module } from './module.ts';

/**
 * Finds project modules by dotted name.
 *
 * A file can be imported by several names: relative to each directory that may stand on `sys.path`, which are
 * the audited root, directories that hold a marker (`manage.py`, `pyproject.toml`, `setup.py`, …), `src`, and the directory
 * above the topmost package (the parent of the highest directory with `__init__.py`). Namespace packages need no file of their own.
 * Where a name leads to several files, the one that shares the longest path with the importer wins.
 */
export class ModuleIndex {
  private readonly byName = new Map<string, Module[]>();
  private readonly packages = new Set<string>();

  constructor(modules: readonly Module[], layout: ImportLayout) {
    for (const module of modules) {
      for (const name of importableNames(module.path, module.isPackage, layout)) {
        const list = this.byName.get(name);
        if (list) list.push(module);
        else this.byName.set(name, [module]);
        let dot = name.lastIndexOf('.');
        while (dot > 0) {
          this.packages.add(name.slice(0, dot));
          dot = name.lastIndexOf('.', dot - 1);
        }
      }
    }
  }

  /** The module of that dotted name as seen from `importer`; `undefined` when the project has none. */
  find(name: string, importer: Module | undefined): Module | undefined {
    const candidates = this.byName.get(name);
    if (!candidates) return undefined;
    const own = importer?.path ?? '';
    let best: Module | undefined;
    let bestShared = -1;
    for (const candidate of candidates) {
      const shared = sharedDirectories(candidate.path, own);
      if (shared > bestShared) {
        best = candidate;
        bestShared = shared;
      }
    }
    return best;
  }

  /** True when the name is a package of the project, with or without an `__init__.py`. */
  isPackage(name: string): boolean {
    return this.packages.has(name) || (this.byName.get(name)?.some((module) => module.isPackage) ?? false);
  }
}

/** The absolute dotted name that a `from` clause of `importer` means. PEP 328. */
export function absoluteName(importer: Module, moduleName: string, level: number): string {
  if (level === 0) return moduleName;
  const drop = importer.isPackage ? level - 1 : level;
  const named = importer.name === '' ? [] : importer.name.split('.');
  // A folder without `__init__.py` is no part of the shortest name, but `..` leads through it all the same.
  const path = importer.path.replace(/(?:(?:^|\/)__init__)?\.pyw?$/, '').split('/');
  const parts = named.length > drop || path.length <= named.length ? named : path;
  const base = parts.slice(0, Math.max(0, parts.length - drop));
  if (moduleName !== '') base.push(moduleName);
  return base.join('.');
}

/** What decides the importable names of a tree's files. */
export interface ImportLayout {
  /** Directories that may stand on `sys.path`, relative to the audited root (`''` is the root itself). */
  readonly roots: readonly string[];
  /** All Python paths of the tree. */
  readonly paths: ReadonlySet<string>;
  /** Dotted name of the audited root where it is itself a package (it holds an `__init__.py`), else `''`. */
  readonly rootPackage: string;
}

const MARKERS = ['manage.py', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile', 'wsgi.py', 'app.py'];

/** Reads the layout off the Python paths of a tree; `rootName` is the dotted name that its root has as a package. */
export function importLayout(paths: readonly string[], rootName: string): ImportLayout {
  const roots = new Set<string>(['']);
  for (const path of paths) {
    const slash = path.lastIndexOf('/');
    const directory = slash < 0 ? '' : path.slice(0, slash);
    if (MARKERS.includes(path.slice(slash + 1))) roots.add(directory);
    const parts = directory.split('/');
    const source = parts.indexOf('src');
    if (source >= 0) roots.add(parts.slice(0, source + 1).join('/'));
  }
  const known = new Set(paths);
  return { roots: [...roots].sort(), paths: known, rootPackage: known.has('__init__.py') ? rootName : '' };
}

/** The names by which a file can be imported; the first is the one that reports use. */
export function importableNames(path: string, isPackage: boolean, layout: ImportLayout): readonly string[] {
  const bases = new Set<string>();
  for (const root of layout.roots) if (root === '' || path.startsWith(`${root}/`)) bases.add(root);
  bases.add(abovePackage(path, isPackage, layout.paths));
  const names = new Set<string>();
  for (const base of bases) {
    const relative = base === '' ? path : path.slice(base.length + 1);
    const bare = isPackage ? relative.slice(0, -'/__init__.py'.length) : relative.replace(/\.pyw?$/, '');
    if (bare !== '') names.add(bare.replaceAll('/', '.'));
  }
  const sorted = [...names].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (layout.rootPackage === '') return sorted;
  const below =
    path === '__init__.py' ? '' : (isPackage ? path.slice(0, -'/__init__.py'.length) : path.replace(/\.pyw?$/, '')).replaceAll('/', '.');
  return [below === '' ? layout.rootPackage : `${layout.rootPackage}.${below}`, ...sorted];
}

/** The directory above the topmost package around a file. */
function abovePackage(path: string, isPackage: boolean, existing: ReadonlySet<string>): string {
  let directory = parent(path);
  if (isPackage) directory = parent(directory);
  while (directory !== '' && existing.has(`${directory}/__init__.py`)) directory = parent(directory);
  return directory;
}

function parent(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function sharedDirectories(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let shared = 0;
  while (shared < left.length - 1 && left[shared] === right[shared]) shared++;
  return shared;
}
