import { lookedAt } from './calls/call-function.ts';
import type { FunctionInfo } from './calls/function-info.ts';
import type { Guard } from './frame.ts';
import type { Interpreter } from './interpreter.ts';

/** Functions that a framework calls before views, as far as `pending` was gone through. */
interface Before {
  readonly functions: FunctionInfo[];
  next: number;
}
const known = new WeakMap<readonly FunctionInfo[], Before>();

/**
 * The conditions that hold in a view, as functions that are called before it go on only there: `@app.before_request`, and then `abort(404)`
 * unless `request.args["table"]` is a known one.
 */
export function guardsBefore(interpreter: Interpreter, info: FunctionInfo): readonly Guard[] {
  if (!interpreter.modulesDone) return NO_GUARDS;
  const { pending, hooks } = interpreter;
  const before = known.get(pending) ?? { functions: [], next: 0 };
  known.set(pending, before);
  for (; before.next < pending.length; before.next++) {
    const one = pending[before.next];
    if (one && hooks.some((hook) => hook.isCalledFirst?.(one))) before.functions.push(one);
  }
  if (before.functions.length === 0) return NO_GUARDS;
  return before.functions.flatMap((one) => {
    if (one === info || !hooks.some((hook) => hook.isCalledBefore?.(one, info))) return [];
    lookedAt(interpreter, one);
    return one.atSuper ?? one.atEnd ?? [];
  });
}
const NO_GUARDS: readonly Guard[] = [];
