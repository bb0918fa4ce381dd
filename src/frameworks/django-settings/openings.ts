import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { isNamespace, namespaceEntries } from '../../evaluate/names/namespace.ts';
import { mentionsName } from '../../ir/mentions-name.ts';
import type { CallExpr, Expr, Stmt } from '../../ir/nodes.ts';
import { isStmt, walk } from '../../ir/walk.ts';
import { encloses } from '../../util/encloses.ts';
import { type SettingsRun, statementsOf } from './run-statements.ts';
import { namespaceKey, type Write } from './setting-write.ts';
import { importedState, isStar } from './settings-imports.ts';

/** Where something that is not in the tree may set any name: `from .local_settings import *`, `exec(…)`. */
export interface Opening {
  readonly state: ModuleState;
  readonly statement: Stmt;
  /** It may be absent: it stands in a branch. Else the program does not start without it, so it is there, and holds who knows what. */
  readonly optional: boolean;
}

/** Functions whose use in a settings module may set any name. */
const OPENING = new Set(['exec', 'execfile', 'setattr', 'include']);

/** Where names may be set by what is not in the tree; first of all by what has to be there. */
export function openingOf(run: SettingsRun, state: ModuleState, seen = new Set<ModuleState>()): Opening | undefined {
  if (seen.has(state)) return undefined;
  seen.add(state);
  let optional: Opening | undefined;
  for (const statement of statementsOf(state.module.unit.body, run)) {
    const own = opens(run.interpreter, state, statement) ? openingAt(state, statement) : undefined;
    if (own?.optional === false) return own;
    const imported = isStar(statement) ? importedState(run.interpreter, state, statement) : undefined;
    const inner = imported && openingOf(run, imported, seen);
    if (inner?.optional === false) return inner;
    optional ??= own ?? inner;
  }
  return optional;
}

/** A statement as such a place, and whether it may be absent. */
export function openingAt(state: ModuleState, statement: Stmt): Opening {
  // Of files that are put in, those that need not be there are missing.
  return { state, statement, optional: state.included.has(statement) || !isSureToRun(state.module.unit.body, statement) };
}

/** `if not NAME: NAME = …` keeps what something before it set: that may have been what is not in the tree. */
export function openingBefore(run: SettingsRun, state: ModuleState, { statement }: Write, name: string): Opening | undefined {
  const { body } = state.module.unit;
  const outer = body.find((one) => one.kind === 'if' && encloses(one, statement));
  if (outer?.kind !== 'if' || !mentionsName(outer.test, name)) return undefined;
  const before = statementsOf(body, run).findLast((one) => one.end <= outer.start && opens(run.interpreter, state, one));
  return before && openingAt(state, before);
}

/** Whether no branch stands around a statement: `with open(path) as file: globals().update(yaml.safe_load(file))` runs or fails. */
function isSureToRun(block: readonly Stmt[], statement: Stmt): boolean {
  return block.some(
    (one) =>
      one === statement ||
      (one.kind === 'with' && !one.items.some(({ context }) => suppresses(context)) && isSureToRun(one.body, statement)),
  );
}

/** Whether a statement may set names that the tree does not tell. */
export function opens(interpreter: Interpreter, state: ModuleState, statement: Stmt): boolean {
  const included = state.included.get(statement);
  if (included) return !included.isWhole;
  // All that it sets is known by name.
  if ([...state.named.values()].includes(statement)) return state.opened.has(statement);
  if (isStar(statement)) return !/^django(\.|$)/.test(statement.module) && importedState(interpreter, state, statement) === undefined;
  if (statement.kind === 'assign' && statement.targets.some(isUnknownEntry)) return true;
  let found = false;
  for (const part of ownExpressions(statement)) {
    walk(part, (node) => {
      if (!isStmt(node) && node.kind === 'call' && opensNames(node)) found = true;
      return true;
    });
  }
  return found;
}

/** `globals()[name] = …` */
function isUnknownEntry(target: Expr): boolean {
  return target.kind === 'subscript' && isNamespace(target.object) && namespaceKey(target) === undefined;
}

/** `exec(…)`, `globals().update(…)` with what is not spelled out, and a function that is given the names to change: `heroku(locals())`. */
function opensNames(call: CallExpr): boolean {
  if (call.callee.kind === 'name' && OPENING.has(call.callee.id)) return true;
  if (call.callee.kind === 'attribute' && isNamespace(call.callee.object))
    return call.callee.name === 'update' && namespaceEntries(call) === undefined;
  return call.args.some(({ value }) => isNamespace(value));
}

/** What a statement computes itself, its blocks left out: those are statements of their own. */
function ownExpressions(statement: Stmt): readonly Expr[] {
  if (statement.kind === 'expression') return [statement.value];
  if (statement.kind === 'assign') return statement.value ? [statement.value] : [];
  return [];
}

/** `with suppress(FileNotFoundError):` may end anywhere. */
export function suppresses(context: Expr): boolean {
  if (context.kind !== 'call') return false;
  const { callee } = context;
  return (callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : '') === 'suppress';
}
