import type { Stmt } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import { globalsWritten } from '../../semantics/scope.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { ModuleState } from '../names/module-state.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { runBlock } from './statements.ts';

/** A module whose body has not run. */
export function newModuleState(module: Module): ModuleState {
  const state = {
    module,
    status: 'new' as const,
    starLibraries: [],
    rebound: globalsWritten(module.unit.body),
    named: new Map<string, Stmt>(),
    opened: new Set<Stmt>(),
    included: new Map(),
  };
  const frame: Frame = {
    get state() {
      return result;
    },
    info: undefined,
    classInfo: undefined,
    parent: undefined,
    scope: undefined,
    enclosing: '',
    vars: new Map(),
    branch: ROOT_BRANCH,
    returned: undefined,
    yielded: undefined,
    yields: undefined,
    sent: undefined,
    changed: undefined,
    start: ROOT_BRANCH,
    returnedBranches: [],
    guards: [],
    outer: [],
    caller: undefined,
    exits: undefined,
    loops: [],
    methods: undefined,
    open: false,
    depth: 0,
  };
  const result: ModuleState = { ...state, frame };
  return result;
}

/** Runs a module's body once; while it runs, importers in a circle see what is bound so far, as in Python. */
export function runModule(interpreter: Interpreter, state: ModuleState): void {
  if (state.status !== 'new') return;
  state.status = 'running';
  const statement = interpreter.statement;
  runBlock(interpreter, state.frame, state.module.unit.body);
  interpreter.statement = statement;
  state.status = 'done';
}
