import { compareText } from '../../util/compare-text.ts';
import type { Migration, MigrationFolder, MigrationKey } from './migration-table.ts';

/** Why `migrate` stops, and the migration by which a reader sees it. */
export interface GraphProblem {
  readonly migration: Migration;
  readonly kind: 'leaves' | 'missing' | 'circle';
  readonly detail: string;
}

/** What a name may say in place of a migration's. */
const RELATIVE: ReadonlySet<string> = new Set(['__first__', '__latest__']);

/** What keeps the migrations of a project from being put into an order. */
export function graphProblems(folders: readonly MigrationFolder[]): readonly GraphProblem[] {
  const replaced = new Set(folders.flatMap(({ migrations }) => [...migrations.values()].flatMap(({ replaces }) => replaces.map(textOf))));
  return folders.flatMap((folder) => {
    const nodes = [...folder.migrations.values()];
    if (folder.isOpen || nodes.some(({ isOpen }) => isOpen)) return [];
    const missing = nodes.flatMap((migration) => missingIn(migration, folder, folders, replaced));
    if (missing.length > 0) return missing;
    const edges = edgesIn(folder);
    if (!edges) return [];
    return circleIn(folder, edges) ?? leavesOf(folder, edges);
  });
}

/** The migrations of a folder, each after what it comes after; those apart that a squashed one replaces. `undefined` where there is no clear order. */
export function orderOf(folder: MigrationFolder): readonly Migration[] | undefined {
  const edges = edgesIn(folder);
  if (!edges || folder.isOpen || [...folder.migrations.values()].some(({ isOpen }) => isOpen)) return undefined;
  const ordered = new Set<Migration>();
  for (let before = -1; before !== ordered.size; ) {
    before = ordered.size;
    for (const [migration, earlier] of edges) if ([...earlier].every((one) => ordered.has(one))) ordered.add(migration);
  }
  return ordered.size === edges.size ? [...ordered] : undefined;
}

function textOf({ app, name }: MigrationKey): string {
  return `${app}.${name}`;
}

function missingIn(
  migration: Migration,
  folder: MigrationFolder,
  folders: readonly MigrationFolder[],
  replaced: ReadonlySet<string>,
): readonly GraphProblem[] {
  return migration.dependencies.flatMap((key): GraphProblem[] => {
    if (RELATIVE.has(key.name) || replaced.has(textOf(key))) return [];
    const targets = folder.labels.has(key.app) ? [folder] : folders.filter((other) => other.labels.has(key.app) && namesItself(other));
    const [target] = targets;
    if (targets.length !== 1 || !target || target.isOpen || target.migrations.has(key.name)) return [];
    // Another application may have the same label, and its files may lie elsewhere.
    if (!namesItself(target)) return [];
    return [
      { migration, kind: 'missing', detail: `\`${migration.name}\` depends on \`${textOf(key)}\`, and ${target.path} has no such file` },
    ];
  });
}

/** Its files call one another by a label that is among its labels. */
function namesItself({ migrations, labels }: MigrationFolder): boolean {
  return [...migrations.values()].some(({ dependencies }) => dependencies.some(({ app, name }) => labels.has(app) && migrations.has(name)));
}

/** What each migration comes after, inside one folder, with those left out that a squashed one replaces; `undefined` where that is not clear. */
function edgesIn(folder: MigrationFolder): ReadonlyMap<Migration, ReadonlySet<Migration>> | undefined {
  const { migrations, labels } = folder;
  const own = (key: MigrationKey): Migration | undefined => (labels.has(key.app) ? migrations.get(key.name) : undefined);
  const replacements = new Map<Migration, Migration>();
  for (const squashed of migrations.values())
    for (const old of squashed.replaces) {
      const target = own(old);
      if (!target) continue;
      if (replacements.has(target)) return undefined;
      replacements.set(target, squashed);
    }
  const standing = (start: Migration): Migration => {
    let at = start;
    for (let next = replacements.get(at), left = migrations.size; next && left > 0; next = replacements.get(at), left--) at = next;
    return at;
  };
  const edges = new Map<Migration, Set<Migration>>();
  const add = (later: Migration, earlier: Migration): void => {
    const [from, to] = [standing(later), standing(earlier)];
    if (from !== to) edges.get(from)?.add(to);
  };
  for (const migration of migrations.values()) if (!replacements.has(migration)) edges.set(migration, new Set());
  for (const migration of migrations.values()) {
    for (const key of migration.dependencies) {
      const earlier = key.name === '__first__' && labels.has(key.app) ? [...migrations.values()][0] : (own(key) ?? replacing(key, folder));
      if (earlier && earlier !== migration) add(migration, earlier);
    }
    for (const key of migration.runBefore) {
      const later = own(key);
      if (later) add(later, migration);
    }
  }
  return edges;
}

/** The squashed migration that stands for one whose file is gone. */
function replacing(key: MigrationKey, { migrations, labels }: MigrationFolder): Migration | undefined {
  if (!labels.has(key.app)) return undefined;
  return [...migrations.values()].find(({ replaces }) => replaces.some(({ app, name }) => app === key.app && name === key.name));
}

function leavesOf(folder: MigrationFolder, edges: ReadonlyMap<Migration, ReadonlySet<Migration>>): readonly GraphProblem[] {
  const followed = new Set([...edges.values()].flatMap((earlier) => [...earlier]));
  const leaves = [...edges.keys()].filter((migration) => !followed.has(migration)).sort((a, b) => compareText(a.name, b.name));
  const last = leaves.at(-1);
  if (leaves.length < 2 || !last) return [];
  // One that follows none of its folder may name them by a label that is not known here.
  if (leaves.some((leaf) => edges.get(leaf)?.size === 0)) return [];
  const names = leaves.map(({ name }) => `\`${name}\``);
  const detail = `${folder.path} has ${leaves.length} migrations that nothing follows (${names.join(', ')})`;
  return [{ migration: last, kind: 'leaves', detail }];
}

function circleIn(folder: MigrationFolder, edges: ReadonlyMap<Migration, ReadonlySet<Migration>>): readonly GraphProblem[] | undefined {
  const done = new Set<Migration>();
  const order = [...edges.keys()];
  // Takes away, again and again, what comes after nothing that is left.
  for (let before = -1; before !== done.size; ) {
    before = done.size;
    for (const migration of order) if ([...(edges.get(migration) ?? [])].every((earlier) => done.has(earlier))) done.add(migration);
  }
  const rest = order.filter((migration) => !done.has(migration));
  const inCircle = rest.filter((migration) => rest.some((other) => edges.get(other)?.has(migration)));
  const [first] = inCircle;
  if (!first) return undefined;
  const names = inCircle.map(({ name }) => `\`${name}\``).join(', ');
  return [{ migration: first, kind: 'circle', detail: `The migrations ${names} of ${folder.path} depend on one another` }];
}
