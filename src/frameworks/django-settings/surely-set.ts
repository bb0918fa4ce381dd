import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { mentionsName } from '../../ir/mentions-name.ts';
import type { ForStmt, Stmt } from '../../ir/nodes.ts';
import { suppresses } from './openings.ts';
import { type SettingsRun, takenBlocks } from './run-statements.ts';
import { writeOf } from './setting-write.ts';
import { inherited, sourcesOf } from './settings-imports.ts';

/** Whether every way through the statements sets the name. */
export function isSurelySet(run: SettingsRun, state: ModuleState, block: readonly Stmt[], name: string): boolean {
  const inside = (inner: readonly Stmt[]): boolean => isSurelySet(run, state, inner, name);
  return block.some((statement) => {
    switch (statement.kind) {
      case 'if':
        return takenBlocks(statement, run).length === 1
          ? takenBlocks(statement, run).every(inside)
          : inside(statement.then) && inside(statement.otherwise);
      case 'with':
        return !statement.items.some(({ context }) => suppresses(context)) && inside(statement.body);
      case 'try':
        return (
          inside(statement.final) ||
          (inside([...statement.body, ...statement.otherwise]) && statement.handlers.every((one) => inside(one.body) || leaves(one.body)))
        );
      case 'for':
        return writeOf(state, statement, name) !== undefined || isTakenOver(state, statement, name);
      case 'import-from':
        return inherited(run.interpreter, state, statement, name) !== undefined;
      default:
        return writeOf(state, statement, name) !== undefined || sourcesOf(run.interpreter, state, statement, name).length > 0;
    }
  });
}

/** `for name in dir(defaults): if name.isupper(): globals()[name] = …`: the loop sets it, and asks nothing but what it is called. */
function isTakenOver(state: ModuleState, loop: ForStmt, name: string): boolean {
  const statement = state.named.get(name);
  const key = loop.target.kind === 'tuple' || loop.target.kind === 'list' ? loop.target.elements[0] : loop.target;
  if (!statement || statement.start < loop.start || loop.end < statement.end) return false;
  const isReached = (block: readonly Stmt[]): boolean =>
    block.some(
      (one) => one === statement || (one.kind === 'if' && key?.kind === 'name' && mentionsName(one.test, key.id) && isReached(one.then)),
    );
  return isReached(loop.body);
}

function leaves(block: readonly Stmt[]): boolean {
  return block.at(-1)?.kind === 'raise';
}
