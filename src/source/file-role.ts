import { extensionOf } from './file-kind.ts';
import type { FileKind, FileRole } from './source-file.ts';

/**
 * What a file is for, from its path relative to the audited root: what stands above the root never counts, so a project that
 * happens to lie in `/tmp/tests/` is not all tests.
 *
 * `isPackage` answers for a directory relative to the root whether it holds `__init__.py`: a folder named `docs`, `demo` or
 * `tools` that can be imported is an application called so, not documentation, an example or a box of scripts.
 *
 * The first that applies wins: test, example, docs, migration, settings, script, app.
 */
export function fileRole(path: string, kind: FileKind, isPackage: (directory: string) => boolean): FileRole {
  const lower = path.toLowerCase();
  const directories = lower.split('/');
  const name = directories.pop() ?? '';
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length);
  const python = kind === 'python';
  const inSettings = isInSettingsPackage(stem, directories.at(-1) ?? '');

  if (directories.some((directory) => TEST_DIRECTORIES.has(directory))) return 'test';
  if (python && isTestModule(stem, inSettings)) return 'test';
  if (EXAMPLE_NAME.test(name) || (kind !== 'template' && EXAMPLE_EXTENSIONS.has(extension))) return 'example';
  if (hasPlain(path, directories, EXAMPLE_DIRECTORIES, isPackage)) return 'example';
  if ((kind === 'other' && DOCS_EXTENSIONS.has(extension)) || hasPlain(path, directories, DOCS_DIRECTORIES, isPackage)) return 'docs';
  if (python && isMigration(stem, directories)) return 'migration';
  if (python && (inSettings || SETTINGS_STEMS.has(stem) || SETTINGS_NAME.test(stem))) return 'settings';
  if (python && isScript(path, name, directories, isPackage)) return 'script';
  return 'app';
}

const TEST_DIRECTORIES: ReadonlySet<string> = new Set(
  'test tests testing __tests__ unit_tests integration_tests functional_tests e2e_tests e2e test_utils test_helpers testdata test_data testapp testproject test_project'.split(
    ' ',
  ),
);

/** pytest and unittest discovery, and the one module that `startapp` makes. In a package of settings `test.py` is one environment's settings. */
function isTestModule(stem: string, inSettings: boolean): boolean {
  if (stem === 'conftest') return true;
  if (stem === 'test' || stem === 'tests') return !inSettings;
  return stem.startsWith('test_') || stem.startsWith('tests_') || stem.endsWith('_test') || stem.endsWith('_tests');
}

/** `.env.example`, `settings.example.py`, `local_settings.py.sample`, `config.py-dist`, `settings_example.py`, `example.env`. */
const EXAMPLE_NAME = /[._-](?:example|sample|dist)(?:\.\w+)?$|^(?:example|sample)[._-](?:\w*settings|config|env)\b/;
/** `.env.template` is copied and filled in by people; a template that the application renders has such a name too. */
const EXAMPLE_EXTENSIONS: ReadonlySet<string> = new Set(['.template', '.tmpl', '.tpl', '.skel']);
const EXAMPLE_DIRECTORIES: ReadonlySet<string> = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'demo',
  'demos',
  'example_project',
  'example_app',
]);

const DOCS_DIRECTORIES: ReadonlySet<string> = new Set(['doc', 'docs', 'documentation']);
const DOCS_EXTENSIONS: ReadonlySet<string> = new Set(['.md', '.rst', '.adoc']);

/** Whether one of the directories above the file has such a name and cannot be imported. */
function hasPlain(
  path: string,
  directories: readonly string[],
  names: ReadonlySet<string>,
  isPackage: (directory: string) => boolean,
): boolean {
  let end = -1;
  for (const directory of directories) {
    end = path.indexOf('/', end + 1);
    if (names.has(directory) && !isPackage(path.slice(0, end))) return true;
  }
  return false;
}

/** Django's `migrations/` with all in it; Alembic's `versions/` beside the `env.py` that runs them. */
function isMigration(stem: string, directories: readonly string[]): boolean {
  if (directories.some((directory) => directory === 'migrations' || directory === 'south_migrations')) return true;
  const parent = directories.at(-1);
  if (parent === 'alembic') return stem === 'env';
  return parent === 'versions' && directories.at(-2)?.includes('alembic') === true;
}

const SETTINGS_STEMS: ReadonlySet<string> = new Set(['settings', 'config', 'conf', 'configuration', 'configs', 'gunicorn.conf']);
const SETTINGS_NAME = /^(?:settings|config)[_.-]|[_.-](?:settings|config)$/;
/** Modules of a folder named `config` that hold values; its `urls.py`, `wsgi.py` or `celery.py` are ordinary code. */
const ENVIRONMENTS: ReadonlySet<string> = new Set(
  '__init__ base common default defaults dev develop development local prod production live stage staging test tests testing ci docker env environment'.split(
    ' ',
  ),
);
/** What makes a folder named `settings` an application with pages where users set something. */
const APPLICATION_MODULES: ReadonlySet<string> = new Set(
  'views urls routes api models forms admin apps serializers schemas signals tasks managers permissions middleware wsgi asgi'.split(' '),
);

function isInSettingsPackage(stem: string, parent: string): boolean {
  if (parent === 'settings' || parent.endsWith('_settings')) return !APPLICATION_MODULES.has(stem);
  return (parent === 'config' || parent === 'configs' || parent === 'conf') && ENVIRONMENTS.has(stem);
}

/** Run by a person or a build, never by a request. `tasks.py` is not here: in web projects it holds Celery's tasks. Nor is `manage.py`, which starts a Flask app as often. */
const SCRIPT_FILES: ReadonlySet<string> = new Set([
  'setup.py',
  'fabfile.py',
  'noxfile.py',
  'pavement.py',
  'dodo.py',
  'versioneer.py',
  'ez_setup.py',
  'get-pip.py',
  'hatch_build.py',
]);
const SCRIPT_DIRECTORIES: ReadonlySet<string> = new Set(['scripts', 'script', 'bin', 'sbin', '.github', '.circleci', '.ci']);
/** Boxes of scripts unless they can be imported: `from tools.pdf import render` is application code. */
const TOOL_DIRECTORIES: ReadonlySet<string> = new Set(['tools', 'tool', 'devtools', 'dev-tools', 'hack', 'ci']);

function isScript(path: string, name: string, directories: readonly string[], isPackage: (directory: string) => boolean): boolean {
  if (SCRIPT_FILES.has(name) || directories.some((directory) => SCRIPT_DIRECTORIES.has(directory))) return true;
  // Management commands: a person types their arguments.
  if (directories.at(-1) === 'commands' && directories.at(-2) === 'management') return true;
  return hasPlain(path, directories, TOOL_DIRECTORIES, isPackage);
}
