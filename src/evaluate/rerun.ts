import { importOrder } from '../semantics/import-order.ts';
import type { Module } from '../semantics/module.ts';
import { CALL_WORK_STOCK, MARKED_WORK_STOCK } from './budget.ts';
import type { Listener } from './events.ts';
import type { Assumptions, Interpreter } from './interpreter.ts';
import { finishLateImports } from './names/imports.ts';
import { newModuleState, runModule } from './statements/run-module.ts';

const NOBODY: Listener = { wanted: new Set(), on: () => undefined };

/**
 * Runs some modules of an evaluated project once more, under assumptions that the first run did not make. The other modules stay as they are,
 * nobody is told of events, and functions are only followed where they are called.
 */
export function rerun(interpreter: Interpreter, modules: readonly Module[], assumptions: Assumptions): Interpreter {
  const again: Interpreter = {
    ...interpreter,
    listener: NOBODY,
    states: new Map([...interpreter.states, ...modules.map((module) => [module, newModuleState(module)] as const)]),
    pending: [],
    queued: new Map(interpreter.queued),
    running: [],
    unwrapping: [],
    lateImports: [],
    modulesDone: false,
    callWork: CALL_WORK_STOCK,
    markedWork: MARKED_WORK_STOCK,
    outOfWork: undefined,
    cutOff: new Map(),
    statement: undefined,
    ended: false,
    raised: [],
    asksValidators: false,
    assumptions,
  };
  for (const module of importOrder(modules, interpreter.modules)) {
    const state = again.states.get(module);
    try {
      if (state) runModule(again, state);
    } catch {
      // The same statements crashed in the first run, which told of it.
      again.running.length = 0;
      again.unwrapping.length = 0;
    }
  }
  finishLateImports(again);
  again.modulesDone = true;
  return again;
}
