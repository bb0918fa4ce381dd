import type { CallExpr, Expr, FunctionStmt, LambdaExpr } from '../ir/nodes.ts';
import { isStmt, walk } from '../ir/walk.ts';
import { type CallArguments, positional } from './arguments.ts';
import { callFunction } from './call-function.ts';
import type { Frame } from './frame.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Interpreter } from './interpreter.ts';
import { join, NOTHING, type Value } from './value.ts';

/**
 * What a call of a decorated function gives where decorators of the project change what goes in or comes out: `return escape(f(*args))`.
 * `undefined` where none does: the function itself is called (see decorate.ts).
 */
export function callThroughDecorators(
  interpreter: Interpreter,
  frame: Frame,
  info: FunctionInfo,
  args: CallArguments,
  self: Value | undefined,
  node: CallExpr,
): Value | undefined {
  // The wrapper calls what it wraps.
  if (info.decorators.length === 0 || info.binding !== 'plain' || interpreter.unwrapped.has(info)) return undefined;
  const wrappers = wrappersOf(interpreter, info);
  if (wrappers.length === 0) return undefined;
  const passed = self ? { ...args, positional: [{ value: self, node }, ...args.positional] } : args;
  interpreter.unwrapped.add(info);
  let result: Value = NOTHING;
  for (const wrapper of wrappers) {
    interpreter.ended = false;
    result = join(result, callFunction(interpreter, frame, wrapper, passed, undefined, node));
  }
  interpreter.unwrapped.delete(info);
  return result;
}

/** The functions that stand in place of a decorated one; none where its decorators hand on what they are given. */
function wrappersOf(interpreter: Interpreter, info: FunctionInfo): readonly FunctionInfo[] {
  let current: readonly FunctionInfo[] = [info];
  for (const decorator of info.decorators.toReversed())
    for (const atom of decorator.value) {
      if ((atom.kind !== 'function' && atom.kind !== 'bound') || !alters(atom.info.node, atom.kind === 'bound' ? 1 : 0)) continue;
      const given: Value = current.map((one) => ({ kind: 'function', info: one }));
      const self = atom.kind === 'bound' ? atom.self : undefined;
      const made = callFunction(
        interpreter,
        info.closure,
        atom.info,
        positional({ value: given, node: decorator.node }),
        self,
        decorator.node,
      );
      const wrappers = made.flatMap((one) => (one.kind === 'function' && !current.includes(one.info) ? [one.info] : []));
      if (wrappers.length > 0) current = wrappers;
    }
  return current.includes(info) ? [] : current;
}

/** Whether a function inside this one calls what this one is given at `index`, and passes or returns something else than it would. */
function alters(decorator: FunctionStmt | LambdaExpr, index: number): boolean {
  const known = answers.get(decorator);
  if (known !== undefined) return known;
  let result = false;
  const given = decorator.params[index]?.name;
  if (decorator.kind === 'function' && given !== undefined)
    walk(decorator, (node) => {
      if (node.kind !== 'function' || node === decorator) return !result;
      result ||= isAltering(node, given);
      return false;
    });
  answers.set(decorator, result);
  return result;
}
const answers = new WeakMap<FunctionStmt | LambdaExpr, boolean>();

function isAltering(wrapper: FunctionStmt, given: string): boolean {
  const own = new Set(wrapper.params.map((parameter) => parameter.name));
  const calls: CallExpr[] = [];
  const returned: Expr[] = [];
  const bound = new Map<string, (Expr | undefined)[]>();
  walk(wrapper, (node) => {
    if (node !== wrapper && isStmt(node) && (node.kind === 'function' || node.kind === 'class')) return false;
    if (node.kind === 'call' && isNamed(node.callee, given)) calls.push(node);
    if (node.kind === 'return' && node.value) returned.push(node.value);
    if (node.kind === 'assign')
      for (const target of node.targets) if (target.kind === 'name') bound.set(target.id, [...(bound.get(target.id) ?? []), node.value]);
    return true;
  });
  const isOwn = (value: Expr): boolean => value.kind === 'name' && own.has(value.id) && !bound.has(value.id);
  const isCall = (value: Expr | undefined): boolean =>
    value?.kind === 'await' ? isCall(value.value) : value?.kind === 'call' && isNamed(value.callee, given);
  const isResult = (value: Expr): boolean => {
    if (isCall(value)) return true;
    const values = value.kind === 'name' ? (bound.get(value.id) ?? []) : [];
    return values.length > 0 && values.every(isCall);
  };
  if (calls.length === 0) return false;
  return !returned.some(isResult) || calls.every((call) => !call.args.every((argument) => isOwn(argument.value)));
}

function isNamed(callee: Expr, name: string): boolean {
  return callee.kind === 'name' && callee.id === name;
}
