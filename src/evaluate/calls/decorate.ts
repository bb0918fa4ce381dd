import type { CallExpr, Expr, FunctionStmt, LambdaExpr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { connectDecorated } from '../behaviours/signal-behaviours.ts';
import { findInClass } from '../classes/attributes.ts';
import { construct } from '../classes/construct.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { site } from '../interpreter.ts';
import { libraryAncestors, qualifiedNames } from '../names/names.ts';
import { typedValue } from '../values/types.ts';
import type { Value } from '../values/value.ts';
import { positional } from './arguments.ts';
import { callFunction } from './call-function.ts';
import { registerImplementation } from './dispatch.ts';
import type { AppliedDecorator } from './function-info.ts';

/**
 * What a decorator makes of a function or class: itself, unless a model says that the library puts something else in its place.
 * A project decorator's wrapper is taken to do what it wraps, so that the function stays visible to rules and to callers; what the
 * decorator checks is asked of the decorator itself.
 */
export function applyDecorator(interpreter: Interpreter, frame: Frame, decorator: AppliedDecorator, value: Value): Value {
  register(interpreter, frame, decorator, value);
  connectDecorated(interpreter, decorator, value);
  registerImplementation(interpreter, frame, decorator, value);
  for (const name of qualifiedNames(interpreter, decorator.value)) {
    const row = interpreter.library.row(name.endsWith('()') ? name.slice(0, -2) : name);
    if (row?.replaces === true && row.returns !== undefined) {
      const here = site(frame, decorator.node);
      const args = positional({ value, node: decorator.node });
      return typedValue(
        interpreter,
        row.returns,
        { receiver: undefined, args },
        { via: 'call', names: [name], receiver: undefined, args, site: here },
      );
    }
  }
  return ownDescriptor(interpreter, frame, decorator, value) ?? value;
}

/** A class of the project with a `__get__`: what reading the attribute gives is what that makes of the method. https://docs.python.org/3/howto/descriptor.html */
function ownDescriptor(interpreter: Interpreter, frame: Frame, decorator: AppliedDecorator, value: Value): Value | undefined {
  const [only, ...others] = decorator.value;
  if (!frame.classInfo || only?.kind !== 'class' || others.length > 0) return undefined;
  // What a model says of it is known, and so is what a library's class does that it is made of: `class classonlymethod(classmethod)`.
  const [method] = value;
  const isBound = method?.kind !== 'function' || method.info.binding !== 'plain';
  if (isBound || libraryAncestors(interpreter, only.info).some((name) => name !== 'builtins.object')) return undefined;
  if (findInClass(only.info, '__get__', frame)?.value[0]?.kind !== 'function') return undefined;
  const { node } = decorator;
  const call: CallExpr = { kind: 'call', callee: node.expression, args: [], start: node.start, end: node.end };
  return construct(interpreter, frame, only.info, positional({ value, node }), call, [only.info.qualifiedName]);
}

/** A decorator of the project that keeps what it decorates in a collection: `HANDLERS[name] = function`, or gives it attributes. What is there is called from there. */
function register(interpreter: Interpreter, frame: Frame, decorator: AppliedDecorator, value: Value): void {
  for (const atom of decorator.value) {
    if ((atom.kind !== 'function' && atom.kind !== 'bound') || !keeps(atom.info.node, atom.kind === 'bound' ? 1 : 0)) continue;
    const self = atom.kind === 'bound' ? atom.self : undefined;
    callFunction(interpreter, frame, atom.info, positional({ value, node: decorator.node }), self, decorator.node);
    interpreter.ended = false;
  }
}

/** Whether a function puts its parameter at `index` into a collection, or gives it attributes. */
function keeps(node: FunctionStmt | LambdaExpr, index: number): boolean {
  const known = keeping.get(node);
  if (known !== undefined) return known;
  const parameter = node.params[index]?.name;
  // The function or class itself, or an instance of it.
  const isGiven = (expr: Expr): boolean =>
    expr.kind === 'name' ? expr.id === parameter : expr.kind === 'call' && expr.callee.kind === 'name' && expr.callee.id === parameter;
  let result = false;
  if (node.kind === 'function' && parameter !== undefined)
    walk(node, (part) => {
      if (part.kind === 'assign' && part.value && isGiven(part.value))
        result ||= part.targets.some((target) => target.kind === 'subscript');
      if (part.kind === 'assign') result ||= part.targets.some((target) => target.kind === 'attribute' && isGiven(target.object));
      if (part.kind === 'call' && part.callee.kind === 'name' && part.callee.id === 'setattr')
        result ||= part.args[0] !== undefined && isGiven(part.args[0].value);
      if (part.kind === 'call' && part.callee.kind === 'attribute' && KEEPING.has(part.callee.name))
        result ||= part.args.some((argument) => isGiven(argument.value));
      return !result;
    });
  keeping.set(node, result);
  return result;
}
const KEEPING = new Set(['append', 'add', 'insert', 'setdefault', '__setitem__']);
const keeping = new WeakMap<FunctionStmt | LambdaExpr, boolean>();
