import type { ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import type { Module } from '../../semantics/module.ts';
import { NO_TEXTS, type ProjectTexts } from '../project-texts.ts';
import type { SettingsRole } from '../settings-list.ts';
import { configurations } from './configurations.ts';
import { isDjangoName, SHARED_NAMES } from './names.ts';
import { type Reference, referencesTo } from './references.ts';
import { starImports } from './settings-imports.ts';

/** A Django settings module, and how its role was decided. */
export interface SettingsModule {
  readonly state: ModuleState;
  /** The class of django-configurations that holds the settings; absent where the module does. */
  readonly configuration?: ClassInfo;
  /** As files that name it call it, else as its path says. */
  readonly name: string;
  readonly role: SettingsRole;
  /** For people: `named “production”`, `wsgi.py names it`. */
  readonly because: string;
}

/** So many names of Django's make any module one of settings, whatever it is called. */
const TELLING_NAMES = 4;
const ROLE_WORDS: readonly (readonly [role: SettingsRole, words: ReadonlySet<string>])[] = [
  [
    'test',
    new Set(
      'test tests testing ci pytest unittest unittests e2e cypress playwright selenium travis jenkins circleci codeship appveyor buildkite'.split(
        ' ',
      ),
    ),
  ],
  [
    'development',
    new Set('dev devel develop development local debug sandbox devstack vagrant docker_dev build static collectstatic compress'.split(' ')),
  ],
  // Sphinx imports modules of Django with settings that answer no requests.
  ['development', new Set('sphinx rtd readthedocs docs documentation'.split(' '))],
  ['example', new Set('example examples sample demo template'.split(' '))],
  ['production', new Set('prod production live staging stage deploy deployment heroku'.split(' '))],
];
/** `testsettings.py`, `settings/testmysql.py` */
const TEST_OF = /^tests?(?:settings?|config|project|runner|env|db|sqlite3?|mysql|mariadb|pg|psql|postgres(?:ql)?|oracle)$/;
/** What the site itself runs with, of the words for production: `heroku.py` that `production.py` takes over is its base. */
const LIVE_WORDS = new Set('prod production live'.split(' '));
const BASE_WORDS = new Set('base common default defaults shared core general'.split(' '));

/**
 * Every settings module of the project, in order of their paths. `isOther` says that the project uses another web framework; `texts` are its
 * other files, some of which say which settings they run with.
 */
export function settingsModules(interpreter: Interpreter, isOther: boolean, texts: ProjectTexts = NO_TEXTS): readonly SettingsModule[] {
  const references = referencesTo(interpreter, texts);
  const candidates = [...interpreter.states.values()].filter((state) => isSettings(state, references, isOther));
  const isServed = [...references.values()].some((named) => named.some(({ by }) => by === 'server'));
  const taken = new Set(candidates.flatMap((state) => starImports(interpreter, state)));
  const states = candidates.filter(
    (state) => references.has(state.module) || (!isFragment(state, candidates) && !(isServed && isLeftover(state) && !taken.has(state))),
  );
  const importers = new Map<ModuleState, ModuleState[]>();
  for (const state of states)
    for (const imported of starImports(interpreter, state)) importers.set(imported, [...(importers.get(imported) ?? []), state]);
  const modules = states.map((state): SettingsModule => {
    const named = references.get(state.module) ?? [];
    const name = named[0]?.name ?? dottedPath(state.module);
    const developed = takenForDevelopers(interpreter, state, states);
    if (developed) return { state, name, role: 'development', because: `it only imports all of ${developed.path}` };
    const deployed = deployedInstead(state, states);
    if (deployed) return { state, name, role: 'development', because: `${deployed.path} stands for it where it is deployed` };
    return { state, name, ...roleOf(state, named, importers.get(state) ?? []) };
  });
  const classes = configurations(interpreter, roleOfWords).map(({ state, info, role, because }): SettingsModule => {
    const name = references.get(state.module)?.[0]?.name ?? dottedPath(state.module);
    return { state, configuration: info, name: `${name}.${info.name}`, role, because };
  });
  return [...modules, ...classes].sort((a, b) => (a.state.module.path < b.state.module.path ? -1 : 1));
}

/** The environment that a word of a name stands for. */
function roleOfWords(words: readonly string[]): { readonly role: SettingsRole; readonly word: string } | undefined {
  for (const [role, wanted] of ROLE_WORDS) {
    const word = words.find((one) => wanted.has(one) || (role === 'test' && TEST_OF.test(one)));
    if (word !== undefined) return { role, word };
  }
  return undefined;
}

function isSettings(state: ModuleState, references: ReadonlyMap<Module, readonly Reference[]>, isOther: boolean): boolean {
  const { module, frame } = state;
  // Django's own defaults configure no project.
  if (module.name === 'django.conf.global_settings') return false;
  let own = 0;
  let shared = 0;
  for (const [name, value] of frame.vars) {
    // A module that reads the settings of a project holds those of an application, under names of its own.
    if (value.some((atom) => atom.kind === 'symbol' && atom.name === 'django.conf.settings')) return false;
    if (isDjangoName(name)) own++;
    else if (SHARED_NAMES.has(name)) shared++;
  }
  if (own >= TELLING_NAMES) return true;
  if (references.has(module)) return own + shared > 0;
  // Applications of other frameworks have LANGUAGES and TIME_ZONE in their settings as well.
  if (isNamedSettings(module)) return isOther ? DJANGO_ALONE.some((name) => frame.vars.has(name)) : own + shared > 0;
  return !isOther && own > 0 && own + shared > 1 && isNamedForEnvironment(module);
}

/** What no other framework has a use for. */
const DJANGO_ALONE = ['INSTALLED_APPS', 'ROOT_URLCONF', 'MIDDLEWARE', 'MIDDLEWARE_CLASSES', 'WSGI_APPLICATION'];

/** `config/production.py`, `conf/base.py`: the folder says what the files are for. */
function isNamedForEnvironment(module: Module): boolean {
  const folder = module.path.split('/').at(-2) ?? '';
  const words = wordsOf(module);
  return (
    /^(?:conf|config|configs|configuration|environments?|envs)$/.test(folder) &&
    (roleOfWords(words) !== undefined || words.some((word) => BASE_WORDS.has(word)))
  );
}

/** What no site runs without. */
const NEEDED = ['INSTALLED_APPS', 'ROOT_URLCONF', 'SECRET_KEY', 'MIDDLEWARE', 'MIDDLEWARE_CLASSES'];

/** A part that whole settings beside it put in: `settings/databases.py` next to `settings/common.py`. What is named for an environment is none. */
function isFragment(state: ModuleState, all: readonly ModuleState[]): boolean {
  const isWhole = ({ frame }: ModuleState): boolean => NEEDED.some((name) => frame.vars.has(name));
  const folder = folderOf(state.module);
  if (folder === '' || isWhole(state) || state.module.isPackage) return false;
  const words = wordsOf(state.module);
  if (words.some((word) => word === 'settings' || BASE_WORDS.has(word) || ROLE_WORDS.some(([, wanted]) => wanted.has(word)))) return false;
  return all.some((other) => other !== state && folderOf(other.module) === folder && isWhole(other));
}

/** A few settings beside a project that the server runs with others: no site comes up without URLs and a key, and nothing names or takes it over. */
function isLeftover({ module, frame }: ModuleState): boolean {
  const words = wordsOf(module);
  return (
    !['ROOT_URLCONF', 'SECRET_KEY'].some((name) => frame.vars.has(name)) &&
    !ROLE_WORDS.some(([, wanted]) => words.some((word) => wanted.has(word))) &&
    !words.some((word) => BASE_WORDS.has(word))
  );
}

function folderOf({ path }: Module): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `settings.py`, `settings_dev.py`, `settings/dev.py`. */
function isNamedSettings({ path, isPackage }: Module): boolean {
  const parts = path.split('/');
  const stem = (parts.at(isPackage ? -2 : -1) ?? '').replace(/\.py$/, '');
  return /(^|_)settings(_|$)/.test(stem) || /(^|_)settings$/.test(parts.at(isPackage ? -3 : -2) ?? '');
}

function roleOf(
  state: ModuleState,
  references: readonly Reference[],
  importers: readonly ModuleState[],
): { readonly role: SettingsRole; readonly because: string } {
  const { module } = state;
  if (module.file.role === 'test') return { role: 'test', because: 'it is a file of tests' };
  if (module.file.role === 'example' || module.file.role === 'docs') return { role: 'example', because: 'it is an example' };
  const words = wordsOf(module);
  const byWord = roleOfWords(words);
  const live = importers.find((importer) => wordsOf(importer.module).some((word) => LIVE_WORDS.has(word)));
  if (byWord?.role === 'production' && live && !LIVE_WORDS.has(byWord.word) && references.length === 0)
    return { role: 'base', because: `${live.module.path} imports all of it` };
  if (byWord) return { role: byWord.role, because: `it is named “${byWord.word}”` };
  const server = references.find(({ by }) => by === 'server') ?? references.find(({ by }) => by === 'deployment');
  if (server) return { role: 'production', because: `${server.path} names it` };
  const outward = importers.filter((importer) => !isForDevelopers(importer.module));
  const isNamedBase = words.some((word) => BASE_WORDS.has(word)) || module.isPackage;
  if (importers.length > 0 && (isNamedBase || outward.length > 0))
    return { role: 'base', because: `${(outward[0] ?? importers[0])?.module.path} imports all of it` };
  const starter = references.find(({ by }) => by === 'starter');
  const others = (['tests', 'developers'] as const).map((by) => references.find((one) => one.by === by));
  const [tests, developers] = starter ? [] : others;
  if (tests ?? developers) return { role: tests ? 'test' : 'development', because: `only ${(tests ?? developers)?.path ?? ''} names it` };
  return { role: 'production', because: starter ? `${starter.path} names it` : 'nothing says that it is for something else' };
}

/** `settings/__init__.py` with `from .local import *` alone, beside a `production.py`: what starts where nobody says which settings to use. */
function takenForDevelopers(interpreter: Interpreter, state: ModuleState, all: readonly ModuleState[]): Module | undefined {
  if (!state.module.isPackage) return undefined;
  const taken = starImports(interpreter, state);
  const folder = folderOf(state.module);
  const isBesideLive = all.some(
    ({ module }) => module !== state.module && folderOf(module) === folder && wordsOf(module).some((word) => LIVE_WORDS.has(word)),
  );
  return isBesideLive && taken.every((one) => isForDevelopers(one.module)) ? taken[0]?.module : undefined;
}

/** `deploy/settings.py` below a `settings.py`: what is deployed gets the first one in place of the second. */
function deployedInstead({ module }: ModuleState, all: readonly ModuleState[]): Module | undefined {
  if (module.isPackage) return undefined;
  const fileName = module.path.slice(module.path.lastIndexOf('/') + 1);
  const places = ['deploy', 'deployment'].map((folder) => [folderOf(module), folder, fileName].filter((part) => part !== '').join('/'));
  return all.map((other) => other.module).find(({ path }) => places.includes(path));
}

function dottedPath({ path }: Module): string {
  return path
    .replace(/^src\//, '')
    .replace(/(\/__init__)?\.py$/, '')
    .replaceAll('/', '.');
}

function isForDevelopers(module: Module): boolean {
  const words = wordsOf(module);
  return (
    module.file.role === 'test' || ROLE_WORDS.some(([role, wanted]) => role !== 'production' && words.some((word) => wanted.has(word)))
  );
}

/** `devproject`, `test_site`, `dev_env`: a project that the developers of an application run it in. */
const PROJECT_FOR = /^(dev|tests?)[_-]?(?:project|proj|site|env|environment)$/;

/** The words of a file's own name; those of folders only where the file is the folder's `__init__.py` or the folder stands for an environment. */
function wordsOf({ path, isPackage }: Module): readonly string[] {
  const parts = path.split('/');
  const own = isPackage ? parts.slice(-2, -1) : parts.slice(-1);
  const folders = parts
    .slice(0, -1)
    .map((part) => part.replace(PROJECT_FOR, '$1'))
    .filter((part) => /^(dev|development|local|tests?|testing|prod|production)$/.test(part));
  return [...own, ...folders].flatMap((part) =>
    part
      .toLowerCase()
      .replace(/\.py$/, '')
      .split(/[^a-z0-9]+/),
  );
}
