import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/module-state.ts';
import type { AssignStmt, AugmentedAssignStmt, Expr, ImportFromStmt, Stmt } from '../../ir/nodes.ts';
import { isStmt, walk } from '../../ir/walk.ts';
import { absoluteName } from '../../semantics/module-index.ts';
import { boundNames, childBlocks } from '../../semantics/scope.ts';

/** One place where a settings module gives a name a value or changes the one it has. */
export interface Write {
  readonly state: ModuleState;
  readonly statement: Stmt;
  readonly valueNode: Expr | undefined;
  /** It changes a value that is there: `+=`, `.append(…)`, `NAME["key"] = …`. */
  readonly amends: boolean;
}

/** Where a setting comes from: the statement that gives it its value, those that amend it afterwards, and how sure that is. */
export interface SettingSource {
  readonly place: Write;
  readonly amendments: readonly Write[];
  /** Some way through the module leaves it unset. */
  readonly mayBeUnset: boolean;
  /** Something that is not in the tree may set it anew later. */
  readonly mayBeReplaced: boolean;
}

/** Functions whose use in a settings module may set any name. */
const OPENING = new Set(['locals', 'globals', 'vars', 'exec', 'execfile', 'setattr', 'include']);

/** Finds where the names of a module get their values, through `from … import *`. What they are is the evaluator's to say. */
export function sourceOfSetting(interpreter: Interpreter, state: ModuleState, name: string): SettingSource | undefined {
  return look(interpreter, state, name, new Set());
}

/** Whether names may be set by what is not in the tree: `from local_settings import *`, `globals().update(…)`. */
export function isOpen(interpreter: Interpreter, state: ModuleState, seen = new Set<ModuleState>()): boolean {
  if (seen.has(state)) return false;
  seen.add(state);
  return statementsOf(state.module.unit.body).some(
    (statement) => opens(interpreter, state, statement) || isOpenStar(interpreter, state, statement, seen),
  );
}

function isOpenStar(interpreter: Interpreter, state: ModuleState, statement: Stmt, seen: Set<ModuleState>): boolean {
  const imported = isStar(statement) ? importedState(interpreter, state, statement) : undefined;
  return imported !== undefined && isOpen(interpreter, imported, seen);
}

function look(interpreter: Interpreter, state: ModuleState, name: string, seen: Set<ModuleState>): SettingSource | undefined {
  if (seen.has(state)) return undefined;
  seen.add(state);
  const amendments: Write[] = [];
  let mayBeReplaced = false;
  const mayBeUnset = !isSurelySet(state, state.module.unit.body, name, interpreter);
  for (const statement of [...statementsOf(state.module.unit.body)].reverse()) {
    if (opens(interpreter, state, statement)) mayBeReplaced = true;
    const write = writeOf(state, statement, name);
    if (write?.amends) amendments.push(write);
    else if (write) return { place: write, amendments, mayBeUnset, mayBeReplaced };
    const from = statement.kind === 'import-from' ? inherited(interpreter, state, statement, name) : undefined;
    const found = from && look(interpreter, from.state, from.name, seen);
    if (found)
      return {
        place: found.place,
        amendments: [...amendments, ...found.amendments],
        mayBeUnset: mayBeUnset || found.mayBeUnset,
        mayBeReplaced: mayBeReplaced || found.mayBeReplaced,
      };
  }
  const [first] = amendments.slice(-1);
  return first && { place: first, amendments: amendments.slice(0, -1), mayBeUnset, mayBeReplaced };
}

/** All statements that run with the module, in order of the text, those inside `if`, `try`, `with` and loops included. */
function statementsOf(block: readonly Stmt[]): readonly Stmt[] {
  return block.flatMap((statement) =>
    statement.kind === 'function' || statement.kind === 'class'
      ? [statement]
      : [statement, ...childBlocks(statement).flatMap((inner) => statementsOf(inner))],
  );
}

function writeOf(state: ModuleState, statement: Stmt, name: string): Write | undefined {
  switch (statement.kind) {
    case 'assign':
      return assigned(state, statement, name);
    case 'augmented':
      return rootName(statement.target) === name ? { state, statement, valueNode: statement.value, amends: true } : undefined;
    case 'expression': {
      const { value } = statement;
      const isMethod = value.kind === 'call' && value.callee.kind === 'attribute' && rootName(value.callee.object) === name;
      return isMethod ? { state, statement, valueNode: value, amends: true } : undefined;
    }
    case 'for':
    case 'with':
    case 'import':
      return bindsName(statement, name) ? { state, statement, valueNode: undefined, amends: false } : undefined;
    default:
      return undefined;
  }
}

function assigned(state: ModuleState, statement: AssignStmt, name: string): Write | undefined {
  if (!statement.value) return undefined;
  for (const target of statement.targets) {
    let binds = false;
    boundNames(target, (bound) => {
      if (bound === name) binds = true;
    });
    if (binds) return { state, statement, valueNode: statement.value, amends: false };
    if (target.kind === 'subscript' && rootName(target) === name) return { state, statement, valueNode: statement.value, amends: true };
  }
  return undefined;
}

function bindsName(statement: Stmt, name: string): boolean {
  if (statement.kind === 'import') return statement.names.some((one) => (one.alias ?? one.name) === name);
  return statement.kind === 'for' && rootName(statement.target) === name;
}

/** `A` of `A`, `A["x"]["y"]` and `A.x`. */
function rootName(node: Expr | AugmentedAssignStmt['target']): string | undefined {
  if (node.kind === 'name') return node.id;
  return node.kind === 'subscript' || node.kind === 'attribute' ? rootName(node.object) : undefined;
}

/** The module that an import takes the name from, and what it is called there. */
function inherited(
  interpreter: Interpreter,
  state: ModuleState,
  statement: ImportFromStmt,
  name: string,
): { readonly state: ModuleState; readonly name: string } | undefined {
  const own = statement.star ? name : statement.names.find((one) => (one.alias ?? one.name) === name)?.name;
  const from = own === undefined ? undefined : importedState(interpreter, state, statement);
  return from && own !== undefined && from.frame.vars.has(own) ? { state: from, name: own } : undefined;
}

function isStar(statement: Stmt): statement is ImportFromStmt {
  return statement.kind === 'import-from' && statement.star;
}

/** The project module of `from module import …`. */
export function importedState(interpreter: Interpreter, state: ModuleState, statement: ImportFromStmt): ModuleState | undefined {
  const module = interpreter.modules.find(absoluteName(state.module, statement.module, statement.level), state.module);
  return module && interpreter.states.get(module);
}

/** Every project module whose names this one takes over with a star. */
export function starImports(interpreter: Interpreter, state: ModuleState): readonly ModuleState[] {
  return statementsOf(state.module.unit.body).flatMap((statement) => {
    const imported = isStar(statement) ? importedState(interpreter, state, statement) : undefined;
    return imported ? [imported] : [];
  });
}

function opens(interpreter: Interpreter, state: ModuleState, statement: Stmt): boolean {
  if (isStar(statement)) return !/^django(\.|$)/.test(statement.module) && importedState(interpreter, state, statement) === undefined;
  let found = false;
  for (const part of ownExpressions(statement)) {
    walk(part, (node) => {
      if (!isStmt(node) && node.kind === 'call' && node.callee.kind === 'name' && OPENING.has(node.callee.id)) found = true;
      return true;
    });
  }
  return found;
}

/** What a statement computes itself, its blocks left out: those are statements of their own. */
function ownExpressions(statement: Stmt): readonly Expr[] {
  if (statement.kind === 'expression') return [statement.value];
  if (statement.kind === 'assign') return [...statement.targets, ...(statement.value ? [statement.value] : [])];
  return [];
}

/** Whether every way through the statements sets the name. */
function isSurelySet(state: ModuleState, block: readonly Stmt[], name: string, interpreter: Interpreter): boolean {
  const inside = (inner: readonly Stmt[]): boolean => isSurelySet(state, inner, name, interpreter);
  return block.some((statement) => {
    switch (statement.kind) {
      case 'if':
        return inside(statement.then) && inside(statement.otherwise);
      case 'with':
        return inside(statement.body);
      case 'try':
        return (
          inside(statement.final) ||
          (inside([...statement.body, ...statement.otherwise]) && statement.handlers.every((one) => inside(one.body) || leaves(one.body)))
        );
      case 'import-from':
        return inherited(interpreter, state, statement, name) !== undefined;
      default:
        return writeOf(state, statement, name) !== undefined;
    }
  });
}

function leaves(block: readonly Stmt[]): boolean {
  return block.at(-1)?.kind === 'raise';
}
