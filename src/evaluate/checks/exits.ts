import type { Expr } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { NONE, type Value } from '../values/value.ts';
import type { Check } from './check.ts';
import { checksOf } from './conditions.ts';

/** What a function knows of its arguments where it returns. */
export interface Exit {
  readonly value: Value;
  /** Conditions that hold there. */
  readonly checks: readonly Check[];
  /** Conditions that hold besides when what it returns is true, or false. */
  readonly whenTrue: readonly Check[];
  readonly whenFalse: readonly Check[];
}

export function exitAt(interpreter: Interpreter, frame: Frame, value: Value, node: Expr | undefined): Exit {
  return {
    value: node ? value : NONE,
    checks: frame.guards.flatMap((guard) => guard.checks),
    whenTrue: node ? checksOf(interpreter, frame, node, true) : [],
    whenFalse: node ? checksOf(interpreter, frame, node, false) : [],
  };
}
