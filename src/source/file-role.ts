import { extensionOf } from './file-kind.ts';
import { type Place, placeOf } from './place.ts';
import type { FileKind, FileRole } from './source-file.ts';

/** What a file is for. The first that applies wins: test, example, docs, migration, settings, script, app. */
export function fileRole(fileName: string, kind: FileKind, place: Place): FileRole {
  if (place.tests) return 'test';
  const name = fileName.toLowerCase();
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length);
  const python = kind === 'python';
  const inSettings = python && isInSettingsPackage(stem, place.name);
  if (python ? isTestModule(stem, inSettings) : TEST_NAME.test(name)) return 'test';
  if (place.example || EXAMPLE_NAME.test(name) || (kind !== 'template' && EXAMPLE_EXTENSIONS.has(extension))) return 'example';
  if (place.docs || (kind === 'other' && DOCS_EXTENSIONS.has(extension))) return 'docs';
  if (!python) return 'app';
  if (place.migrations || (place.name === 'alembic' && stem === 'env')) return 'migration';
  if (place.name === 'versions' && REVISION_NAME.test(stem)) return 'migration';
  if (SET_ASIDE.test(stem)) return 'example';
  if (inSettings || SETTINGS_STEMS.has(stem) || SETTINGS_NAME.test(stem)) return 'settings';
  // Management commands are scripts: a person types their arguments.
  const command = place.name === 'commands' && place.parent === 'management';
  return place.scripts || command || SCRIPT_FILES.has(name) ? 'script' : 'app';
}

/** The role of a file from its path relative to the audited root. `isPackage` says whether a directory (relative to it) holds `__init__.py`. */
export function fileRoleOf(path: string, kind: FileKind, isPackage: (directory: string) => boolean): FileRole {
  return fileRole(path.slice(path.lastIndexOf('/') + 1), kind, placeOf(path, isPackage));
}

/** pytest and unittest discovery, and the one module that `startapp` makes. In a package of settings `test.py` is one environment's settings. */
function isTestModule(stem: string, inSettings: boolean): boolean {
  if (stem === 'conftest') return true;
  if (stem === 'test' || stem === 'tests') return !inSettings;
  return stem.startsWith('test_') || stem.startsWith('tests_') || stem.endsWith('_test') || stem.endsWith('_tests');
}

/** Tests in the other languages of a project: `login.test.ts`, `login.spec.js`, `login_test.go`. */
const TEST_NAME = /[._-](?:test|spec)s?\.(?:[cm]?[jt]sx?|go|rb|java|php)$/;

/** `.env.example`, `settings.example.py`, `local_settings.py.sample`, `config.py-dist`, `settings_example.py`, `example.env`. */
const EXAMPLE_NAME = /[._-](?:example|sample|dist)(?:\.\w+)?$|^(?:example|sample)[._-](?:\w*settings|config|env)\b/;
/** `views_old.py`, `old_views.py`, `app.bak.py`, `app copy.py`: like an example it is there to be looked up, and does not run. */
const SET_ASIDE = /^old[_.-]|[._-](?:old|bak|orig)$| copy(?: \d+)?$|[ _-]?\(\d+\)$/;
/** `.env.template` is copied and filled in by people; a template that the application renders has such a name too. */
const EXAMPLE_EXTENSIONS: ReadonlySet<string> = new Set(['.template', '.tmpl', '.tpl', '.skel']);
const DOCS_EXTENSIONS: ReadonlySet<string> = new Set(['.md', '.rst', '.adoc']);

/** Alembic names a revision by its id, twelve digits, with a date before or a title behind it; a project may call the folder around `versions` as it likes. */
const REVISION_NAME = /^(?:[\d-]+_)?[\da-f]{12}(?:_|$)/;

const SETTINGS_STEMS: ReadonlySet<string> = new Set('settings config conf configuration configs gunicorn.conf'.split(' '));
const SETTINGS_NAME = /^(?:settings|config)[_.-]|[_.-](?:settings|config)$/;
/** Modules of a folder named `config` that hold values; its `urls.py`, `wsgi.py` or `celery.py` are ordinary code. */
const ENVIRONMENTS: ReadonlySet<string> = new Set(
  (
    '__init__ base common default defaults dev develop development local prod production live stage staging test tests testing ci ' +
    'docker env environment'
  ).split(' '),
);
/** What makes a folder named `settings` an application with pages where users set something. */
const APPLICATION_MODULES: ReadonlySet<string> = new Set(
  'views urls routes api models forms admin apps serializers schemas signals tasks managers permissions middleware wsgi asgi'.split(' '),
);

function isInSettingsPackage(stem: string, parent: string): boolean {
  if (parent === 'settings' || parent.endsWith('_settings')) return !APPLICATION_MODULES.has(stem);
  return (parent === 'config' || parent === 'configs' || parent === 'conf') && ENVIRONMENTS.has(stem);
}

/**
 * Run by a person or a build, never by a request. `tasks.py` is not here: in web projects it holds Celery's tasks. Nor is
 * `manage.py`, which starts a Flask application as often as it does Django's chores.
 */
const SCRIPT_FILES: ReadonlySet<string> = new Set(
  'setup.py fabfile.py noxfile.py pavement.py dodo.py versioneer.py ez_setup.py get-pip.py hatch_build.py'.split(' '),
);
