import type { ClassStmt, Decorator, FunctionStmt, LambdaExpr, Parameter } from '../../ir/nodes.ts';
import type { FunctionScope } from '../../semantics/scope.ts';
import { scopeOfFunction, scopeOfLambda } from '../../semantics/scope.ts';
import { NO_ARGUMENTS, type PassedKeyword } from '../calls/arguments.ts';
import { callFunction, isLookedAt } from '../calls/call-function.ts';
import { applyDecorator } from '../calls/decorate.ts';
import type { AppliedDecorator, Binding, FunctionInfo } from '../calls/function-info.ts';
import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import { tellNames } from '../classes/descriptors.ts';
import type { FunctionEvent } from '../events.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { annotatedMarks } from '../names/annotations.ts';
import { bindName } from '../names/bind.ts';
import { qualifiedNames } from '../names/names.ts';
import { HeapObject } from '../values/heap.ts';
import type { Value } from '../values/value.ts';
import { runBlock } from './statements.ts';

const scopes = new WeakMap<FunctionStmt | LambdaExpr, FunctionScope>();

function scopeOf(node: FunctionStmt | LambdaExpr): FunctionScope {
  let scope = scopes.get(node);
  if (!scope) {
    scope = node.kind === 'lambda' ? scopeOfLambda(node) : scopeOfFunction(node);
    scopes.set(node, scope);
  }
  return scope;
}

/** `def`: evaluates decorators and defaults, binds the name; the body waits until it is called or its turn comes. */
export function runFunctionDefinition(interpreter: Interpreter, frame: Frame, node: FunctionStmt): void {
  const decorators = evaluateDecorators(interpreter, frame, node.decorators);
  const info = newFunction(interpreter, frame, node, node.name, decorators);
  emitDefaults(interpreter, frame, info);
  if (interpreter.listener.wanted.has('function')) {
    const event: FunctionEvent = { kind: 'function', frame, statement: node, node, info };
    if (frame.methods) frame.methods.push(event);
    else interpreter.listener.on(event);
  }
  emitDecorators(interpreter, frame, decorators, info);
  let value: Value = [{ kind: 'function', info }];
  for (let i = decorators.length - 1; i >= 0; i--) {
    const decorator = decorators[i];
    if (decorator) value = applyDecorator(interpreter, frame, decorator, value);
  }
  bindName(frame, node.name, value);
}

export function makeLambda(interpreter: Interpreter, frame: Frame, node: LambdaExpr): Value {
  return [{ kind: 'function', info: newFunction(interpreter, frame, node, '<lambda>', []) }];
}

/** Most functions have none. */
const NO_DEFAULTS = new Map<Parameter, Value>();

function newFunction(
  interpreter: Interpreter,
  frame: Frame,
  node: FunctionStmt | LambdaExpr,
  name: string,
  decorators: readonly AppliedDecorator[],
): FunctionInfo {
  let defaults = NO_DEFAULTS;
  for (const parameter of node.params) {
    if (parameter.default) {
      if (defaults === NO_DEFAULTS) defaults = new Map();
      defaults.set(parameter, evaluate(interpreter, frame, parameter.default));
    }
    // A framework is told of what calls in it name, such as dependencies, before that is looked at itself.
    if (parameter.annotation) annotatedMarks(interpreter, frame, parameter.annotation);
  }
  const info: FunctionInfo = {
    module: frame.state.module,
    node,
    name,
    qualifiedName: qualify(frame, name),
    scope: scopeOf(node),
    closure: frame,
    guards: frame.guards,
    owner: frame.classInfo,
    decorators,
    binding: bindingOf(interpreter, node, name, decorators, frame.classInfo !== undefined),
    defaults,
    results: new Map(),
  };
  enqueue(interpreter, info);
  return info;
}

/**
 * Each function waits for its turn once. One in a function that was looked at on its own gives way to what a call makes of it, where that says
 * what decorates it: `@app.get("/")` in `def register(app)`.
 */
function enqueue(interpreter: Interpreter, info: FunctionInfo): void {
  const { pending, queued } = interpreter;
  const before = queued.get(info.node);
  if (before && !(before.closure.open && !info.closure.open && isDecoratedOtherwise(interpreter, before, info))) return;
  queued.set(info.node, info);
  const place = before && !isLookedAt(before) ? pending.indexOf(before) : -1;
  if (place < 0) pending.push(info);
  else pending[place] = info;
}

function isDecoratedOtherwise(interpreter: Interpreter, before: FunctionInfo, after: FunctionInfo): boolean {
  return after.decorators.some(({ value }, index) => {
    const known = before.decorators[index]?.value;
    return known !== undefined && qualifiedNames(interpreter, value).join() !== qualifiedNames(interpreter, known).join();
  });
}

function emitDefaults(interpreter: Interpreter, frame: Frame, info: FunctionInfo): void {
  if (!interpreter.listener.wanted.has('store')) return;
  for (const [parameter, value] of info.defaults) {
    interpreter.listener.on({
      kind: 'store',
      form: 'default',
      frame,
      statement: interpreter.statement,
      name: parameter.name,
      object: undefined,
      value,
      augmented: false,
      target: parameter,
      node: parameter,
      valueNode: parameter.default,
    });
  }
}

function evaluateDecorators(interpreter: Interpreter, frame: Frame, decorators: readonly Decorator[]): readonly AppliedDecorator[] {
  return decorators.map((node) => ({ node, value: evaluate(interpreter, frame, node.expression) }));
}

function emitDecorators(interpreter: Interpreter, frame: Frame, all: readonly AppliedDecorator[], target: FunctionInfo | ClassInfo): void {
  if (!interpreter.listener.wanted.has('decorator')) return;
  for (const [index, { node, value }] of all.entries())
    interpreter.listener.on({
      kind: 'decorator',
      frame,
      statement: target.node.kind === 'lambda' ? undefined : target.node,
      node,
      value,
      index,
      all,
      target,
    });
}

function bindingOf(
  interpreter: Interpreter,
  node: FunctionInfo['node'],
  name: string,
  decorators: readonly AppliedDecorator[],
  inClass: boolean,
): Binding {
  if (!inClass) return 'plain';
  for (const decorator of decorators) {
    for (const qualified of qualifiedNames(interpreter, decorator.value)) {
      if (qualified === 'builtins.staticmethod') return 'static';
      if (qualified === 'builtins.classmethod') return 'class';
      if (interpreter.library.row(qualified)?.behaves === 'property') return 'property';
    }
  }
  // https://docs.python.org/3/reference/datamodel.html#object.__init_subclass__ and the two others are implicit class or static methods.
  if (name === '__new__') return 'static';
  // A view that is only read of its class, `Login.start`, is a function like others.
  if (node.params[0]?.name === 'request' && node.kind === 'function') return 'static';
  return name === '__init_subclass__' || name === '__class_getitem__' ? 'class' : 'plain';
}

export function runClassDefinition(interpreter: Interpreter, frame: Frame, node: ClassStmt): void {
  const decorators = evaluateDecorators(interpreter, frame, node.decorators);
  const bases: Value[] = [];
  const keywords: PassedKeyword[] = [];
  for (const argument of node.args) {
    const value = evaluate(interpreter, frame, argument.value);
    if (argument.name === undefined && argument.star === undefined) bases.push(value);
    else if (argument.name !== undefined && argument.name !== 'metaclass') keywords.push({ name: argument.name, value, node: argument });
  }
  const here = site(frame, node);
  const info: ClassInfo = {
    module: frame.state.module,
    node,
    name: node.name,
    qualifiedName: qualify(frame, node.name),
    bases,
    decorators,
    outer: frame.classInfo,
    namespace: new HeapObject(here, frame.branch),
    anyInstance: new HeapObject(here, frame.branch),
  };
  const body: Frame = {
    ...frame,
    classInfo: info,
    parent: frame,
    scope: undefined,
    enclosing: frame.enclosing === '' ? node.name : `${frame.enclosing}.${node.name}`,
    vars: new Map(),
    loops: [],
    methods: [],
  };
  runBlock(interpreter, body, node.body);
  for (const [name, value] of body.vars) info.namespace.write(name, value, frame.branch);
  tellNames(interpreter, frame, info, body.vars, node);
  for (const event of body.methods ?? []) interpreter.listener.on(event);
  emitDecorators(interpreter, frame, decorators, info);
  if (interpreter.listener.wanted.has('class')) interpreter.listener.on({ kind: 'class', frame, statement: node, node, info });
  let value: Value = [{ kind: 'class', info }];
  for (let i = decorators.length - 1; i >= 0; i--) {
    const decorator = decorators[i];
    if (decorator) value = applyDecorator(interpreter, frame, decorator, value);
  }
  tellParents(interpreter, frame, info, node, keywords);
  bindName(frame, node.name, value);
}

/** `__init_subclass__` of a base class, which may keep the class. https://docs.python.org/3/reference/datamodel.html#object.__init_subclass__ */
function tellParents(interpreter: Interpreter, frame: Frame, info: ClassInfo, node: ClassStmt, keywords: readonly PassedKeyword[]): void {
  for (const ancestor of ancestors(info).slice(1)) {
    if (ancestor.kind !== 'class') continue;
    const [own] = ancestor.info.namespace.read('__init_subclass__', frame.branch) ?? [];
    if (own?.kind !== 'function') continue;
    callFunction(interpreter, frame, own.info, { ...NO_ARGUMENTS, keywords }, [{ kind: 'class', info }], node);
    interpreter.ended = false;
    return;
  }
}

function qualify(frame: Frame, name: string): string {
  const { module } = frame.state;
  const local = frame.enclosing === '' ? name : `${frame.enclosing}.${name}`;
  return module.name === '' ? local : `${module.name}.${local}`;
}
