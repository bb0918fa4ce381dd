import type { Argument, CallExpr } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { callMethodOfValue } from '../behaviours/value-methods.ts';
import { findInClass } from '../classes/attributes.ts';
import { construct } from '../classes/construct.ts';
import { forgetPassed } from '../classes/set-attributes.ts';
import type { CallEvent } from '../events.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { calledNames, memberNames } from '../names/names.ts';
import { isContainer, keyOfSlot, keysOf, knownElements } from '../values/container.ts';
import { type Atom, join, NOTHING, opaque, type Value } from '../values/value.ts';
import { accepting } from './accepts.ts';
import type { CallArguments, PassedArgument, PassedKeyword } from './arguments.ts';
import { callFunction } from './call-function.ts';
import { callLibrary } from './call-library.ts';
import { convertedVariable } from './converted-variable.ts';
import { dispatched } from './dispatch.ts';
import type { FunctionInfo } from './function-info.ts';
import { callDecorated } from './through-decorators.ts';

/** The value of a call; tells the event once the arguments are known. */
export function evaluateCall(interpreter: Interpreter, frame: Frame, node: CallExpr, awaited: boolean): Value {
  const callee = evaluate(interpreter, frame, node.callee);
  const args = evaluateArguments(interpreter, frame, node.args);
  const names = calledNames(interpreter, callee);
  if (frame.set) forgetPassed(frame, node);
  const result = callValue(interpreter, frame, callee, args, node, names);
  const { wanted } = interpreter.listener;
  if (wanted.has('call')) tellCall(interpreter, frame, node, { names, callee, args, result, awaited });
  if (wanted.has('store')) {
    for (const { name, value, node: passed } of args.keywords) {
      const argument = node.args.find((candidate) => candidate.name === name);
      if (argument)
        interpreter.listener.on({
          kind: 'store',
          form: 'keyword',
          frame,
          statement: interpreter.statement,
          name,
          object: callee,
          value,
          augmented: false,
          target: passed,
          node: passed,
          valueNode: argument.value,
        });
    }
  }
  return result;
}

function tellCall(
  interpreter: Interpreter,
  frame: Frame,
  node: CallExpr,
  call: Pick<CallEvent, 'names' | 'callee' | 'args' | 'result' | 'awaited'>,
): void {
  interpreter.listener.on({
    kind: 'call',
    frame,
    statement: interpreter.statement,
    node,
    ...call,
    receiver: receiverOf(call.callee),
    args: allArguments(call.callee, call.args, node),
  });
}

/** A call that a library makes of what it was given: `map(f, xs)`. What is called there is told of as if it stood in place of `node`. */
export function callPassed(interpreter: Interpreter, frame: Frame, callee: Value, args: CallArguments, node: CallExpr): Value {
  const names = calledNames(interpreter, callee);
  const result = callValue(interpreter, frame, callee, args, node, names);
  // A function of the project tells of what is in it; here only its name would be new.
  if (interpreter.listener.wanted.has('call') && callee.some((atom) => atom.kind !== 'function' && atom.kind !== 'bound'))
    tellCall(interpreter, frame, node, { names, callee, args, result, awaited: false });
  return result;
}

/** Calls a value with arguments that are already evaluated; `node` is the place of the call. */
export function callValue(
  interpreter: Interpreter,
  frame: Frame,
  callee: Value,
  args: CallArguments,
  node: CallExpr,
  names: readonly string[] = calledNames(interpreter, callee),
): Value {
  let result: Value = NOTHING;
  let ended = callee.length > 0;
  for (const atom of accepting(callee, args)) {
    // `COMMANDS.get(name)(…)`: what is None raises, and gives nothing.
    if (atom.kind === 'constant' && callee.some((other) => CALLABLE.has(other.kind))) continue;
    interpreter.ended = false;
    result = join(result, callAtom(interpreter, frame, atom, args, node, callee.length === 1 ? names : calledNames(interpreter, [atom])));
    if (!interpreter.ended) ended = false;
  }
  interpreter.ended = ended;
  return result;
}

const CALLABLE: ReadonlySet<Atom['kind']> = new Set<Atom['kind']>(['function', 'bound', 'class', 'partial']);

function callAtom(
  interpreter: Interpreter,
  frame: Frame,
  atom: Atom,
  args: CallArguments,
  node: CallExpr,
  names: readonly string[],
): Value {
  switch (atom.kind) {
    case 'function': {
      const [own = atom.info, ...others] = dispatched(interpreter, atom.info, args) ?? [];
      if (others.length > 0) return callAny(interpreter, frame, [own, ...others], args, undefined, node);
      const call = (passed: CallArguments): Value => callOwn(interpreter, frame, own, passed, undefined, node);
      const result = call(args);
      return convertedVariable(args, result, call) ?? result;
    }
    case 'bound': {
      const all = dispatched(interpreter, atom.info, args);
      return all ? callAny(interpreter, frame, all, args, atom.self, node) : callOwn(interpreter, frame, atom.info, args, atom.self, node);
    }
    case 'class':
      return construct(interpreter, frame, atom.info, args, node, names);
    case 'partial':
      return callValue(interpreter, frame, atom.callee, withGiven(atom.args, args), node);
    case 'object': {
      const method = findInClass(atom.info, '__call__', frame)?.value[0];
      if (method?.kind === 'function') return callFunction(interpreter, frame, method.info, args, [atom], node);
      return callLibrary(interpreter, frame, atom, memberNames(interpreter, [atom], '__call__'), args, node);
    }
    case 'opaque':
      if (atom.origin.via === 'attribute') {
        const known = callMethodOfValue(interpreter, frame, atom.origin.of, atom.origin.name, args, node);
        if (known) return known;
      }
      return callLibrary(interpreter, frame, atom, names, args, node);
    case 'symbol':
      return callLibrary(interpreter, frame, atom, names, args, node);
    case 'constant':
    case 'text':
    case 'container':
    case 'environment':
    case 'module':
    case 'super':
      return opaque({ via: 'call', names, receiver: undefined, args, site: site(frame, node) });
  }
}

/** One of several functions: it is not known which. */
function callAny(
  interpreter: Interpreter,
  frame: Frame,
  all: readonly FunctionInfo[],
  args: CallArguments,
  self: Value | undefined,
  node: CallExpr,
): Value {
  let result: Value = NOTHING;
  let ended = true;
  for (const info of all) {
    interpreter.ended = false;
    result = join(result, callOwn(interpreter, frame, info, args, self, node));
    if (!interpreter.ended) ended = false;
  }
  interpreter.ended = ended;
  return result;
}

/** A function of the project as its name is called: what its decorators make of it, where they do something. */
function callOwn(...call: Parameters<typeof callFunction>): Value {
  return callDecorated(...call) ?? callFunction(...call);
}

/** What a call passes, with what `functools.partial` was given before; the latter has the call as its place. */
function allArguments(callee: Value, args: CallArguments, node: CallExpr): CallArguments {
  const [only] = callee;
  if (callee.length !== 1 || only?.kind !== 'partial') return args;
  const { positional, keywords } = only.args;
  const here = {
    ...only.args,
    positional: positional.map((passed) => ({ ...passed, node })),
    keywords: keywords.map((passed) => ({ ...passed, node })),
  };
  return allArguments(only.callee, withGiven(here, args), node);
}

function withGiven(given: CallArguments, args: CallArguments): CallArguments {
  return {
    positional: [...given.positional, ...args.positional],
    keywords: [...given.keywords.filter((keyword) => !args.keywords.some((other) => other.name === keyword.name)), ...args.keywords],
    openPositional: given.openPositional || args.openPositional,
    openKeywords: given.openKeywords || args.openKeywords,
    spread: join(given.spread, args.spread),
    names: join(given.names ?? NOTHING, args.names ?? NOTHING),
    keys: join(given.keys ?? NOTHING, args.keys ?? NOTHING),
  };
}

/** The object that a method call is made on. */
function receiverOf(callee: Value): Value | undefined {
  let receiver: Value | undefined;
  for (const atom of callee) {
    if (atom.kind === 'bound') receiver = join(receiver ?? NOTHING, atom.self);
    else if (atom.kind === 'opaque' && atom.origin.via === 'attribute') receiver = join(receiver ?? NOTHING, atom.origin.of);
  }
  return receiver;
}

/** Evaluates arguments in order and spreads `*` and `**` where their content is known. */
export function evaluateArguments(interpreter: Interpreter, frame: Frame, nodes: readonly Argument[]): CallArguments {
  const positional: PassedArgument[] = [];
  const keywords: PassedKeyword[] = [];
  let openPositional = false;
  let openKeywords = false;
  let spread: Value = NOTHING;
  let names: Value = NOTHING;
  let keys: Value = NOTHING;
  for (const node of nodes) {
    const value = evaluate(interpreter, frame, node.value);
    if (node.star === undefined) {
      if (node.name === undefined) positional.push({ value, node });
      else keywords.push({ value, node, name: node.name });
      continue;
    }
    for (const atom of value) {
      if (node.star === '*') {
        const elements = value.length === 1 && isContainer(atom) ? knownElements(atom, frame.branch) : undefined;
        if (elements) for (const element of elements) positional.push({ value: element, node });
        else {
          openPositional = true;
          spread = join(spread, [atom]);
        }
      } else if (isContainer(atom, 'dict')) {
        for (const slot of atom.object.keyNames()) {
          const key = keyOfSlot(slot)[0];
          const entry = atom.object.read(slot, frame.branch);
          if (entry && key?.kind === 'constant' && key.literal.type === 'str')
            keywords.push({ value: entry, node, name: key.literal.value });
        }
        if (atom.object.open) {
          openKeywords = true;
          spread = join(spread, atom.object.rest);
          if (node.value.kind === 'dict') keys = join(keys, atom.object.keys);
          else names = join(names, atom.object.keys);
        }
      } else {
        openKeywords = true;
        spread = join(spread, [atom]);
        names = join(names, keysOf(interpreter, atom, site(frame, node)));
      }
    }
  }
  return { positional: fitted(positional), keywords: fitted(keywords), openPositional, openKeywords, spread, names, keys };
}
