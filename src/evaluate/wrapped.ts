import type { CallExpr, Expr, FunctionStmt, LambdaExpr } from '../ir/nodes.ts';
import { walk } from '../ir/walk.ts';
import { positional } from './arguments.ts';
import { callFunction, isLookedAt, runOpen } from './call-function.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Interpreter } from './interpreter.ts';
import type { Value } from './value.ts';

/**
 * Looks at a function as the wrapper of its decorator calls it, where that passes more than it was given: `view(*args, form=form, **kwargs)`.
 * The function itself stays what the decorated name means (see decorate.ts).
 */
export function runDecorated(interpreter: Interpreter, info: FunctionInfo): void {
  for (const decorator of info.decorators)
    for (const atom of decorator.value) {
      if ((atom.kind !== 'function' && atom.kind !== 'bound') || !passesMore(atom.info.node)) continue;
      const self = atom.kind === 'bound' ? atom.self : undefined;
      const decorated: Value = [{ kind: 'function', info }];
      const args = positional({ value: decorated, node: decorator.node });
      for (const wrapper of callFunction(interpreter, info.closure, atom.info, args, self, decorator.node))
        if (wrapper.kind === 'function' && wrapper.info !== info && !isLookedAt(wrapper.info)) runOpen(interpreter, wrapper.info);
    }
}

/** Whether a function inside this one calls what this one was given, with something besides its own arguments. */
function passesMore(decorator: FunctionStmt | LambdaExpr): boolean {
  const known = answers.get(decorator);
  if (known !== undefined) return known;
  let result = false;
  const given = new Set(decorator.params.map((parameter) => parameter.name));
  if (decorator.kind === 'function')
    walk(decorator, (node) => {
      if (node.kind === 'function' && node !== decorator && wraps(node, given)) result = true;
      return !result;
    });
  answers.set(decorator, result);
  return result;
}
const answers = new WeakMap<FunctionStmt | LambdaExpr, boolean>();

function wraps(wrapper: FunctionStmt, given: ReadonlySet<string>): boolean {
  const own = new Set(wrapper.params.map((parameter) => parameter.name));
  const keywords = wrapper.params.find((parameter) => parameter.form === 'keywords')?.name;
  let calls = false;
  let adds = false;
  walk(wrapper, (node) => {
    if (node.kind === 'call' && node.callee.kind === 'name' && given.has(node.callee.id) && !own.has(node.callee.id)) {
      calls = true;
      if (node.args.some((argument) => !isOwn(argument.value, own))) adds = true;
    }
    if (keywords !== undefined && changes(node, keywords)) adds = true;
    return true;
  });
  return calls && adds;
}

function isOwn(value: Expr, own: ReadonlySet<string>): boolean {
  return value.kind === 'name' && own.has(value.id);
}

/** `kwargs["user"] = user`, `kwargs.update(…)`. */
function changes(node: Parameters<Parameters<typeof walk>[1]>[0], keywords: string): boolean {
  if (node.kind === 'assign')
    return node.targets.some((target) => target.kind === 'subscript' && target.object.kind === 'name' && target.object.id === keywords);
  return node.kind === 'call' && isUpdate(node, keywords);
}

function isUpdate({ callee }: CallExpr, keywords: string): boolean {
  return (
    callee.kind === 'attribute' &&
    (callee.name === 'update' || callee.name === 'setdefault') &&
    callee.object.kind === 'name' &&
    callee.object.id === keywords
  );
}
