import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { RUN_ALWAYS } from '../../frameworks/routes/route-events.ts';

/** What else is asked of an instance before it answers, or done when it is made. */
const ASKED_BEFORE = /^(?:__init__|check_\w+|has_\w+|test_func|get_permissions|permission_denied|handle_no_permission)$/;

/**
 * Whether a place stands in a method of a view that does not run for the request that `own` answers: it is no part of what `own` calls, and
 * none of the methods that run before all answers.
 */
export function runsOtherwise(place: FunctionInfo | undefined, own: FunctionInfo, called: ReadonlySet<unknown>): boolean {
  const method = methodAround(place);
  return (
    method !== undefined &&
    method.node !== own.node &&
    !called.has(method.node) &&
    !RUN_ALWAYS.includes(method.name) &&
    !ASKED_BEFORE.test(method.name)
  );
}

/** The function itself, or the method that it stands in. */
function methodAround(info: FunctionInfo | undefined): FunctionInfo | undefined {
  let at = info;
  while (at && !at.owner) at = at.closure.info;
  return at;
}

/** Whether the same decorators are put around two functions, as they are written. */
export function areDecoratedAlike(one: FunctionInfo | undefined, other: FunctionInfo | undefined): boolean {
  if (!one || !other) return false;
  const texts = ({ decorators, module }: FunctionInfo): readonly string[] =>
    decorators.map(({ node }) => module.text.slice(node.start, node.end).replace(/\s+/g, ' '));
  const [left, right] = [texts(one), texts(other)];
  return left.length === right.length && left.every((text, at) => text === right[at]);
}
