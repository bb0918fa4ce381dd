import type { Parameter, Span } from '../ir/nodes.ts';
import { annotatedMarks, annotatedValue, typedByAnnotation } from './annotations.ts';
import type { CallArguments } from './arguments.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import { Branch, ROOT_BRANCH } from './branch.ts';
import {
  MAX_CALL_DEPTH,
  MAX_MARKED_SIGNATURES,
  MAX_OBSERVED_SIGNATURES,
  MAX_RECURSION,
  MAX_RUNNING,
  MAX_SIGNATURES_PER_FUNCTION,
} from './budget.ts';
import { ancestors, type ClassInfo } from './class-info.ts';
import { type Exit, exitAt } from './conditions.ts';
import { container, listOf, sequence } from './container.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import type { FunctionInfo } from './function-info.ts';
import { HeapObject } from './heap.ts';
import { type Interpreter, site } from './interpreter.ts';
import { qualifiedNames } from './names.ts';
import { quietly } from './refine.ts';
import { signatureOf } from './signature.ts';
import { runBlock } from './statements.ts';
import { isStub } from './stubs.ts';
import { reachesSource } from './taint.ts';
import { typedValue } from './types.ts';
import { converted } from './validated-model.ts';
import { type Atom, join, NONE, NOTHING, type Origin, opaque, str, type Value } from './value.ts';

/** The signature of a call that says nothing: the result is that of the function looked at on its own. */
const OPEN = 'open';

/**
 * Calls a project function: evaluates its body with these arguments, once per distinct signature. Where the arguments say nothing,
 * the budget is used up, or the function is already running, the result is that of the function looked at on its own, or unknown.
 */
export function callFunction(
  interpreter: Interpreter,
  frame: Frame,
  info: FunctionInfo,
  args: CallArguments,
  self: Value | undefined,
  node: Span,
): Value {
  const origin = { via: 'call', names: [info.qualifiedName], receiver: self, args, site: site(frame, node) } as const;
  if (frame.info) recordCall(interpreter, frame.info, info);
  const result = (known: Value | undefined): Value => {
    interpreter.ended = known === NOTHING;
    return known ? (asModelled(interpreter, info, known, origin) ?? known) : opaque(origin);
  };
  if (isStub(info.node)) return result(undefined);
  if (isTestOf(frame, info)) return result(interpreter.modulesDone ? lookedAt(interpreter, info) : info.results.get(OPEN));
  const times = interpreter.running.filter((other) => other.node === info.node).length;
  const passesMarked = args.positional.some((passed) => reachesSource(interpreter, passed.value));
  if (times > 0 && !passesMarked) return result(info.results.get(OPEN));
  if (times > MAX_RECURSION) {
    // What the recursion gives is what its other ways give.
    interpreter.ended = false;
    return NOTHING;
  }
  const passed = bindParameters(interpreter, frame, info, args, self, node);
  // Counters that change at each call would never end: the last round takes all ways.
  const bound = times === MAX_RECURSION ? withoutConstants(info, passed) : passed;
  const isMarked = [...bound.values()].some((value) => reachesSource(interpreter, value));
  const signature = !isMarked && saysNothing(info, bound) ? OPEN : markedSignature(interpreter, bound);
  const silent = interpreter.listener.wanted.size === 0;
  const key = silent ? `silent ${signature}` : signature;
  const known = info.results.get(signature) ?? info.results.get(key);
  if (isMarked) info.latest.set(node, key);
  if (known) return result(known);
  const limit = signatureLimit(interpreter, frame, info, args, isMarked);
  const work = isMarked ? interpreter.markedWork : interpreter.callWork;
  // Its turn would come anyway: taken now, its result is known, and its body is evaluated once.
  if (signature === OPEN && !silent && interpreter.modulesDone && interpreter.running.length < MAX_RUNNING) runOpen(interpreter, info);
  else if (frame.depth >= MAX_CALL_DEPTH || info.results.size >= limit)
    return result(isMarked ? ofSameKind(info, origin) : info.results.get(OPEN));
  else if (work <= 0) {
    interpreter.outOfWork ??= { module: frame.state.module, node, enclosing: frame.enclosing };
    return result(isMarked ? ofSameKind(info, origin) : info.results.get(OPEN));
  } else {
    const exits: Exit[] | undefined = isMarked ? [] : undefined;
    const call = {
      branch: frame.branch,
      depth: frame.depth + 1,
      outer: [...frame.outer, ...frame.guards],
      caller: { frame, node },
      exits,
      open: false,
    };
    const run = (): Value => runBody(interpreter, info, bound, call);
    const before = interpreter.callWork;
    info.results.set(key, silent ? quietly(interpreter, run) : run());
    if (exits) {
      info.exits.set(key, exits);
      interpreter.markedWork -= before - interpreter.callWork;
      interpreter.callWork = before;
    }
  }
  return result(info.results.get(signature) ?? info.results.get(key));
}

/**
 * What a call gives that is not followed any more: where all calls before gave constants and what library functions give, this one does too, made
 * of its own arguments. A project's `send_result()` that ends in `jsonify()` or `redirect()` is called in each of its views.
 */
function ofSameKind(info: FunctionInfo, origin: Origin & { via: 'call' }): Value | undefined {
  const given = [...info.results.values()].flat();
  const byFunction = new Map<string, Value>();
  let constants: Value = NOTHING;
  for (const atom of given) {
    if (atom.kind === 'constant') constants = join(constants, [atom]);
    else if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || atom.origin.names.length === 0) return undefined;
    else {
      const { names } = atom.origin;
      byFunction.set(`${names.join()} ${atom.type ?? ''}`, opaque({ ...origin, names, receiver: undefined }, atom.type));
    }
  }
  if (given.length === 0 || byFunction.size > MAX_GIVEN) return undefined;
  return [...byFunction.values()].reduce(join, constants);
}
/** Library functions whose results a function may give; one that gives more is no helper for answers. */
const MAX_GIVEN = 8;

function signatureLimit(interpreter: Interpreter, frame: Frame, info: FunctionInfo, args: CallArguments, isMarked: boolean): number {
  if (isMarked) return MAX_MARKED_SIGNATURES;
  const observes = (one: FunctionInfo): boolean => interpreter.hooks.some((hook) => hook.observesIn?.(one));
  // What a module wraps one by one, `path("", members_only(views.index))`, and the paths that a helper makes: `scoped("/login")`.
  const isDistinct = args.positional.some(({ value }) => value.some((atom) => atom.kind === 'function' || isPath(atom)));
  const isListed = isDistinct && (frame.info === undefined || observes(frame.info));
  return isListed || observes(info) ? MAX_OBSERVED_SIGNATURES : MAX_SIGNATURES_PER_FUNCTION;
}

function isPath(atom: Atom): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'str' && atom.literal.value.startsWith('/');
}

/** What a model row says of a project function counts more than its code: users describe their own sources, sanitizers and checks that way. */
function asModelled(interpreter: Interpreter, info: FunctionInfo, known: Value, origin: Origin & { via: 'call' }): Value | undefined {
  const row = interpreter.library.row(info.qualifiedName);
  const isSaid =
    (row?.source ?? row?.checks) !== undefined || ((row?.cleans ?? row?.keeps) !== undefined && reachesSource(interpreter, known));
  if (!row || known === NOTHING || !isSaid) return undefined;
  return row.returns === undefined ? opaque(origin) : typedValue(interpreter, row.returns, origin, origin);
}

function withoutConstants(info: FunctionInfo, bound: ReadonlyMap<string, Value>): Map<string, Value> {
  const result = new Map<string, Value>();
  for (const [name, value] of bound) {
    const isKnown = value.length > 0 && value.every((atom) => atom.kind === 'constant');
    const parameter = info.node.params.find((one) => one.name === name) ?? info.node;
    result.set(name, isKnown ? opaque({ via: 'parameter', name, info, site: { module: info.module, node: parameter } }) : value);
  }
  return result;
}

/** What is known of the arguments of a call at each return of the function, once it was called with them. */
export function exitsOf(
  interpreter: Interpreter,
  frame: Frame,
  info: FunctionInfo,
  args: CallArguments,
  self: Value | undefined,
  node: Span,
): readonly Exit[] {
  const signature = markedSignature(interpreter, bindParameters(interpreter, frame, info, args, self, node));
  const exits = info.exits.get(signature) ?? info.exits.get(`silent ${signature}`);
  if (exits) return exits;
  // `x and is_safe(x)`: what was passed there was known to be true besides.
  const latest = info.latest.get(node);
  return (latest === undefined ? undefined : (info.exits.get(latest) ?? info.exits.get(latest.replace(/^silent /, '')))) ?? [];
}

function markedSignature(interpreter: Interpreter, bound: ReadonlyMap<string, Value>): string {
  return signatureOf(bound.values(), (atom) => (atom.kind === 'opaque' || atom.kind === 'text') && reachesSource(interpreter, [atom]));
}

/** What tests pass to the code they test says nothing about that code. */
function isTestOf(frame: Frame, info: FunctionInfo): boolean {
  return frame.state.module.file.role === 'test' && info.module.file.role !== 'test';
}

/** The result of a function looked at on its own; its turn is taken now where that is possible and told of. */
function lookedAt(interpreter: Interpreter, info: FunctionInfo): Value | undefined {
  const isRunning = interpreter.running.some((other) => other.node === info.node);
  const isTold = interpreter.listener.wanted.size > 0;
  if (!isLookedAt(info) && !isRunning && isTold && interpreter.running.length < MAX_RUNNING) runOpen(interpreter, info);
  return info.results.get(OPEN);
}

/** Whether a call tells a function no more than being looked at on its own: arguments unknown, `self` any instance of its own class. */
function saysNothing(info: FunctionInfo, bound: ReadonlyMap<string, Value>): boolean {
  const receiver = info.owner && info.binding !== 'static' ? info.node.params[0] : undefined;
  for (const [name, value] of bound) {
    const [only] = value;
    if (name === receiver?.name && value.length === 1 && only) {
      if (only.kind === 'object' && only.info === info.owner && only.object === only.info.anyInstance && marksOf(only.info) === 0) continue;
      if (only.kind === 'class' && only.info === info.owner) continue;
    }
    if (signatureOf([value]) !== '') return false;
  }
  return true;
}

function recordCall(interpreter: Interpreter, caller: FunctionInfo, callee: FunctionInfo): void {
  const callees = interpreter.calls.get(caller.node);
  if (callees) callees.add(callee);
  else interpreter.calls.set(caller.node, new Set([callee]));
}

/** How often methods of a class, or of its project base classes, wrote something from outside to `self`. */
export function marksOf(owner: ClassInfo): number {
  return ancestors(owner).reduce((sum, ancestor) => sum + (ancestor.kind === 'class' ? ancestor.info.anyInstance.marks : 0), 0);
}

/** Whether a function has been looked at on its own. */
export function isLookedAt(info: FunctionInfo): boolean {
  return info.results.has(OPEN);
}

/** Looks at a function on its own: parameters are unknown but for their annotations and what a framework says of them. */
export function runOpen(interpreter: Interpreter, info: FunctionInfo): void {
  if (info.owner) info.marksSeen = marksOf(info.owner);
  const vars = new Map<string, Value>();
  info.node.params.forEach((parameter, index) => {
    vars.set(parameter.name, openParameter(interpreter, info, parameter, index));
  });
  const result = runBody(interpreter, info, vars, {
    branch: new Branch(ROOT_BRANCH),
    depth: 0,
    outer: [],
    caller: undefined,
    exits: undefined,
    open: true,
  });
  info.results.set(OPEN, result);
  if (interpreter.listener.wanted.has('body')) {
    interpreter.listener.on({
      kind: 'body',
      frame: info.closure,
      statement: info.node.kind === 'function' ? info.node : undefined,
      node: info.node,
      info,
      returned: result,
    });
  }
}

function openParameter(interpreter: Interpreter, info: FunctionInfo, parameter: Parameter, index: number): Value {
  const here = { module: info.module, node: parameter };
  const origin: Origin = { via: 'parameter', name: parameter.name, info, site: here };
  if (index === 0 && info.owner && info.binding !== 'static' && info.node.kind === 'function') {
    if (info.binding === 'class') return [{ kind: 'class', info: info.owner }];
    return [{ kind: 'object', info: info.owner, object: info.owner.anyInstance }];
  }
  if (parameter.form === 'rest') return listOf(opaque(origin), here, 'tuple');
  if (parameter.form === 'keywords') {
    const object = new HeapObject(here, ROOT_BRANCH);
    object.writeAnywhere(opaque(origin));
    for (const hook of interpreter.hooks)
      for (const name of hook.urlParameters?.(info) ?? [])
        if (!info.node.params.some((other) => other.name === name)) object.write(`s:${name}`, opaque({ ...origin, name }), ROOT_BRANCH);
    return container('dict', object);
  }
  const provided = providedValue(interpreter, info, parameter);
  if (provided) return provided;
  const annotated = parameter.annotation && annotatedValue(interpreter, info.closure, parameter.annotation, origin);
  // The body of a request as an object of the project: what is in it came from outside.
  if (annotated?.some((atom) => atom.kind === 'object') && interpreter.hooks.some((hook) => hook.parameterSource(info, parameter.name)))
    return converted(interpreter, annotated, origin);
  if (annotated) return annotated;
  for (const hook of interpreter.hooks) {
    const type = hook.parameterType(info, parameter.name, index);
    if (type !== undefined) return typedValue(interpreter, type, { receiver: undefined, args: NO_ARGUMENTS }, origin);
  }
  const fallback = info.defaults.get(parameter);
  return fallback ? join(opaque(origin), fallback) : opaque(origin);
}

/** What a framework passes that comes from outside by way of a function or class of the project: a dependency, the form of a view. */
function providedValue(interpreter: Interpreter, info: FunctionInfo, parameter: Parameter): Value | undefined {
  const marks = join(
    info.defaults.get(parameter) ?? NOTHING,
    parameter.annotation ? annotatedMarks(interpreter, info.closure, parameter.annotation) : NOTHING,
  );
  let result: Value = NOTHING;
  for (const hook of interpreter.hooks)
    for (const atom of hook.provider?.(info, parameter.name, marks) ?? NOTHING) {
      if (atom.kind === 'class') result = join(result, [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }]);
      if (atom.kind !== 'function') continue;
      const given = lookedAt(interpreter, atom.info) ?? NOTHING;
      if (reachesSource(interpreter, given)) result = join(result, given);
    }
  return result.length > 0 ? result : undefined;
}

/** https://docs.python.org/3/reference/expressions.html#calls */
function bindParameters(
  interpreter: Interpreter,
  frame: Frame,
  info: FunctionInfo,
  args: CallArguments,
  self: Value | undefined,
  node: Span,
): Map<string, Value> {
  const vars = new Map<string, Value>();
  const queue = self ? [{ value: self, node }, ...args.positional] : args.positional;
  let next = 0;
  const used = new Set<string>();
  for (const parameter of info.node.params) {
    const here = { module: info.module, node: parameter };
    const origin: Origin = { via: 'parameter', name: parameter.name, info, site: here };
    if (parameter.form === 'rest') {
      const rest = queue.slice(next).map((passed) => passed.value);
      next = queue.length;
      const value = sequence('tuple', rest, here, frame.branch, args.openPositional);
      if (args.openPositional && value[0]?.kind === 'container') value[0].object.rest = args.spread;
      vars.set(parameter.name, value);
      continue;
    }
    if (parameter.form === 'keywords') {
      const object = new HeapObject(here, frame.branch);
      for (const passed of args.keywords)
        if (!used.has(passed.name) && !info.node.params.some((other) => other.name === passed.name))
          object.write(`s:${passed.name}`, passed.value, frame.branch);
      if (args.openKeywords) {
        object.writeAnywhere(args.spread);
        object.keys = join(args.names ?? NOTHING, args.keys ?? NOTHING);
      }
      vars.set(parameter.name, container('dict', object));
      continue;
    }
    const named = parameter.form === 'positional-only' ? undefined : args.keywords.find((passed) => passed.name === parameter.name);
    const passed = named ?? (parameter.form === 'keyword-only' ? undefined : queue[next]);
    if (named) used.add(named.name);
    else if (parameter.form !== 'keyword-only' && next < queue.length) next++;
    const typed =
      passed && parameter.annotation && typedByAnnotation(interpreter, info.closure, parameter.annotation, passed.value, origin.site);
    const fallback = info.defaults.get(parameter);
    const spreads = args.openPositional || args.openKeywords;
    const sent = passed || parameter.form === 'positional-only' ? NOTHING : ofSpread(interpreter, args, parameter.name, node, frame);
    if (sent.length > 0) {
      vars.set(parameter.name, fallback ? join(sent, fallback) : sent);
      continue;
    }
    vars.set(parameter.name, typed ?? passed?.value ?? (fallback ? (spreads ? join(fallback, opaque(origin)) : fallback) : opaque(origin)));
  }
  return vars;
}

/** What `**data` from outside holds under the name of a parameter: `save(**form.cleaned_data)`. */
function ofSpread(interpreter: Interpreter, args: CallArguments, name: string, node: Span, frame: Frame): Value {
  if (!args.openKeywords || !reachesSource(interpreter, args.spread)) return NOTHING;
  return opaque({ via: 'item', of: args.spread, key: str(name), site: site(frame, node) });
}

function runBody(
  interpreter: Interpreter,
  info: FunctionInfo,
  vars: Map<string, Value>,
  call: Pick<Frame, 'branch' | 'depth' | 'outer' | 'caller' | 'exits' | 'open'>,
): Value {
  const { node } = info;
  const frame: Frame = {
    state: info.closure.state,
    info,
    classInfo: undefined,
    parent: info.closure,
    scope: info.scope,
    enclosing: enclosingOf(info),
    vars,
    ...call,
    returned: undefined,
    yielded: undefined,
    returnedBranches: [],
    guards: [],
    loops: [],
  };
  const statement = interpreter.statement;
  interpreter.running.push(info);
  let result: Value;
  if (node.kind === 'lambda') {
    result = evaluate(interpreter, frame, node.body);
    frame.exits?.push(exitAt(interpreter, frame, result, node.body));
  } else {
    const reached = runBlock(interpreter, frame, node.body);
    result = frame.returned ?? NOTHING;
    if (reached) result = join(result, NONE);
    if (reached) frame.exits?.push(exitAt(interpreter, frame, NONE, undefined));
    if (node.generator) result = generatorValue(interpreter, info, frame);
  }
  interpreter.running.pop();
  interpreter.statement = statement;
  // The caller goes on after a `return`: what was written on the way to it stays.
  for (const returned of frame.returnedBranches) returned.end(false);
  return result;
}

function generatorValue(interpreter: Interpreter, info: FunctionInfo, frame: Frame): Value {
  const yielded = frame.yielded ?? NONE;
  const here = { module: info.module, node: info.node };
  const isContext = info.decorators.some((decorator) =>
    qualifiedNames(interpreter, decorator.value).some((name) => interpreter.library.row(name)?.behaves === 'context-manager'),
  );
  if (isContext) return opaque({ via: 'operation', operands: [yielded], site: here }, 'contextlib.AbstractContextManager', yielded);
  return listOf(yielded, here);
}

function enclosingOf(info: FunctionInfo): string {
  const { module } = info;
  return module.name !== '' && info.qualifiedName.startsWith(`${module.name}.`)
    ? info.qualifiedName.slice(module.name.length + 1)
    : info.qualifiedName;
}
