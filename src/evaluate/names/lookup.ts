import type { NameExpr } from '../../ir/nodes.ts';
import { noteSharedRead } from '../calls/shared-reads.ts';
import { symbolMember } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { type Branch, ROOT_BRANCH } from '../values/branch.ts';
import { container } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { join, opaque, type Site, symbol, type Value } from '../values/value.ts';
import { BUILTINS } from './builtin-names.ts';
import type { ModuleState } from './module-state.ts';

/**
 * The value of a name where the evaluator is: local, enclosing functions (class bodies are skipped), module, builtins.
 * https://docs.python.org/3/reference/executionmodel.html#resolution-of-names
 */
export function lookupName(interpreter: Interpreter, frame: Frame, node: NameExpr): Value {
  const name = node.id;
  const isGlobal = frame.scope?.globals.has(name) ?? false;
  if (!isGlobal) {
    const own = frame.vars.get(name);
    if (own) return own;
    for (let outer = frame.parent; outer; outer = outer.parent) {
      if (outer.classInfo) continue;
      const value = outer.vars.get(name);
      if (value) return outer === frame.state.frame ? readVariable(interpreter, frame.state, name, value, site(frame, node)) : value;
    }
  }
  return moduleName(interpreter, frame.state, name, site(frame, node));
}

function moduleName(interpreter: Interpreter, state: ModuleState, name: string, here: Site): Value {
  const own = state.frame.vars.get(name);
  if (own) return readVariable(interpreter, state, name, own, here);
  if (name === '__name__' || name === '__file__' || name === '__doc__') return opaque({ via: 'global', name, site: here }, 'builtins.str');
  if (BUILTINS.has(name)) return symbol(`builtins.${name}`);
  return fromStars(interpreter, state, name, here) ?? opaque({ via: 'unresolved', name, site: here });
}

function readVariable(interpreter: Interpreter, state: ModuleState, name: string, value: Value, here: Site): Value {
  noteSharedRead(interpreter, state, name, value);
  return moduleVariable(state, name, value, here);
}

/** A module variable that some function rebinds may be anything. */
function moduleVariable(state: ModuleState, name: string, value: Value, here: Site): Value {
  return state.rebound.has(name) ? join(value, opaque({ via: 'unresolved', name, site: here })) : value;
}

/** A name that a `from library import *` may have brought: the last library whose model knows it, else the only one there is. */
function fromStars(interpreter: Interpreter, state: ModuleState, name: string, here: Site): Value | undefined {
  const { starLibraries } = state;
  for (let i = starLibraries.length - 1; i >= 0; i--) {
    const full = interpreter.library.canonical(`${starLibraries[i]}.${name}`);
    if (interpreter.library.row(full)) return symbolMember(interpreter, starLibraries[i] ?? '', name, symbol(starLibraries[i] ?? ''), here);
  }
  const only = starLibraries[0];
  return starLibraries.length === 1 && only !== undefined ? symbolMember(interpreter, only, name, symbol(only), here) : undefined;
}

/** `module.name` for a project module: a variable, a submodule, or what a star import may have brought. */
export function moduleMember(interpreter: Interpreter, state: ModuleState, name: string, here: Site): Value {
  const own = state.frame.vars.get(name);
  if (own) return readVariable(interpreter, state, name, own, here);
  if (name === '__dict__') return namesOfModule(state, here);
  const submodule = interpreter.modules.find(`${state.module.name}.${name}`, state.module);
  const submoduleState = submodule && interpreter.states.get(submodule);
  if (submoduleState) return [{ kind: 'module', state: submoduleState }];
  return fromStars(interpreter, state, name, here) ?? symbolMember(interpreter, state.module.name, name, [{ kind: 'module', state }], here);
}

/** `module.__dict__`, `vars(module)`: its names with what they are now. */
export function namesOfModule(state: ModuleState, here: Site): Value {
  const object = new HeapObject(here, ROOT_BRANCH);
  for (const [name, value] of state.frame.vars) object.write(`s:${name}`, moduleVariable(state, name, value, here), ROOT_BRANCH);
  if (state.starLibraries.length > 0) object.writeAnywhere(opaque({ via: 'many', site: here }));
  return container('dict', object);
}

/** `locals()`: the names of a function with what they are there. */
export function namesOfFrame(vars: ReadonlyMap<string, Value>, here: Site, branch: Branch): Value {
  const object = new HeapObject(here, branch);
  for (const [name, value] of vars) object.write(`s:${name}`, value, branch);
  return container('dict', object);
}
