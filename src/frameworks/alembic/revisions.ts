import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { compareText } from '../../util/compare-text.ts';
import { folderOf } from '../../util/folder-of.ts';
import { texts } from '../route-table.ts';
import { elementsOf } from '../routes/values.ts';

/** One file with a revision. https://alembic.sqlalchemy.org/en/latest/tutorial.html#create-a-migration-script */
export interface Revision {
  readonly state: ModuleState;
  readonly id: string;
  readonly down: readonly string[];
}

export interface RevisionFolder {
  readonly path: string;
  readonly revisions: readonly Revision[];
  /** Something is computed, several branches are meant, or a file could not be read: nothing is told about the whole. */
  readonly isOpen: boolean;
}

/** Every folder with revisions of Alembic, in order of their paths. */
export function revisionFolders(interpreter: Interpreter): readonly RevisionFolder[] {
  const folders = new Map<string, { readonly revisions: Revision[]; isOpen: boolean }>();
  const states = [...interpreter.states.values()].sort((a, b) => compareText(a.module.path, b.module.path));
  for (const state of states) {
    const { path } = state.module;
    const revision = texts(state.frame.vars.get('revision'));
    const down = state.frame.vars.get('down_revision');
    const folder = folderOf(path);
    const entry = folders.get(folder) ?? { revisions: [], isOpen: false };
    if (!down || !state.frame.vars.has('revision')) {
      // A file of another kind says nothing; one that is broken may hold a revision.
      if (state.module.unit.problems.length > 0) folders.set(folder, { ...entry, isOpen: true });
      continue;
    }
    const known = downRevisions(down);
    const [id] = revision;
    const isOpen = known === undefined || id === undefined || revision.length > 1 || hasBranches(state);
    if (known && id !== undefined) entry.revisions.push({ state, id, down: known });
    folders.set(folder, { revisions: entry.revisions, isOpen: entry.isOpen || isOpen });
  }
  return [...folders].map(([path, folder]) => ({ path, ...folder })).filter(({ revisions }) => revisions.length > 0);
}

/** Labels and dependencies are for projects that keep several branches on purpose. https://alembic.sqlalchemy.org/en/latest/branches.html */
function hasBranches({ frame }: ModuleState): boolean {
  return ['branch_labels', 'depends_on'].some((name) => (frame.vars.get(name) ?? []).some((atom) => !isNone(atom)));
}

/** The ids that a revision comes after; none for the first. */
function downRevisions(value: Value): readonly string[] | undefined {
  const [atom, ...more] = value;
  if (!atom || more.length > 0) return undefined;
  if (isNone(atom)) return [];
  if (atom.kind === 'constant') return atom.literal.type === 'str' ? [atom.literal.value] : undefined;
  if (!isContainer(atom) || atom.object.open) return undefined;
  const found = elementsOf(value).map((element) => texts(element));
  return found.every((one) => one.length === 1) ? found.flat() : undefined;
}

function isNone(atom: Atom): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'none';
}
