import type { Stmt } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { Frame } from '../frame.ts';

/** A module while and after its body runs. */
export interface ModuleState {
  readonly module: Module;
  readonly frame: Frame;
  status: 'new' | 'running' | 'done';
  /** Library modules of `from lib import *`, in order: they may bind any name. */
  readonly starLibraries: string[];
  /** Names that functions rebind with `global`: their value may change at any time. */
  readonly rebound: ReadonlySet<string>;
  /** Names that were set by a key of `globals()` which is not written there, and the statement of the module that did. */
  readonly named: Map<string, Stmt>;
  /** Those of these statements that may set further names. */
  readonly opened: Set<Stmt>;
  /** Statements of its body that run other files in its names, with those that are in the tree; `isWhole`: all of them are. */
  readonly included: Map<Stmt, { readonly states: readonly ModuleState[]; readonly isWhole: boolean }>;
}
