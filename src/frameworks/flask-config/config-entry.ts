import type { ModuleState } from '../../evaluate/names/module-state.ts';
import type { Site, Value } from '../../evaluate/values/value.ts';
import type { Expr, Stmt } from '../../ir/nodes.ts';

/** A key with its value, and what set it last. */
export interface ConfigEntry {
  readonly value: Value;
  readonly site: Site;
  readonly statement: Stmt | undefined;
  readonly valueNode: Expr | undefined;
  readonly state: ModuleState;
}
