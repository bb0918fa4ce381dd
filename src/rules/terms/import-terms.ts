import type { Event } from '../../evaluate/events.ts';
import type { Span, Stmt, TryStmt, Unit } from '../../ir/nodes.ts';
import { childBlocks } from '../../semantics/scope.ts';
import { encloses } from '../../util/encloses.ts';
import { writtenImport } from '../event-parts.ts';
import { keysOfNames } from '../keys.ts';
import { compileNames } from '../name-match.ts';
import { type EventTest, listOfStrings, NAMES_SCHEMA, type Terms } from '../term.ts';
import { mentions } from './mentions.ts';

/** Terms about an import. */
export const importTerms: Terms<EventTest> = {
  import: {
    doc: 'import: it imports one of these qualified names, or the name as it is written (removed names have a newer one).',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('callee'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return ({ event }) => event.kind === 'import' && matches([event.name, writtenImport(event)]);
    },
  },
  'imported-from': {
    doc: 'import: the module is written as one of these (aliases of the library are not looked through).',
    schema: NAMES_SCHEMA,
    compile: (names) => {
      const wanted = new Set(listOfStrings(names));
      return ({ event }) =>
        event.kind === 'import' &&
        event.statement?.kind === 'import-from' &&
        event.statement.level === 0 &&
        wanted.has(event.statement.module);
    },
  },
  local: {
    doc: 'import: it leads into the project (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'import' && event.local === wanted,
  },
  fallback: {
    doc: 'import: it is tried, or stands in for another, under `try` … `except ImportError` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'import' && isFallbackImport(event) === wanted,
  },
};

/** Whether an import stands in a `try` statement that handles its failure. */
function isFallbackImport(event: Event & { kind: 'import' }): boolean {
  const { unit } = event.frame.state.module;
  let attempts = importAttempts.get(unit);
  if (!attempts) {
    attempts = triesOf(unit.body).filter(({ handlers }) =>
      handlers.some(({ types }) => types === undefined || mentions(types, (name) => IMPORT_ERRORS.has(name ?? ''))),
    );
    importAttempts.set(unit, attempts);
  }
  return attempts.some((attempt) => encloses(attempt, event.node));
}

function triesOf(statements: readonly Stmt[]): readonly TryStmt[] {
  return statements.flatMap((statement) => [
    ...(statement.kind === 'try' ? [statement] : []),
    ...(statement.kind === 'function' || statement.kind === 'class' ? triesOf(statement.body) : childBlocks(statement).flatMap(triesOf)),
  ]);
}
const IMPORT_ERRORS = new Set(['ImportError', 'ModuleNotFoundError', 'AttributeError', 'Exception']);
/** `try` statements of a file that handle a failing import. */
const importAttempts = new WeakMap<Unit, readonly Span[]>();
