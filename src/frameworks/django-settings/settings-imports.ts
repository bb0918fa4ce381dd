import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import type { ImportFromStmt, Stmt } from '../../ir/nodes.ts';
import { absoluteName } from '../../semantics/module-index.ts';
import { statementsOf } from './run-statements.ts';

/** Where a statement takes the name from, with the last one first: an import, or files that are put in. */
export function sourcesOf(
  interpreter: Interpreter,
  state: ModuleState,
  statement: Stmt,
  name: string,
): readonly { readonly state: ModuleState; readonly name: string }[] {
  const imported = statement.kind === 'import-from' ? inherited(interpreter, state, statement, name) : undefined;
  const included = (state.included.get(statement)?.states ?? []).filter(({ frame }) => frame.vars.has(name));
  return imported ? [imported] : included.map((one) => ({ state: one, name })).reverse();
}

/** The module that an import takes the name from, and what it is called there. */
export function inherited(
  interpreter: Interpreter,
  state: ModuleState,
  statement: ImportFromStmt,
  name: string,
): { readonly state: ModuleState; readonly name: string } | undefined {
  const own = statement.star ? name : statement.names.find((one) => (one.alias ?? one.name) === name)?.name;
  const from = own === undefined ? undefined : importedState(interpreter, state, statement);
  return from && own !== undefined && from.frame.vars.has(own) ? { state: from, name: own } : undefined;
}

/** `from module import *` */
export function isStar(statement: Stmt): statement is ImportFromStmt {
  return statement.kind === 'import-from' && statement.star;
}

/** The project module of `from module import …`. */
export function importedState(interpreter: Interpreter, state: ModuleState, statement: ImportFromStmt): ModuleState | undefined {
  const module = interpreter.modules.find(absoluteName(state.module, statement.module, statement.level), state.module);
  return module && interpreter.states.get(module);
}

/** Every project module that this one takes names from, and whether by a star. */
export function imports(interpreter: Interpreter, state: ModuleState): readonly { readonly state: ModuleState; readonly star: boolean }[] {
  return statementsOf(state.module.unit.body).flatMap((statement) => {
    const imported = statement.kind === 'import-from' ? importedState(interpreter, state, statement) : undefined;
    if (imported && statement.kind === 'import-from') return [{ state: imported, star: statement.star }];
    return (state.included.get(statement)?.states ?? []).map((one) => ({ state: one, star: true }));
  });
}

/** Every project module whose names this one takes over with a star. */
export function starImports(interpreter: Interpreter, state: ModuleState): readonly ModuleState[] {
  return imports(interpreter, state).flatMap((imported) => (imported.star ? [imported.state] : []));
}
