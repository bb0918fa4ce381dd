import type { MigrationsEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { assignmentOf } from '../assignment-of.ts';
import { type Revision, type RevisionFolder, revisionFolders } from './revisions.ts';

/** What keeps Alembic from knowing which revision is the last one. */
export function* alembicMigrationEvents(interpreter: Interpreter): Generator<MigrationsEvent> {
  const folders = revisionFolders(interpreter);
  // Several folders may be parts of one history (`version_locations`).
  const everywhere = new Set(folders.flatMap(({ revisions }) => revisions.map(({ id }) => id)));
  for (const folder of folders) if (!folder.isOpen) yield* problemsIn(folder, everywhere);
}

function* problemsIn({ path, revisions }: RevisionFolder, everywhere: ReadonlySet<string>): Generator<MigrationsEvent> {
  const missing = revisions.flatMap((revision) =>
    revision.down.filter((id) => !everywhere.has(id) && !isPartOf(id, everywhere)).map((id) => ({ revision, id })),
  );
  for (const { revision, id } of missing)
    yield eventOf(revision, 'missing', `\`${revision.id}\` comes after \`${id}\`, and ${path} has no such revision`);
  if (missing.length > 0) return;
  const followed = new Set(revisions.flatMap(({ down }) => down));
  const heads = revisions.filter(({ id }) => !followed.has(id) && ![...followed].some((other) => id.startsWith(other)));
  const last = heads.at(-1);
  // A history of its own, in the same folder, has its own first revision.
  if (!last || heads.length < 2 || revisions.filter(({ down }) => down.length === 0).length > 1) return;
  yield eventOf(
    last,
    'leaves',
    `${path} has ${heads.length} revisions that nothing follows (${heads.map(({ id }) => `\`${id}\``).join(', ')})`,
  );
}

/** Ids may be shortened. https://alembic.sqlalchemy.org/en/latest/tutorial.html#partial-revision-identifiers */
function isPartOf(id: string, ids: ReadonlySet<string>): boolean {
  return id.length >= 4 && [...ids].some((one) => one.startsWith(id));
}

function eventOf({ state }: Revision, problem: string, detail: string): MigrationsEvent {
  const place = assignmentOf(state.module.unit.body, 'down_revision');
  const node = place ?? { start: 0, end: 0 };
  return {
    kind: 'migrations',
    frame: state.frame,
    statement: undefined,
    node: { start: node.start, end: node.end },
    app: '',
    problem,
    detail: `${detail}: \`alembic upgrade head\` stops with an error`,
  };
}
