import type { Span } from '../../ir/nodes.ts';
import { guardsBefore } from '../before-views.ts';
import { MAX_CALL_DEPTH, MAX_RECURSION, MAX_RUNNING } from '../budget.ts';
import { keepsSource } from '../checks/about-sources.ts';
import { type Exit, exitAt } from '../checks/exits.ts';
import { joinReturned } from '../checks/implied-checks.ts';
import { quietly } from '../checks/refine.ts';
import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import { forgetOwn } from '../classes/set-attributes.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { ofReturnType } from '../names/annotations.ts';
import { qualifiedNames } from '../names/names.ts';
import { passOnRaised, raisedIn } from '../statements/raised.ts';
import { runBlock } from '../statements/statements.ts';
import { Branch, ROOT_BRANCH } from '../values/branch.ts';
import { isContainer, listOf, sequence } from '../values/container.ts';
import { signatureOf } from '../values/signature.ts';
import { reachesSource } from '../values/taint.ts';
import { truthOfAtom } from '../values/truth.ts';
import { typedValue } from '../values/types.ts';
import { type CallOrigin, NONE, NOTHING, type Origin, opaque, type Value } from '../values/value.ts';
import type { CallArguments } from './arguments.ts';
import type { FunctionInfo } from './function-info.ts';
import { bindParameters, openParameter } from './parameters.ts';
import { passOnReads, sharedSignature } from './shared-reads.ts';
import { isFollowedEnough } from './signature-limits.ts';
import { isStub, onlyReturns } from './stubs.ts';
import { guardsOfDecorators, isOwnWrapper } from './through-decorators.ts';
import { likeOthers, ofReceiver } from './unfollowed-call.ts';
import { withUnset } from './unset-returns.ts';

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
  forgetOwn(frame);
  if (frame.info) recordCall(interpreter, frame.info, info, node);
  if (frame.info && !frame.info.handsOn && passesSource(interpreter, args)) frame.info.handsOn = true;
  const result = (known: Value | undefined): Value => {
    interpreter.ended = known === NOTHING;
    return known ? (asModelled(interpreter, info, known, origin) ?? known) : opaque(origin);
  };
  if (isStub(info.node)) return result(undefined);
  if (isTestOf(frame, info)) return result(interpreter.modulesDone ? lookedAt(interpreter, info) : info.results.get(OPEN));
  const times = interpreter.running.filter((other) => other.node === info.node).length;
  const passesMarked = args.positional.some((passed) => reachesSource(interpreter, passed.value));
  // A part that does what the whole does, each with its own: `child.render()` in `render()`.
  const isPart = self?.some((atom) => atom.kind === 'object' && atom.object !== atom.info.anyInstance) ?? false;
  if (times > 0 && !passesMarked && !isPart) return result(info.results.get(OPEN));
  if (times > MAX_RECURSION) {
    // What the recursion gives is what its other ways give.
    interpreter.ended = false;
    return NOTHING;
  }
  const passed = bindParameters(interpreter, frame, info, args, self, node);
  // Counters that change at each call would never end: the last round takes all ways.
  const bound = times === MAX_RECURSION ? withoutConstants(info, passed) : passed;
  // `url.is_known()` is asked of what the instance keeps, and changes nothing of it.
  const isAsked = bound.size === 1 && onlyReturns(info.node) && (self?.some((atom) => keepsSource(interpreter, frame, atom)) ?? false);
  const shared = sharedSignature(interpreter, info);
  const isMarked =
    shared !== '' || interpreter.asksValidators || isAsked || [...bound.values()].some((value) => reachesSource(interpreter, value));
  const isPlain = info.scope.nonlocals.size === 0 && info.closure.changed === undefined;
  const isOpen = !isMarked && isPlain && saysNothing(info, bound);
  const signature = isOpen ? OPEN : markedSignature(interpreter, info, bound) + shared;
  const silent = interpreter.listener.wanted.size === 0;
  const key = silent ? `silent ${signature}` : signature;
  const known = info.results.get(signature) ?? info.results.get(key);
  if (isMarked) {
    info.latest ??= new Map();
    info.latest.set(node, key);
  }
  if (signature !== OPEN) info.handed ??= 'followed';
  else if (!isOwnWrapper(frame, info)) info.handed = 'unknown';
  if (known) {
    passOnReads(frame.info, info);
    passOnRaised(interpreter, info.raises?.get(key) ?? []);
    return result(known);
  }
  const work = isMarked ? interpreter.markedWork : interpreter.callWork;
  // Its turn would come anyway: taken now, its result is known, and its body is evaluated once.
  if (signature === OPEN && !silent && interpreter.modulesDone && interpreter.running.length < MAX_RUNNING) runOpen(interpreter, info);
  else if (frame.depth >= MAX_CALL_DEPTH || isFollowedEnough(interpreter, frame, info, args, bound, isMarked)) {
    info.handed = 'unknown';
    return result(unfollowed(interpreter, info, isMarked ? bound : undefined, origin));
  } else if (work <= 0) {
    info.handed = 'unknown';
    interpreter.outOfWork ??= { module: frame.state.module, node, enclosing: frame.enclosing };
    return result(unfollowed(interpreter, info, isMarked ? bound : undefined, origin));
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
    const raised = raisedIn(interpreter, () => info.results.set(key, silent ? quietly(interpreter, run) : run()));
    if (raised.length > 0) {
      info.raises ??= new Map();
      info.raises.set(key, raised);
      passOnRaised(interpreter, raised);
    }
    if (exits) {
      info.exits ??= new Map();
      info.exits.set(key, exits);
      interpreter.markedWork -= before - interpreter.callWork;
      interpreter.callWork = before;
    }
  }
  passOnReads(frame.info, info);
  return result(info.results.get(signature) ?? info.results.get(key));
}

/** What a call gives that is not followed: its body alone says what that is made of. Where nothing passed is from outside, it need not be told of what. */
function unfollowed(
  interpreter: Interpreter,
  info: FunctionInfo,
  bound: ReadonlyMap<string, Value> | undefined,
  origin: CallOrigin,
): Value | undefined {
  const alone = interpreter.modulesDone ? lookedAt(interpreter, info) : info.results.get(OPEN);
  const open = alone && ofReceiver(alone, info, origin.receiver);
  return bound ? likeOthers(interpreter, info, open, bound, origin) : open;
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
  const signature = markedSignature(interpreter, info, bindParameters(interpreter, frame, info, args, self, node));
  const exits = info.exits?.get(signature) ?? info.exits?.get(`silent ${signature}`);
  if (exits) return exits;
  // `x and is_safe(x)`: what was passed there was known to be true besides.
  const latest = info.latest?.get(node);
  return (latest === undefined ? undefined : (info.exits?.get(latest) ?? info.exits?.get(latest.replace(/^silent /, '')))) ?? [];
}

/** What distinguishes one call from another: its arguments, and the variables of the function around it that it, or one beside it, changes. */
function markedSignature(interpreter: Interpreter, info: FunctionInfo, bound: ReadonlyMap<string, Value>): string {
  const { closure, scope } = info;
  const names = closure.changed ? new Set([...scope.nonlocals, ...closure.changed]) : scope.nonlocals;
  const changed = names.size === 0 ? [] : [...names].map((name) => closure.vars.get(name) ?? NOTHING);
  return signatureOf(
    [...bound.values(), ...changed],
    (atom) => (atom.kind === 'opaque' || atom.kind === 'text') && reachesSource(interpreter, [atom]),
  );
}

/** What tests pass to the code they test says nothing about that code. */
function isTestOf(frame: Frame, info: FunctionInfo): boolean {
  return frame.state.module.file.role === 'test' && info.module.file.role !== 'test';
}

/** The result of a function looked at on its own; its turn is taken now where that is possible and told of. */
export function lookedAt(interpreter: Interpreter, info: FunctionInfo): Value | undefined {
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
      if (only.kind === 'class' && only.info === info.owner && marksOf(only.info) === 0) continue;
    }
    if (signatureOf([value]) !== '') return false;
  }
  return true;
}

function passesSource(interpreter: Interpreter, { positional, keywords }: CallArguments): boolean {
  return [...positional, ...keywords].some(({ value }) => reachesSource(interpreter, value));
}

function recordCall(interpreter: Interpreter, caller: FunctionInfo, callee: FunctionInfo, node: Span): void {
  const callees = interpreter.calls.get(caller.node);
  if (callees) callees.add(callee);
  else interpreter.calls.set(caller.node, new Set([callee]));
  const starts = interpreter.firstCalls.get(caller.node);
  const start = starts?.get(callee.node) ?? node.start;
  if (!starts) interpreter.firstCalls.set(caller.node, new Map([[callee.node, start]]));
  else if (node.start <= start) starts.set(callee.node, node.start);
}

/** How often methods of a class, or of its project base classes, wrote something from outside to `self` or the class. */
export function marksOf(owner: ClassInfo): number {
  let sum = 0;
  for (const ancestor of ancestors(owner))
    if (ancestor.kind === 'class') sum += ancestor.info.anyInstance.marks + ancestor.info.namespace.marks;
  return sum;
}

/** Whether a function has been looked at on its own. */
export function isLookedAt(info: FunctionInfo): boolean {
  return info.results.has(OPEN);
}

/** What a function gives that was looked at on its own. */
export function resultOnItsOwn(info: FunctionInfo): Value | undefined {
  return info.results.get(OPEN);
}

/** Runs a method for any instance of a class that inherits it: what it calls on itself may be the class's own. */
export function runInherited(interpreter: Interpreter, info: FunctionInfo, heir: ClassInfo): void {
  const vars = new Map<string, Value>();
  info.node.params.forEach((parameter, index) => {
    const value: Value = [{ kind: 'object', info: heir, object: heir.anyInstance }];
    vars.set(parameter.name, index === 0 ? value : openParameter(interpreter, info, parameter, index));
  });
  runBody(interpreter, info, vars, {
    branch: new Branch(ROOT_BRANCH),
    depth: 0,
    outer: [...guardsBefore(interpreter, info), ...guardsOfDecorators(interpreter, info, vars)],
    caller: undefined,
    exits: undefined,
    open: false,
  });
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
    outer: [...guardsBefore(interpreter, info), ...guardsOfDecorators(interpreter, info, vars)],
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

function runBody(
  interpreter: Interpreter,
  info: FunctionInfo,
  vars: Map<string, Value>,
  call: Pick<Frame, 'branch' | 'depth' | 'outer' | 'caller' | 'exits' | 'open'> & Partial<Pick<Frame, 'sent'>>,
): Value {
  const { node } = info;
  const passed = node.kind !== 'lambda' && node.generator && !call.sent ? new Map(vars) : undefined;
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
    yields: [],
    sent: call.sent,
    changed: undefined,
    start: call.branch,
    returnedBranches: [],
    guards: [],
    loops: [],
    methods: undefined,
  };
  const statement = interpreter.statement;
  interpreter.running.push(info);
  let result: Value;
  if (node.kind === 'lambda') {
    result = evaluate(interpreter, frame, node.body);
    frame.exits?.push(exitAt(interpreter, frame, result, node.body));
  } else {
    const reached = runBlock(interpreter, frame, node.body);
    result = withUnset(frame, frame.returned ?? NOTHING);
    if (reached)
      result = joinReturned(
        frame.returned,
        NONE,
        frame.guards.flatMap((guard) => guard.checks),
      );
    if (reached) frame.exits?.push(exitAt(interpreter, frame, NONE, undefined));
    if (call.open) info.atEnd = reached && !frame.returned?.some((atom) => truthOfAtom(atom) === false) ? frame.guards : [];
    if (node.generator) {
      result = generatorValue(interpreter, info, frame, result);
      if (passed) takeSent(result, (sent) => sentTo(interpreter, info, passed, { ...call, exits: undefined, open: false, sent }));
    } else if (node.returns) result = ofReturnType(interpreter, info.closure, node.returns, result, info.module);
  }
  interpreter.running.pop();
  interpreter.statement = statement;
  // The caller goes on after a `return`: what was written on the way to it stays.
  for (const returned of frame.returnedBranches) returned.end(false);
  return result;
}

/** Lets what `send()` passes reach the body of a generator. */
function takeSent(given: Value, resume: (sent: Value) => Value): void {
  for (const atom of given) if (isContainer(atom)) atom.object.resume = resume;
}

/** What a generator may give when it is sent something: its body runs once more, with that as the value of each `yield`. */
function sentTo(
  interpreter: Interpreter,
  info: FunctionInfo,
  vars: ReadonlyMap<string, Value>,
  call: Parameters<typeof runBody>[3],
): Value {
  if (interpreter.running.some((other) => other.node === info.node) || interpreter.callWork <= 0) return call.sent ?? NOTHING;
  const again = runBody(interpreter, info, new Map(vars), call);
  return again.flatMap((atom) => (isContainer(atom) ? atom.object.everything(call.branch) : [atom]));
}

function generatorValue(interpreter: Interpreter, info: FunctionInfo, frame: Frame, returned: Value): Value {
  const yielded = frame.yielded ?? NONE;
  const here = { module: info.module, node: info.node };
  const isContext = info.decorators.some((decorator) =>
    qualifiedNames(interpreter, decorator.value).some((name) => interpreter.library.row(name)?.behaves === 'context-manager'),
  );
  if (isContext) return opaque({ via: 'operation', operands: [yielded], site: here }, 'contextlib.AbstractContextManager', yielded);
  const given = frame.yields && frame.yields.length > 0 ? sequence('list', frame.yields, here, frame.branch) : listOf(yielded, here);
  for (const atom of given) if (isContainer(atom)) atom.object.returned = returned;
  return given;
}

function enclosingOf(info: FunctionInfo): string {
  const { module } = info;
  return module.name !== '' && info.qualifiedName.startsWith(`${module.name}.`)
    ? info.qualifiedName.slice(module.name.length + 1)
    : info.qualifiedName;
}
