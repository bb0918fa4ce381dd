import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import type { ImportFromStmt, Stmt } from '../../ir/nodes.ts';
import { absoluteName } from '../../semantics/module-index.ts';
import { assigns } from '../assignment-of.ts';
import type { ConfigEntry } from './config-entry.ts';
import { isForDevelopers, roleOfModule } from './roles.ts';

/** What a module gives upper-case names, itself or by what it imports of other modules: `from .base import *`. */
export function moduleEntries(interpreter: Interpreter, state: ModuleState): readonly (readonly [string, ConfigEntry])[] {
  return [...state.frame.vars].flatMap(([key, value]) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(key)) return [];
    const found = placeOf(interpreter, state, key, new Set());
    if (!found) return [];
    const { statement } = found;
    const entry: ConfigEntry = {
      value,
      site: { module: found.state.module, node: statement },
      statement,
      valueNode: statement.kind === 'assign' ? statement.value : undefined,
      state: found.state,
    };
    return [[key, entry] as const];
  });
}

interface SettingPlace {
  readonly state: ModuleState;
  readonly statement: Stmt;
}

/** The assignment that a name of a module comes from. */
function placeOf(interpreter: Interpreter, state: ModuleState, name: string, seen: Set<ModuleState>): SettingPlace | undefined {
  if (seen.has(state)) return undefined;
  seen.add(state);
  const last = lastStatement(
    state.module.unit.body,
    (statement) => assigns(statement, name) || imported(interpreter, state, statement, name) !== undefined,
  );
  if (!last) return undefined;
  const source = imported(interpreter, state, last, name);
  if (!source) return { state, statement: last };
  return placeOf(interpreter, source.state, source.name, seen);
}

/** The module of the project that an import takes a name from. What only developers have stands for nothing that production runs with. */
function imported(interpreter: Interpreter, importer: ModuleState, statement: Stmt, name: string) {
  if (statement.kind !== 'import-from') return undefined;
  const original = nameThere(statement, name);
  if (original === undefined) return undefined;
  const module = interpreter.modules.find(absoluteName(importer.module, statement.module, statement.level), importer.module);
  const state = module && interpreter.states.get(module);
  if (!state?.frame.vars.has(original) || isForDevelopers(roleOfModule(state.module))) return undefined;
  return { state, name: original };
}

function nameThere({ names, star }: ImportFromStmt, name: string): string | undefined {
  if (star) return name;
  return names.find((one) => (one.alias ?? one.name) === name)?.name;
}

/** The assignment that a name ends with, also under conditions. */
export function lastAssignment(body: readonly Stmt[], name: string): Stmt | undefined {
  return lastStatement(body, (statement) => assigns(statement, name));
}

function lastStatement(body: readonly Stmt[], isWanted: (statement: Stmt) => boolean): Stmt | undefined {
  for (const statement of [...body].reverse()) {
    if (isWanted(statement)) return statement;
    const found = lastStatement(inner(statement), isWanted);
    if (found) return found;
  }
  return undefined;
}

function inner(statement: Stmt): readonly Stmt[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.then, ...statement.otherwise];
    case 'try':
      return [...statement.body, ...statement.handlers.flatMap((handler) => handler.body), ...statement.otherwise, ...statement.final];
    case 'with':
      return statement.body;
    default:
      return [];
  }
}
