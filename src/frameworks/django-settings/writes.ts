import { ancestors, type ClassInfo } from '../../evaluate/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/module-state.ts';
import { isNamespace, namespaceEntries } from '../../evaluate/namespace.ts';
import type { AssignStmt, AugmentedAssignStmt, CallExpr, Expr, ForStmt, ImportFromStmt, Stmt } from '../../ir/nodes.ts';
import { isStmt, walk } from '../../ir/walk.ts';
import { absoluteName } from '../../semantics/module-index.ts';
import { boundNames, childBlocks } from '../../semantics/scope.ts';
import { encloses } from '../../util/encloses.ts';

/** One place where a settings module gives a name a value or changes the one it has. */
export interface Write {
  readonly state: ModuleState;
  readonly statement: Stmt;
  readonly valueNode: Expr | undefined;
  /** It changes a value that is there: `+=`, `.append(…)`, `NAME["key"] = …`. */
  readonly amends: boolean;
}

/** Where something that is not in the tree may set any name: `from .local_settings import *`, `exec(…)`. */
export interface Opening {
  readonly state: ModuleState;
  readonly statement: Stmt;
  /** It may be absent: it stands in a branch. Else the program does not start without it, so it is there, and holds who knows what. */
  readonly optional: boolean;
}

/** Where a setting comes from: the statement that gives it its value, those that amend it afterwards, and how sure that is. */
export interface SettingSource {
  readonly place: Write;
  readonly amendments: readonly Write[];
  /** Some way through the module leaves it unset. */
  readonly mayBeUnset: boolean;
  /** What may set it anew later. */
  readonly replacedBy: Opening | undefined;
}

/** A run of settings modules: their states, and which way their conditions went. */
export interface SettingsRun {
  readonly interpreter: Interpreter;
  readonly taken: ReadonlyMap<Expr, boolean>;
}

/** Functions whose use in a settings module may set any name. */
const OPENING = new Set(['exec', 'execfile', 'setattr', 'include']);

/** Finds where the names of a module get their values, through `from … import *`. What they are is the evaluator's to say. */
export function sourceOfSetting(run: SettingsRun, state: ModuleState, name: string): SettingSource | undefined {
  return look(run, state, name, new Set());
}

/** The same for a class of settings: where it, or the nearest of the classes that it extends, sets the name. */
export function sourceInClass(run: SettingsRun, configuration: ClassInfo, name: string): SettingSource | undefined {
  for (const ancestor of ancestors(configuration)) {
    const state = ancestor.kind === 'class' ? run.interpreter.states.get(ancestor.info.module) : undefined;
    if (ancestor.kind !== 'class' || !state) continue;
    const writes = statementsOf(ancestor.info.node.body, run).flatMap(
      (one) => writeOf(state, one, name) ?? propertyOf(state, one, name) ?? [],
    );
    const place = writes.findLast(({ amends }) => !amends);
    if (place) return { place, amendments: writes.filter(({ amends }) => amends).reverse(), mayBeUnset: false, replacedBy: undefined };
  }
  return undefined;
}

/** `@property def CACHES(self): …` */
function propertyOf(state: ModuleState, statement: Stmt, name: string): Write | undefined {
  return statement.kind === 'function' && statement.name === name ? { state, statement, valueNode: undefined, amends: false } : undefined;
}

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

function openingAt(state: ModuleState, statement: Stmt): Opening {
  // Of files that are put in, those that need not be there are missing.
  return { state, statement, optional: state.included.has(statement) || !isSureToRun(state.module.unit.body, statement) };
}

/** Whether no branch stands around a statement: `with open(path) as file: globals().update(yaml.safe_load(file))` runs or fails. */
function isSureToRun(block: readonly Stmt[], statement: Stmt): boolean {
  return block.some(
    (one) =>
      one === statement ||
      (one.kind === 'with' && !one.items.some(({ context }) => suppresses(context)) && isSureToRun(one.body, statement)),
  );
}

function look(run: SettingsRun, state: ModuleState, name: string, seen: Set<ModuleState>): SettingSource | undefined {
  if (seen.has(state)) return undefined;
  seen.add(state);
  const amendments: Write[] = [];
  let replacedBy: Opening | undefined;
  const mayBeUnset = !isSurelySet(run, state, state.module.unit.body, name);
  for (const statement of [...statementsOf(state.module.unit.body, run)].reverse()) {
    const write = writeOf(state, statement, name);
    if (!write && opens(run.interpreter, state, statement)) replacedBy ??= openingAt(state, statement);
    if (write?.amends) amendments.push(write);
    else if (write) return { place: write, amendments, mayBeUnset, replacedBy: replacedBy ?? openingBefore(run, state, write, name) };
    const found = sourcesOf(run.interpreter, state, statement, name).reduce<SettingSource | undefined>(
      (first, from) => first ?? look(run, from.state, from.name, seen),
      undefined,
    );
    if (found)
      return {
        place: found.place,
        amendments: [...amendments, ...found.amendments],
        mayBeUnset: mayBeUnset || found.mayBeUnset,
        replacedBy: replacedBy ?? found.replacedBy,
      };
  }
  const [first] = amendments.slice(-1);
  return first && { place: first, amendments: amendments.slice(0, -1), mayBeUnset, replacedBy };
}

/** `if not NAME: NAME = …` keeps what something before it set: that may have been what is not in the tree. */
function openingBefore(run: SettingsRun, state: ModuleState, { statement }: Write, name: string): Opening | undefined {
  const { body } = state.module.unit;
  const outer = body.find((one) => one.kind === 'if' && encloses(one, statement));
  if (outer?.kind !== 'if' || !mentionsName(outer.test, name)) return undefined;
  const before = statementsOf(body, run).findLast((one) => one.end <= outer.start && opens(run.interpreter, state, one));
  return before && openingAt(state, before);
}

function mentionsName(test: Expr, name: string): boolean {
  let found = false;
  walk(test, (node) => {
    if (!isStmt(node) && node.kind === 'name' && node.id === name) found = true;
    return !found;
  });
  return found;
}

/** All statements that run with the module, in order of the text, those inside `if`, `try`, `with` and loops included. */
function statementsOf(block: readonly Stmt[], run?: SettingsRun): readonly Stmt[] {
  return block.flatMap((statement) =>
    statement.kind === 'function' || statement.kind === 'class'
      ? [statement]
      : [statement, ...takenBlocks(statement, run).flatMap((inner) => statementsOf(inner, run))],
  );
}

/** The blocks of a statement that may run. */
function takenBlocks(statement: Stmt, run: SettingsRun | undefined): readonly (readonly Stmt[])[] {
  const holds = statement.kind === 'if' ? run?.taken.get(statement.test) : undefined;
  if (statement.kind === 'if' && holds !== undefined) return [holds ? statement.then : statement.otherwise];
  return childBlocks(statement);
}

function writeOf(state: ModuleState, statement: Stmt, name: string): Write | undefined {
  if (state.named.get(name) === statement)
    return { state, statement, valueNode: statement.kind === 'assign' ? statement.value : undefined, amends: false };
  switch (statement.kind) {
    case 'assign':
      return assigned(state, statement, name);
    case 'augmented':
      return rootName(statement.target) === name ? { state, statement, valueNode: statement.value, amends: true } : undefined;
    case 'expression': {
      const { value } = statement;
      if (value.kind !== 'call') return undefined;
      if (value.callee.kind === 'attribute' && rootName(value.callee.object) === name)
        return { state, statement, valueNode: value, amends: true };
      const entry = namespaceEntries(value)?.find((one) => one.name === name);
      return entry && { state, statement, valueNode: entry.value, amends: false };
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
    if (binds || namespaceKey(target) === name)
      return { state, statement, valueNode: statement.value, amends: extendsItself(statement.value, name) };
    if (target.kind === 'subscript' && rootName(target) === name) return { state, statement, valueNode: statement.value, amends: true };
  }
  return undefined;
}

/** `NAME = ["first", *NAME]`, `NAME = NAME + ["last"]`: what is in front and behind is added to what is there. */
function extendsItself(value: Expr, name: string): boolean {
  const isJoined = value.kind === 'binary' && value.op === '+';
  return (isJoined || value.kind === 'list' || value.kind === 'tuple') && mentionsName(value, name);
}

/** `NAME` of `globals()["NAME"]`. */
function namespaceKey(target: Expr): string | undefined {
  if (target.kind !== 'subscript' || !isNamespace(target.object)) return undefined;
  return target.index.kind === 'literal' && target.index.literal.type === 'str' ? target.index.literal.value : undefined;
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

/** Where a statement takes the name from, with the last one first: an import, or files that are put in. */
function sourcesOf(
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
function importedState(interpreter: Interpreter, state: ModuleState, statement: ImportFromStmt): ModuleState | undefined {
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

function opens(interpreter: Interpreter, state: ModuleState, statement: Stmt): boolean {
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

/** Whether every way through the statements sets the name. */
function isSurelySet(run: SettingsRun, state: ModuleState, block: readonly Stmt[], name: string): boolean {
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

/** `with suppress(FileNotFoundError):` may end anywhere. */
function suppresses(context: Expr): boolean {
  if (context.kind !== 'call') return false;
  const { callee } = context;
  return (callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : '') === 'suppress';
}
