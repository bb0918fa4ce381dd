import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { compareText } from '../../util/compare-text.ts';
import { folderOf, lastPartOf } from '../../util/folder-of.ts';
import { texts } from '../route-table.ts';
import { callOf, classAttribute, elementsOf, lastName } from '../routes/values.ts';

/** A migration as others name it: label of the application, and name. */
export interface MigrationKey {
  readonly app: string;
  readonly name: string;
}

/** One file with a `Migration` class. https://docs.djangoproject.com/en/stable/topics/migrations/#migration-files */
export interface Migration {
  readonly state: ModuleState;
  readonly info: ClassInfo;
  readonly name: string;
  readonly dependencies: readonly MigrationKey[];
  readonly runBefore: readonly MigrationKey[];
  readonly replaces: readonly MigrationKey[];
  /** Some of these lists are computed: there may be further ones. */
  readonly isOpen: boolean;
}

/** The files of one folder of migrations. */
export interface MigrationFolder {
  /** Path of the folder, `shop/migrations`. */
  readonly path: string;
  /** Labels under which others may know it, the likeliest first. */
  readonly labels: ReadonlySet<string>;
  /** By name. */
  readonly migrations: ReadonlyMap<string, Migration>;
  /** A file that may hold a migration could not be understood. */
  readonly isOpen: boolean;
}

/** Every folder of migrations in the tree, in order of their paths. */
export function migrationFolders(interpreter: Interpreter): readonly MigrationFolder[] {
  const files = new Map<string, ModuleState[]>();
  for (const state of interpreter.states.values()) {
    const { path } = state.module;
    const folder = folderOf(path);
    // Django leaves out names that begin so.
    if (!/(?:^|\/)\w*migrations$/.test(folder) || /\/[_~][^/]*$/.test(path)) continue;
    files.set(folder, [...(files.get(folder) ?? []), state]);
  }
  const labels = configuredLabels(interpreter);
  const names = new Set([...files.keys()].map((path) => lastPartOf(folderOf(path))));
  return [...files]
    .map(([path, states]) => migrationFolder(path, states, labels, names))
    .filter(({ migrations }) => migrations.size > 0)
    .sort((a, b) => compareText(a.path, b.path));
}

function migrationFolder(
  path: string,
  states: readonly ModuleState[],
  configured: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
): MigrationFolder {
  const migrations = new Map<string, Migration>();
  let isOpen = false;
  for (const state of [...states].sort((a, b) => compareText(a.module.path, b.module.path))) {
    const value = state.frame.vars.get('Migration');
    const [only, ...more] = value ?? [];
    if (only?.kind !== 'class' || more.length > 0) {
      isOpen ||= value !== undefined || state.module.unit.problems.length > 0;
      continue;
    }
    const name = state.module.path.slice(path.length + 1).replace(/\.pyw?$/, '');
    if (isMigration(only.info)) migrations.set(name, migrationOf(state, only.info, name));
  }
  const application = folderOf(path);
  const own = configured.get(application);
  const labels = new Set<string>(own === undefined ? [] : [own]);
  if (own === undefined) labels.add(lastPartOf(application));
  // The label may be given by a class that is not seen: what its files call one another tells. Applications may have migrations of one name.
  const known = new Set([...configured.values(), ...names, ...labels]);
  const dependencies = [...migrations.values()].flatMap((migration) => migration.dependencies);
  const callsItself = dependencies.some(({ app, name }) => labels.has(app) && migrations.has(name));
  if (!callsItself)
    for (const { app, name } of dependencies) if (!known.has(app) && migrations.has(name) && name !== '0001_initial') labels.add(app);
  return { path, labels, migrations, isOpen };
}

function isMigration(info: ClassInfo): boolean {
  return ancestors(info).some((ancestor) =>
    /(?:^|\.)migrations(?:\.migration)?\.Migration$/.test(ancestor.kind === 'library' ? ancestor.name : ancestor.info.qualifiedName),
  );
}

function migrationOf(state: ModuleState, info: ClassInfo, name: string): Migration {
  const [dependencies, runBefore, replaces] = ['dependencies', 'run_before', 'replaces'].map((list) => keysIn(classAttribute(info, list)));
  return {
    state,
    info,
    name,
    dependencies: dependencies?.keys ?? [],
    runBefore: runBefore?.keys ?? [],
    replaces: replaces?.keys ?? [],
    isOpen: [dependencies, runBefore, replaces].some((list) => list?.isOpen),
  };
}

function keysIn(value: Value | undefined): { readonly keys: readonly MigrationKey[]; readonly isOpen: boolean } {
  const keys: MigrationKey[] = [];
  let isOpen = (value ?? []).some((atom) => !isContainer(atom) || atom.object.open) || (value?.length ?? 0) > 1;
  for (const element of elementsOf(value)) {
    const [app, name] = elementsOf(element).map((part) => texts(part));
    const [atom] = element;
    if (app?.length === 1 && name?.length === 1 && element.length === 1) keys.push({ app: app[0] ?? '', name: name[0] ?? '' });
    // The first migration of the application with the users, whichever that is.
    else if (!atom || calledName(atom) !== 'swappable_dependency') isOpen = true;
  }
  return { keys, isOpen };
}

function calledName(atom: Value[number]): string {
  const call = callOf(atom);
  return call ? lastName(call) : '';
}

/** Labels that classes of applications give, by the folder of the application. https://docs.djangoproject.com/en/stable/ref/applications/#django.apps.AppConfig.label */
function configuredLabels(interpreter: Interpreter): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { module, frame } of interpreter.states.values()) {
    if (!/(?:^|\/)(?:apps|__init__)\.py$/.test(module.path)) continue;
    for (const value of frame.vars.values())
      for (const atom of value) {
        if (atom.kind !== 'class' || atom.info.module !== module) continue;
        const [label] = texts(atom.info.namespace.read('label', ROOT_BRANCH));
        const folder = folderOf(module.path);
        if (label !== undefined) found.set(folder, label);
      }
  }
  return found;
}
