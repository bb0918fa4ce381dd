import type { Span } from '../../ir/nodes.ts';
import { quietly } from '../checks/refine.ts';
import type { Frame, Guard } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { type FunctionAtom, NOTHING, opaque, type Value } from '../values/value.ts';
import { type CallArguments, positional } from './arguments.ts';
import { callFunction } from './call-function.ts';
import type { FunctionInfo } from './function-info.ts';
import { isTelling } from './wrappers.ts';

/** A decorated function whose wrapper runs. */
export interface Unwrapping {
  readonly info: FunctionInfo;
  /** Whether the wrapper came to call it. */
  isReached: boolean;
  /** Filled with the conditions that held there, where nothing else is asked: the function itself does not run. */
  readonly guards: (readonly Guard[])[] | undefined;
}

/**
 * Calls a function of the project as its decorators have it called, where these look at what it is passed or change that or what it gives.
 * `undefined` where they do nothing of the kind, or where what they do is not known: then the function is what its name means (see decorate.ts).
 */
export function callDecorated(...call: Parameters<typeof callFunction>): Value | undefined {
  const [interpreter, frame, info, args, self, node] = call;
  if (info.decorators.length === 0) return undefined;
  const around = interpreter.unwrapping.find((one) => one.info === info);
  if (around) {
    around.isReached = true;
    around.guards?.push([...frame.outer, ...frame.guards]);
    return around.guards && opaque({ via: 'call', names: [info.qualifiedName], receiver: self, args, site: site(frame, node) });
  }
  const wrapper = wrapperOf(interpreter, info);
  if (!wrapper) return undefined;
  const unwrapping: Unwrapping = { info, isReached: reaching.has(wrapper.info), guards: undefined };
  interpreter.unwrapping.push(unwrapping);
  const value = callFunction(interpreter, frame, wrapper.info, args, self, node);
  interpreter.unwrapping.pop();
  if (!unwrapping.isReached) return undefined;
  reaching.add(wrapper.info);
  return value;
}
/** Wrappers that came to call what they wrap: the next time their result may be known. */
const reaching = new WeakSet<FunctionInfo>();

/** The conditions that hold of its parameters where a wrapper calls a function that is looked at on its own. */
export function guardsOfDecorators(interpreter: Interpreter, info: FunctionInfo, vars: ReadonlyMap<string, Value>): readonly Guard[] {
  if (info.decorators.length === 0 || interpreter.unwrapping.length > 0) return NO_GUARDS;
  const wrapper = wrapperOf(interpreter, info);
  if (!wrapper) return NO_GUARDS;
  const unwrapping: Unwrapping = { info, isReached: false, guards: [] };
  const before = new Set(wrapper.info.results.keys());
  const { ended } = interpreter;
  interpreter.unwrapping.push(unwrapping);
  quietly(interpreter, () => callFunction(interpreter, info.closure, wrapper.info, asPassed(info, vars), undefined, info.node));
  interpreter.unwrapping.pop();
  interpreter.ended = ended;
  // The function itself did not run: what its wrapper gave is no result.
  for (const key of wrapper.info.results.keys()) if (!before.has(key)) wrapper.info.results.delete(key);
  const [guards, ...others] = unwrapping.guards ?? [];
  return guards && others.length === 0 ? guards : NO_GUARDS;
}
const NO_GUARDS: readonly Guard[] = [];

/** Whether what calls a function is what one of its decorators put around it, looked at on its own: whoever calls that calls the function. */
export function isOwnWrapper({ open, parent }: Frame, info: FunctionInfo): boolean {
  if (!open || parent?.info === undefined) return false;
  const { node } = parent.info;
  return info.decorators.some(({ value }) =>
    value.some((atom) => (atom.kind === 'function' || atom.kind === 'bound') && atom.info.node === node),
  );
}

/** What its decorators make of a function, as far as they tell something. */
function wrapperOf(interpreter: Interpreter, info: FunctionInfo): FunctionAtom | undefined {
  let wrapper: FunctionAtom | undefined;
  for (const { value, node } of info.decorators.toReversed()) {
    const [decorator, ...others] = value;
    if (!decorator || others.length > 0 || (decorator.kind !== 'function' && decorator.kind !== 'bound')) continue;
    if (!isTelling(interpreter.library, decorator.info.node, decorator.kind === 'bound')) continue;
    const self = decorator.kind === 'bound' ? decorator.self : undefined;
    const given: Value = [wrapper ?? { kind: 'function', info }];
    const made = quietly(interpreter, () =>
      callFunction(interpreter, info.closure, decorator.info, positional({ value: given, node }), self, node),
    );
    const [only, ...more] = made;
    if (only?.kind !== 'function' || more.length > 0 || only.info === info) return undefined;
    wrapper = only;
  }
  return wrapper;
}

/** The parameters of a function as a framework passes them: the object and the request in front, all else by name. */
function asPassed(info: FunctionInfo, vars: ReadonlyMap<string, Value>): CallArguments {
  const { node, owner } = info;
  const inFront: { value: Value; node: Span }[] = [];
  const keywords: { name: string; value: Value; node: Span }[] = [];
  for (const parameter of node.params) {
    const value = vars.get(parameter.name) ?? NOTHING;
    const index = inFront.length;
    const isInFront = keywords.length === 0 && ((index === 0 && owner !== undefined) || /^_?req(?:uest)?$/.test(parameter.name));
    if (parameter.form === 'rest' || parameter.form === 'keywords') continue;
    if (isInFront) inFront.push({ value, node: parameter });
    else keywords.push({ name: parameter.name, value, node: parameter });
  }
  return { ...positional(...inFront), keywords };
}
