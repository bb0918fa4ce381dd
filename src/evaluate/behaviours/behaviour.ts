import type { CallExpr } from '../../ir/nodes.ts';
import type { CallArguments } from '../calls/arguments.ts';
import type { ModelRow } from '../calls/library-model.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Origin, Value } from '../values/value.ts';

/** One call of a library function that the evaluator computes itself. */
export interface BehaviourCall {
  readonly interpreter: Interpreter;
  readonly frame: Frame;
  readonly args: CallArguments;
  readonly origin: Origin;
  readonly node: CallExpr;
  readonly receiver: Value | undefined;
  readonly row: ModelRow;
}
/** `undefined`: not known for these arguments; the model's `returns` applies. */
export type Behaviour = (call: BehaviourCall) => Value | undefined;

/** What is passed first by position. */
export const firstPassed = (call: BehaviourCall): Value | undefined => call.args.positional[0]?.value;
/** Where an argument is passed; the call itself where it is not. */
export const siteOfPassed = (call: BehaviourCall, position: number) => ({
  module: call.frame.state.module,
  node: call.args.positional[position]?.node ?? call.node,
});
