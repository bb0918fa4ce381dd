import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { isGuardName } from '../../frameworks/routes/guards/guard-names.ts';
import { RUN_ALWAYS } from '../../frameworks/routes/route-events.ts';
import { expressionName } from '../expression-name.ts';
import type { ExistsSource } from '../rule-source.ts';
import { functionsOf } from './functions-behind.ts';

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

/** Whether the decorators of one function are to another's as a rule wants it. */
export function isDecoratedSo(
  { decorators }: Pick<ExistsSource, 'decorators'>,
  one: FunctionInfo | undefined,
  other: FunctionInfo | undefined,
): boolean {
  if (decorators === undefined) return true;
  if (!one || !other) return false;
  const [left, right] = decorators === 'same' ? [textsOf(one), textsOf(other)] : [guardsOf(one), guardsOf(other)];
  return left.length === right.length && right.every((text) => left.includes(text));
}

/** The decorators around a function as they are written. */
function textsOf({ decorators, module }: FunctionInfo): readonly string[] {
  return decorators.map(({ node }) => module.text.slice(node.start, node.end).replace(/\s+/g, ' '));
}

/** Those that may refuse a request: functions of the project, and what is called so in libraries; what they are passed tells rights apart, not questions. */
function guardsOf(info: FunctionInfo): readonly string[] {
  const known = guards.get(info);
  if (known) return known;
  const found = info.decorators.flatMap(({ value, node }) => {
    const { expression } = node;
    const named = expression.kind === 'call' ? expression.callee : expression;
    const isGuard = functionsOf(value).length > 0 || isGuardName(expressionName(named) ?? '');
    return isGuard ? [info.module.text.slice(named.start, named.end)] : [];
  });
  guards.set(info, found);
  return found;
}
/** Each view of a project is compared with all others. */
const guards = new WeakMap<FunctionInfo, readonly string[]>();
