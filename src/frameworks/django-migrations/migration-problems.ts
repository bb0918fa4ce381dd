import type { MigrationsEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span, Stmt } from '../../ir/nodes.ts';
import { type GraphProblem, graphProblems } from './migration-graph.ts';
import { migrationFolders } from './migration-table.ts';

/** What does not fit together in the migrations of a Django project. */
export function* djangoMigrationEvents(interpreter: Interpreter): Generator<MigrationsEvent> {
  const folders = migrationFolders(interpreter);
  for (const problem of graphProblems(folders)) yield graphEvent(problem);
}

function graphEvent({ migration, kind, detail }: GraphProblem): MigrationsEvent {
  const { state, info } = migration;
  const place: Span = info.node.body.find((one) => setsName(one, 'dependencies')) ?? { start: info.node.nameStart, end: info.node.nameEnd };
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

function setsName(statement: Stmt, name: string): boolean {
  return statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.id === name);
}
