import type { Expr, Span } from '../ir/nodes.ts';
import type { FunctionScope } from '../semantics/scope.ts';
import type { FunctionInfo } from './calls/function-info.ts';
import type { UnsetReturn } from './calls/unset-returns.ts';
import type { Check } from './checks/check.ts';
import type { Exit } from './checks/exits.ts';
import type { FieldMark } from './checks/mark-checked.ts';
import type { ClassInfo } from './classes/class-info.ts';
import type { SetAttributes } from './classes/set-attributes.ts';
import type { FunctionEvent } from './events.ts';
import type { ModuleState } from './names/module-state.ts';
import type { Branch } from './values/branch.ts';
import type { Value } from './values/value.ts';

/** A condition that holds where the evaluator is: the test and whether it was taken as true. */
export interface Guard {
  readonly test: Expr;
  readonly value: Value;
  readonly holds: boolean;
  /** What it says of values from outside. */
  readonly checks: readonly Check[];
}

/** A loop whose body runs. */
export interface RunningLoop {
  /** The variables at its `break`, for the code after it. */
  readonly breaks: Map<string, Value>[];
  /** Those at its `continue`, for the code after it and its `else`. */
  readonly continues: Map<string, Value>[];
  /** The ways that ended by one of these: what they wrote to objects is seen by the code after them. */
  readonly left: Branch[];
  /** Whether its body runs for the second time. */
  again: boolean;
  /** Whether its rounds are run one by one: what stands in its body happens as often as it is run. */
  readonly isStepped: boolean;
}

/** A call and the activation in which it stands. */
export interface CallSite {
  readonly frame: Frame;
  readonly node: Span;
}

/** One activation: a module body, a class body, or a function called with some arguments. */
export interface Frame {
  readonly state: ModuleState;
  /** The function running; absent in module and class bodies. */
  readonly info: FunctionInfo | undefined;
  /** The class whose body runs. */
  readonly classInfo: ClassInfo | undefined;
  /** The frame around it that free names are looked up in (class bodies are skipped on the way). */
  readonly parent: Frame | undefined;
  readonly scope: FunctionScope | undefined;
  /** Dotted name of the function or class around, `''` in module bodies. */
  readonly enclosing: string;
  /** The variables where the evaluator is now; replaced when branches join. */
  vars: Map<string, Value>;
  branch: Branch;
  /** Attributes that it has just set. */
  set?: SetAttributes | undefined;
  /** Joined over all `return`s so far; undefined when none was reached. */
  returned: Value | undefined;
  /** What it returns where a variable of the environment is not set. */
  unset?: UnsetReturn;
  yielded: Value | undefined;
  /** Its variables that functions in it change: a call of one of these gives something else afterwards. */
  changed: Set<string> | undefined;
  /** What a generator gives, one after the other, as long as each `yield` was reached for sure. */
  yields: Value[] | undefined;
  /** What a generator is sent: the value of its `yield`s. */
  readonly sent: Value | undefined;
  /** The way on which its body started. */
  readonly start: Branch;
  /** Branches that ended by `return`: what they wrote to objects is seen by the caller. */
  readonly returnedBranches: Branch[];
  guards: readonly Guard[];
  /** Conditions that hold where the function was called from. */
  readonly outer: readonly Guard[];
  /** The call that this is an activation by; absent where it is looked at on its own. */
  readonly caller: CallSite | undefined;
  /** Filled where values from outside were passed: what is known of them at each return. */
  readonly exits: Exit[] | undefined;
  /** Fields that conditions within an expression mark; absent outside of one. */
  fieldMarks?: FieldMark[] | undefined;
  readonly loops: RunningLoop[];
  /** Of the body of a class: its methods, which are told when the class is whole, as what is asked of them is asked of their class, too. */
  readonly methods: FunctionEvent[] | undefined;
  /** True when parameters are unknown: the function is looked at on its own. */
  readonly open: boolean;
  /** Number of project calls around this one. */
  readonly depth: number;
}

export function isModuleBody(frame: Frame): boolean {
  return frame.info === undefined && frame.classInfo === undefined;
}
