import type { Dirent } from 'node:fs';

/** Entries of a directory that say something about the whole directory. */
export interface Landmarks {
  /** A virtual environment made by `python -m venv`, virtualenv, uv or conda, whatever the directory is called. */
  readonly environment: boolean;
  /** A Python package, with `__init__.py` or what applications of Django are made of; one with a `manage.py` is a project of its own. */
  readonly package: boolean;
  /** The top of a Git work tree. */
  readonly git: boolean;
  readonly gitignore: boolean;
}

/** Looks through a directory's listing once. */
export function findLandmarks(entries: readonly Dirent[]): Landmarks {
  const found = { environment: false, package: false, git: false, gitignore: false };
  let isProject = false;
  for (const entry of entries) {
    switch (entry.name) {
      case 'pyvenv.cfg':
      case 'conda-meta':
        found.environment = true;
        break;
      case '__init__.py':
      // Parts of an application of Django, which needs no more to be imported.
      case 'apps.py':
      case 'models.py':
      case 'urls.py':
      case 'views.py':
        found.package = true;
        break;
      case 'manage.py':
        isProject = true;
        break;
      case '.git':
        found.git = true;
        break;
      case '.gitignore':
        found.gitignore = true;
        break;
    }
  }
  return { ...found, package: found.package && !isProject };
}
