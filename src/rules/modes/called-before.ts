import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span } from '../../ir/nodes.ts';

/**
 * Whether what stands in another function has happened where this one is at `end`: a call of this one that leads there stands before.
 * What no call of its leads to, as a decorator, has happened.
 */
export function isCalledBefore(
  interpreter: Interpreter,
  caller: FunctionInfo,
  end: number,
  leadsThere: (callee: FunctionInfo) => boolean,
): boolean {
  const leading = [...(interpreter.calls.get(caller.node) ?? [])].filter(leadsThere);
  const starts = interpreter.firstCalls.get(caller.node);
  return leading.length === 0 || leading.some((callee) => isStartedBy(starts, callee, end));
}

function isStartedBy(starts: ReadonlyMap<Span, number> | undefined, callee: FunctionInfo, end: number): boolean {
  const start = starts?.get(callee.node);
  return start === undefined || start < end;
}
