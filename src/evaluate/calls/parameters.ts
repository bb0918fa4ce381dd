import type { Parameter, Span } from '../../ir/nodes.ts';
import { MAX_RUNNING } from '../budget.ts';
import { withPattern } from '../checks/field-patterns.ts';
import type { ClassInfo } from '../classes/class-info.ts';
import { converted } from '../classes/validated-model.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { annotatedMarks, annotatedValue, typedByAnnotation } from '../names/annotations.ts';
import { raisedOf } from '../statements/raised.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { container, listOf, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { elementOf, typedValue } from '../values/types.ts';
import { type Atom, join, NOTHING, type Origin, opaque, str, type Value } from '../values/value.ts';
import type { CallArguments } from './arguments.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import { isLookedAt, lookedAt, runOpen } from './call-function.ts';
import type { FunctionInfo } from './function-info.ts';

/** https://docs.python.org/3/reference/expressions.html#calls */
export function bindParameters(
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

export function openParameter(interpreter: Interpreter, info: FunctionInfo, parameter: Parameter, index: number): Value {
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
  const marks = marksOf(interpreter, info, parameter);
  const provided = providedValue(interpreter, info, parameter, marks);
  if (provided) return provided;
  const raised = raisedForHandler(interpreter, info, index);
  if (raised) return raised;
  const annotated = parameter.annotation && annotatedValue(interpreter, info.closure, parameter.annotation, origin);
  // The body of a request as an object of the project: what is in it came from outside.
  if (annotated?.some((atom) => atom.kind === 'object') && interpreter.hooks.some((hook) => hook.parameterSource(info, parameter.name)))
    return converted(interpreter, annotated, origin);
  // What a framework passes says more than an annotation that lets everything through: `def not_found(error: Exception)`.
  if (annotated && !annotated.every(isAnything)) return withPattern(interpreter, annotated, marks, here);
  for (const hook of interpreter.hooks) {
    const entries = hook.parameterEntries?.(info, parameter.name, index);
    if (entries) return dictOf(interpreter, entries, origin);
    const type = hook.parameterType(info, parameter.name, index);
    if (type !== undefined)
      return join(
        typedValue(interpreter, type, { receiver: undefined, args: NO_ARGUMENTS }, origin),
        info.defaults.get(parameter) ?? NOTHING,
      );
  }
  if (annotated) return withPattern(interpreter, annotated, marks, here);
  const fallback = info.defaults.get(parameter);
  const value = withPattern(interpreter, opaque(origin), marks, here);
  return fallback ? join(value, fallback) : value;
}

/** The errors that a function is registered for, as they were raised with something from outside: `@app.errorhandler(NotFound)`. */
function raisedForHandler(interpreter: Interpreter, info: FunctionInfo, index: number): Value | undefined {
  for (const hook of interpreter.hooks) {
    const types = hook.handledErrors?.(info, index) ?? NOTHING;
    const raised = types.length > 0 ? raisedOf(interpreter, types, info) : NOTHING;
    if (raised.length === 0) continue;
    return types.reduce<Value>(
      (all, atom) => (atom.kind === 'class' ? join(all, [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }]) : all),
      raised,
    );
  }
  return undefined;
}

function isAnything(atom: Atom): boolean {
  return atom.kind === 'opaque' && (atom.type === 'builtins.Exception' || atom.type === 'builtins.BaseException');
}

/** A dict of which the types of some entries are known. */
function dictOf(interpreter: Interpreter, entries: Iterable<readonly [string, string]>, origin: Origin): Value {
  const of = opaque(origin);
  const object = new HeapObject(origin.site, ROOT_BRANCH);
  object.writeAnywhere(of);
  for (const [key, type] of entries)
    object.write(
      `s:${key}`,
      opaque({ via: 'item', of, key: str(key), site: origin.site }, interpreter.library.canonical(type)),
      ROOT_BRANCH,
    );
  return container('dict', object);
}

/** The default of a parameter, and what its annotation adds to the type. */
function marksOf(interpreter: Interpreter, info: FunctionInfo, parameter: Parameter): Value {
  return join(
    info.defaults.get(parameter) ?? NOTHING,
    parameter.annotation ? annotatedMarks(interpreter, info.closure, parameter.annotation) : NOTHING,
  );
}

/** What a framework passes that comes from outside by way of a function or class of the project: a dependency, the form of a view. */
function providedValue(interpreter: Interpreter, info: FunctionInfo, parameter: Parameter, marks: Value): Value | undefined {
  const here = { module: info.module, node: parameter };
  const annotated =
    parameter.annotation &&
    annotatedValue(interpreter, info.closure, parameter.annotation, { via: 'parameter', name: parameter.name, info, site: here });
  let result: Value = NOTHING;
  for (const hook of interpreter.hooks)
    for (const atom of hook.provider?.(info, parameter.name, marks, annotated) ?? NOTHING) {
      if (atom.kind === 'class') {
        lookAgain(interpreter, atom.info);
        result = join(result, [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }]);
      }
      if (atom.kind !== 'function') continue;
      const returned = lookedAt(interpreter, atom.info) ?? NOTHING;
      // A dependency that cleans up afterwards yields what is passed. https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/
      const isYielded = atom.info.node.kind === 'function' && atom.info.node.generator;
      const given = isYielded ? elementOf(interpreter, returned, { via: 'element', of: returned, site: here }) : returned;
      const isChosen = given.length > 0 && given.every((one) => one.kind === 'constant' && one.literal.type === 'str');
      if (isChosen || reachesSource(interpreter, given) || given.some((one) => one.kind === 'object')) result = join(result, given);
    }
  return result.length > 0 ? result : undefined;
}

/** The constructor of a class that a framework calls: it may have been looked at before anything said that it does. */
function lookAgain(interpreter: Interpreter, info: ClassInfo): void {
  const [init] = info.namespace.read('__init__', ROOT_BRANCH) ?? NOTHING;
  if (init?.kind !== 'function' || again.has(init.info)) return;
  again.add(init.info);
  if (!isLookedAt(init.info) || interpreter.running.includes(init.info) || interpreter.running.length >= MAX_RUNNING) return;
  // What it kept of its parameters is written anew.
  for (const name of [...info.anyInstance.keyNames()])
    if (info.anyInstance.read(name, ROOT_BRANCH)?.every((atom) => isParameterOf(atom, init.info))) info.anyInstance.delete(name);
  runOpen(interpreter, init.info);
}

function isParameterOf(atom: Atom, info: FunctionInfo): boolean {
  return atom.kind === 'opaque' && atom.origin.via === 'parameter' && atom.origin.info === info;
}
const again = new WeakSet<FunctionInfo>();
