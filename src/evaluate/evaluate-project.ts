import { importOrder } from '../semantics/import-order.ts';
import type { Module } from '../semantics/module.ts';
import type { ImportLayout } from '../semantics/module-index.ts';
import { ModuleIndex } from '../semantics/module-index.ts';
import type { DataFiles } from './behaviours/data-files.ts';
import { CALL_WORK_STOCK, MARKED_WORK_STOCK } from './budget.ts';
import { isLookedAt, marksOf, runOpen } from './calls/call-function.ts';
import type { FunctionInfo } from './calls/function-info.ts';
import type { LibraryModel } from './calls/library-model.ts';
import { runDecorated } from './calls/wrapped.ts';
import { runForHeirs } from './classes/inherited-methods.ts';
import { SharedAttributes } from './classes/shared-attributes.ts';
import type { Listener } from './events.ts';
import type { FrameworkHooks, Interpreter } from './interpreter.ts';
import { finishLateImports } from './names/imports.ts';
import type { ModuleState } from './names/module-state.ts';
import { newModuleState, runModule } from './statements/run-module.ts';
import { NOTHING } from './values/value.ts';

/** What is evaluated, and with what knowledge. */
export interface EvaluationInput {
  readonly modules: readonly Module[];
  readonly layout: ImportLayout;
  readonly library: LibraryModel;
  readonly hooks: readonly FrameworkHooks[];
  readonly listener: Listener;
  readonly dataFiles?: DataFiles;
  /** Whether stored data counts as a source; absent: no. */
  readonly countsStored?: boolean;
  /** Called once before the first event. */
  readonly onReady?: (interpreter: Interpreter) => void;
}

/** What went wrong in one module or function; the rest goes on. */
export interface EvaluationCrash {
  readonly module: Module;
  readonly error: unknown;
}

export interface EvaluationResult {
  readonly interpreter: Interpreter;
  readonly crashes: readonly EvaluationCrash[];
  /** Methods that more classes inherit than they were run for. */
  readonly manyHeirs: readonly FunctionInfo[];
}

/**
 * Runs the whole project abstractly: each module's body once, in the order of imports, then each function on its own
 * with unknown arguments. Calls met on the way are followed with the arguments they have. Everything that happens is told to the listener.
 */
export function evaluateProject(input: EvaluationInput): EvaluationResult {
  const states = new Map<Module, ModuleState>();
  for (const module of input.modules) states.set(module, newModuleState(module));
  const interpreter: Interpreter = {
    modules: new ModuleIndex(input.modules, input.layout),
    library: input.library,
    hooks: input.hooks,
    listener: input.listener,
    states,
    pending: [],
    queued: new Map(),
    running: [],
    unwrapping: [],
    savedFiles: new Map(),
    dataFiles: input.dataFiles,
    shared: new SharedAttributes(),
    calls: new Map(),
    firstCalls: new Map(),
    lateImports: [],
    callWork: CALL_WORK_STOCK,
    markedWork: MARKED_WORK_STOCK,
    outOfWork: undefined,
    cutOff: new Map(),
    modulesDone: false,
    statement: undefined,
    countsStored: input.countsStored ?? false,
    output: NOTHING,
    ended: false,
    raised: [],
    asksValidators: false,
  };
  input.onReady?.(interpreter);
  const crashes: EvaluationCrash[] = [];
  const guarded = (module: Module, work: () => void): void => {
    try {
      work();
    } catch (error) {
      // One file's crash must not lose the others: it becomes a gap. What was running is no more.
      crashes.push({ module, error });
      interpreter.running.length = 0;
      interpreter.unwrapping.length = 0;
    }
  };
  for (const module of importOrder(input.modules, interpreter.modules)) {
    const state = states.get(module);
    if (state) guarded(module, () => runModule(interpreter, state));
  }
  finishLateImports(interpreter);
  interpreter.modulesDone = true;
  for (let next = 0; next < interpreter.pending.length; next++) {
    const info = interpreter.pending[next];
    if (!info) continue;
    if (!isLookedAt(info)) guarded(info.module, () => runOpen(interpreter, info));
    if (info.decorators.length > 0) guarded(info.module, () => runDecorated(interpreter, info));
  }
  for (const info of readTooEarly(interpreter)) guarded(info.module, () => runOpen(interpreter, info));
  const manyHeirs = runForHeirs(interpreter, (info, work) => guarded(info.module, work));
  return { interpreter, crashes, manyHeirs };
}

/**
 * Functions that were looked at before another one wrote something from outside where they read: `setup()` and `get()` of a view, a hook that
 * fills `flask.g`; and before a factory registered them as views.
 */
function readTooEarly(interpreter: Interpreter): readonly FunctionInfo[] {
  const { stale } = interpreter.shared;
  return interpreter.pending.filter(
    (info) =>
      stale.has(info) ||
      (info.owner !== undefined && info.marksSeen !== undefined && info.marksSeen < marksOf(info.owner)) ||
      interpreter.hooks.some((hook) => hook.askedTooEarly?.(info)),
  );
}
