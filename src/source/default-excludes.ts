import type { FileKind } from './source-file.ts';

/** Version control: never audited, whatever the configuration says. */
const VERSION_CONTROL: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.bzr', '.jj', 'CVS']);

/**
 * Directories that hold other people's code, caches or an editor's state. Patterns as in `.gitignore`; the configuration key
 * `exclude` replaces the list and `extend-exclude` adds to it.
 */
export const DEFAULT_EXCLUDES: readonly string[] = [
  '.cache/',
  '.direnv/',
  '.eggs/',
  '.git-rewrite/',
  '.hypothesis/',
  '.idea/',
  '.ipynb_checkpoints/',
  '.mypy_cache/',
  '.nox/',
  '.pants.d/',
  '.pyenv/',
  '.pytest_cache/',
  '.pytype/',
  '.ruff_cache/',
  '.terraform/',
  '.tox/',
  '.venv/',
  '.virtualenv/',
  '.vscode/',
  '.yarn/',
  'LC_MESSAGES/',
  '__pycache__/',
  '__pypackages__/',
  'bower_components/',
  'buck-out/',
  'dist-packages/',
  'htmlcov/',
  'node_modules/',
  'site-packages/',
  'venv/',
  '*.dist-info/',
  '*.egg-info/',
];

/**
 * Directories that hold build output or a virtual environment in one project and the project's own code in the next.
 * They are left out unless Git tracks something in them or `holdsProjectFile` finds a sign of hand-written files.
 */
export const AMBIGUOUS_DIRECTORIES: ReadonlySet<string> = new Set(['build', 'dist', '_build', 'env', 'ENV', 'virtualenv']);

/** Answers whether a directory is left out because of its name alone. */
export type NameExcluder = (name: string) => boolean;

/** The exclusion by name that holds when the configuration does not replace the default list. */
export const isExcludedByDefault: NameExcluder = (name) =>
  VERSION_CONTROL.has(name) || DEFAULT_NAMES.has(name) || DEFAULT_SUFFIX.test(name);
/** The exclusion by name that always holds. */
export const isVersionControl: NameExcluder = (name) => VERSION_CONTROL.has(name);

const DEFAULT_NAMES: ReadonlySet<string> = new Set(
  DEFAULT_EXCLUDES.filter((pattern) => !pattern.startsWith('*')).map((pattern) => pattern.slice(0, -1)),
);
const DEFAULT_SUFFIX = /\.(?:dist-info|egg-info)$/;

/**
 * Build tools write into folders below `build` and `dist` (`build/lib/…`), or write packages, pages and scripts for browsers;
 * an environment has only folders. A module, container file or the like directly in the folder was put there by a person.
 */
export function holdsProjectFile(kinds: Iterable<FileKind>): boolean {
  for (const kind of kinds) {
    if (kind !== 'other' && kind !== 'template') return true;
  }
  return false;
}
