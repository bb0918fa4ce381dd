import type { MigrationsEvent } from '../evaluate/events.ts';
import type { Interpreter } from '../evaluate/interpreter.ts';
import { alembicMigrationEvents } from './alembic/revision-problems.ts';
import { djangoMigrationEvents } from './django-migrations/migration-problems.ts';

/** What of every framework's migrations does not fit together. */
export function* migrationEvents(interpreter: Interpreter): Generator<MigrationsEvent> {
  yield* djangoMigrationEvents(interpreter);
  yield* alembicMigrationEvents(interpreter);
}
