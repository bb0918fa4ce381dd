import type { ImportFromStmt, ImportStmt } from '../../ir/nodes.ts';
import { absoluteName } from '../../semantics/module-index.ts';
import { symbolMember } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { runModule } from '../statements/run-module.ts';
import { knownElements } from '../values/container.ts';
import { symbol, type Value } from '../values/value.ts';
import { bindName } from './bind.ts';
import { moduleMember } from './lookup.ts';
import type { ModuleState } from './module-state.ts';

/** `import a.b as c`. https://docs.python.org/3/reference/simple_stmts.html#import */
export function runImport(interpreter: Interpreter, frame: Frame, statement: ImportStmt): void {
  for (const imported of statement.names) {
    const state = moduleNamed(interpreter, frame, imported.name);
    const top = imported.name.split('.', 1)[0] ?? imported.name;
    const local = state !== undefined || moduleNamed(interpreter, frame, top) !== undefined || interpreter.modules.isPackage(top);
    if (interpreter.listener.wanted.has('import')) {
      interpreter.listener.on({
        kind: 'import',
        frame,
        statement,
        node: imported,
        name: interpreter.library.canonical(imported.name),
        local,
      });
    }
    if (imported.alias !== undefined) bindName(frame, imported.alias, moduleValue(interpreter, imported.name, state));
    else bindName(frame, top, moduleValue(interpreter, top, moduleNamed(interpreter, frame, top)));
  }
}

/** `from a import b as c` and `from a import *`. */
export function runImportFrom(interpreter: Interpreter, frame: Frame, statement: ImportFromStmt): void {
  const name = absoluteName(frame.state.module, statement.module, statement.level);
  const state = moduleNamed(interpreter, frame, name);
  if (statement.star) {
    importStar(interpreter, frame, statement, name, state);
    return;
  }
  for (const imported of statement.names) {
    const value = memberOfModule(interpreter, frame, name, state, imported.name, statement);
    if (interpreter.listener.wanted.has('import')) {
      const local = state !== undefined || statement.level > 0 || interpreter.modules.isPackage(name);
      interpreter.listener.on({
        kind: 'import',
        frame,
        statement,
        node: imported,
        name: interpreter.library.canonical(`${name}.${imported.name}`),
        local,
      });
    }
    bindName(frame, imported.alias ?? imported.name, value);
    // What a module in the circle has of a third one may be bound later as well.
    if (
      state &&
      !interpreter.modulesDone &&
      (state.frame.vars.has(imported.name) ? value[0]?.kind === 'symbol' : state.status === 'running')
    )
      interpreter.lateImports.push({ frame, name: imported.alias ?? imported.name, state, member: imported.name });
  }
}

function memberOfModule(
  interpreter: Interpreter,
  frame: Frame,
  name: string,
  state: ModuleState | undefined,
  member: string,
  statement: ImportFromStmt,
): Value {
  const here = site(frame, statement);
  // A submodule runs before its package's attribute of the same name is looked up.
  const submodule = moduleNamed(interpreter, frame, name === '' ? member : `${name}.${member}`);
  if (state) {
    if (submodule && !state.frame.vars.has(member)) return [{ kind: 'module', state: submodule }];
    return moduleMember(interpreter, state, member, here);
  }
  if (submodule) return [{ kind: 'module', state: submodule }];
  return symbolMember(interpreter, name, member, symbol(name), here);
}

function importStar(interpreter: Interpreter, frame: Frame, statement: ImportFromStmt, name: string, state: ModuleState | undefined): void {
  if (interpreter.listener.wanted.has('import')) {
    interpreter.listener.on({
      kind: 'import',
      frame,
      statement,
      node: { ...statement, name: '*' },
      name: `${interpreter.library.canonical(name)}.*`,
      local: state !== undefined,
    });
  }
  if (!state) {
    frame.state.starLibraries.push(name);
    return;
  }
  const exported = exportedNames(state);
  for (const [key, value] of state.frame.vars) if (exported ? exported.has(key) : !key.startsWith('_')) bindName(frame, key, value);
  for (const library of state.starLibraries) if (!frame.state.starLibraries.includes(library)) frame.state.starLibraries.push(library);
}

/** The names in a module's `__all__` where all of it is known. */
function exportedNames(state: ModuleState): ReadonlySet<string> | undefined {
  const all = state.frame.vars.get('__all__');
  const atom = all?.[0];
  if (all?.length !== 1 || atom?.kind !== 'container') return undefined;
  const elements = knownElements(atom, state.frame.branch);
  if (!elements) return undefined;
  const names = new Set<string>();
  for (const element of elements)
    for (const value of element) if (value.kind === 'constant' && value.literal.type === 'str') names.add(value.literal.value);
  return names;
}

function moduleNamed(interpreter: Interpreter, frame: Frame, name: string): ModuleState | undefined {
  const module = interpreter.modules.find(name, frame.state.module);
  if (!module) return undefined;
  const state = interpreter.states.get(module);
  if (state) runModule(interpreter, state);
  return state;
}

function moduleValue(interpreter: Interpreter, name: string, state: ModuleState | undefined): Value {
  return state ? [{ kind: 'module', state }] : symbol(interpreter.library.canonical(name));
}

/** Gives names that were imported too early, in a circle, what their modules have bound in the end. */
export function finishLateImports(interpreter: Interpreter): void {
  for (let round = 0, isChanged = true; isChanged && round < MAX_CHAIN; round++) {
    isChanged = false;
    for (const { frame, name, state, member } of interpreter.lateImports) {
      const value = state.frame.vars.get(member);
      const early = frame.vars.get(name);
      if (!value || early?.[0]?.kind !== 'symbol' || early === value) continue;
      frame.vars.set(name, value);
      isChanged = true;
    }
  }
}

/** Modules in a circle that hand a name on; each takes a round to reach the last one. */
const MAX_CHAIN = 4;
