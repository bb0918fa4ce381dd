import { isModuleBody } from '../frame.ts';
import { bindGlobal } from '../names/global-names.ts';
import type { ModuleState } from '../names/module-state.ts';
import { runModule } from '../statements/run-module.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * `include("base.py", optional("local.py"), "parts/*.py")` in the body of a module: files beside it run in its own names, one after the other.
 * Files that are not in the tree are left to `ModuleState.included`, which then lacks the statement.
 */
export const includeFiles: Behaviour = ({ interpreter, frame, args }) => {
  const { statement } = interpreter;
  if (!statement || !isModuleBody(frame) || args.openPositional) return undefined;
  const { path } = frame.state.module;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const all: ModuleState[] = [];
  let isWhole = true;
  for (const { value } of args.positional) {
    const [only, ...others] = value;
    const name = only?.kind === 'constant' && only.literal.type === 'str' && others.length === 0 ? only.literal.value : undefined;
    const found = name === undefined ? [] : filesNamed(interpreter.states.values(), folder + name.replace(/^\.\//, ''));
    if (found.length === 0) isWhole = false;
    all.push(...found.filter((state) => state !== frame.state));
  }
  for (const state of all) {
    runModule(interpreter, state);
    for (const [name, value] of state.frame.vars) bindGlobal(interpreter, frame, name, value);
  }
  if (all.length > 0) frame.state.included.set(statement, { states: all, isWhole });
  return undefined;
};

/** In order of their names, as `glob` is sorted. */
function filesNamed(states: Iterable<ModuleState>, pattern: string): readonly ModuleState[] {
  const regex = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*?/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  );
  return [...states].filter(({ module }) => regex.test(module.path)).sort((a, b) => (a.module.path < b.module.path ? -1 : 1));
}
