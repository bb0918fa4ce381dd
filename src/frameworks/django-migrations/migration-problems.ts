import type { MigrationsEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span } from '../../ir/nodes.ts';
import { assignmentOf } from '../assignment-of.ts';
import { type GraphProblem, graphProblems } from './migration-graph.ts';
import { migrationFolders } from './migration-table.ts';
import { missingMigrations } from './missing-migrations.ts';
import { modelDrifts } from './model-drift.ts';

/** What does not fit together in the migrations of a Django project. */
export function* djangoMigrationEvents(interpreter: Interpreter): Generator<MigrationsEvent> {
  const folders = migrationFolders(interpreter);
  for (const problem of graphProblems(folders)) yield graphEvent(problem);
  for (const { state, place, detail } of modelDrifts(interpreter, folders))
    yield { kind: 'migrations', frame: state.frame, statement: undefined, node: place, app: '', problem: 'drift', detail };
  for (const { folder, detail } of missingMigrations(interpreter)) {
    const { frame, module } = folder.main;
    const [first] = module.unit.body;
    const node = { start: first?.start ?? 0, end: first?.end ?? 0 };
    yield { kind: 'migrations', frame, statement: undefined, node, app: folder.path, problem: 'none', detail };
  }
}

function graphEvent({ migration, kind, detail }: GraphProblem): MigrationsEvent {
  const { state, info } = migration;
  const place: Span = assignmentOf(info.node.body, 'dependencies') ?? { start: info.node.nameStart, end: info.node.nameEnd };
  return {
    kind: 'migrations',
    frame: state.frame,
    statement: undefined,
    node: { start: place.start, end: place.end },
    app: '',
    problem: kind,
    detail: `${detail}: \`migrate\` stops with an error`,
  };
}
