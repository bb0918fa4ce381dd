import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Expr, Stmt } from '../../ir/nodes.ts';
import { childBlocks } from '../../semantics/scope.ts';

/** A run of settings modules: their states, and which way their conditions went. */
export interface SettingsRun {
  readonly interpreter: Interpreter;
  readonly taken: ReadonlyMap<Expr, boolean>;
}

/** All statements that run with the module, in order of the text, those inside `if`, `try`, `with` and loops included. */
export function statementsOf(block: readonly Stmt[], run?: SettingsRun): readonly Stmt[] {
  return block.flatMap((statement) =>
    statement.kind === 'function' || statement.kind === 'class'
      ? [statement]
      : [statement, ...takenBlocks(statement, run).flatMap((inner) => statementsOf(inner, run))],
  );
}

/** The blocks of a statement that may run. */
export function takenBlocks(statement: Stmt, run: SettingsRun | undefined): readonly (readonly Stmt[])[] {
  const holds = statement.kind === 'if' ? run?.taken.get(statement.test) : undefined;
  if (statement.kind === 'if' && holds !== undefined) return [holds ? statement.then : statement.otherwise];
  return childBlocks(statement);
}
