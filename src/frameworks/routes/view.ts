import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { opaque } from '../../evaluate/values/value.ts';
import type { Expr } from '../../ir/nodes.ts';
import { passed } from '../route-table.ts';
import type { RoutePlace } from './route.ts';
import { callOf, classAttribute, entriesOf, lastPart } from './values.ts';

/** What stands around a view: a library's decorator by name, or a function of the project. `on`: the method of a class that it is put around. */
export type Wrapper = { readonly name: string; readonly isOptional: boolean; readonly info?: FunctionInfo; readonly on?: string };

/** A view with all that decides who gets to it. */
export interface View {
  readonly name: string;
  readonly place: RoutePlace | undefined;
  /** The view function; absent for classes and views of libraries. */
  readonly info?: FunctionInfo;
  readonly owner?: ClassInfo;
  /** Outermost first: decorators where it is registered, then its own. */
  readonly wrappers: readonly Wrapper[];
  /** Of a viewset: the method of the class that answers each method of HTTP. */
  readonly actions?: ReadonlyMap<string, string>;
  /** Arguments of decorators that name methods: `require_http_methods(["GET"])`. */
  readonly decorators: readonly Value[];
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The views that a value may be. */
export function viewsOf(value: Value): readonly View[] {
  return value.flatMap((atom) => viewOf(atom, 0) ?? []);
}

function viewOf(atom: Atom, depth: number): View | undefined {
  if (depth > MAX_WRAPPERS) return undefined;
  switch (atom.kind) {
    case 'function':
    case 'bound':
      return functionView(atom.info, depth);
    case 'class':
      return classView(atom.info);
    case 'object':
      return classView(atom.info);
    case 'symbol':
      return { name: atom.name, place: undefined, wrappers: [], decorators: [] };
    case 'partial':
      return firstView(atom.callee, depth);
    case 'opaque':
      return calledView(atom, depth);
    default:
      return undefined;
  }
}
/** Decorators around one view; more than people write. */
const MAX_WRAPPERS = 12;

function firstView(value: Value | undefined, depth: number): View | undefined {
  for (const atom of value ?? []) {
    const view = viewOf(atom, depth + 1);
    if (view) return view;
  }
  return undefined;
}

function functionView(info: FunctionInfo, depth: number): View {
  const wrapped = wrappedBy(info, depth);
  if (wrapped) {
    const { decorators } = wrapped;
    const around = makerOf(info);
    return { ...wrapped, wrappers: [{ name: around.qualifiedName, isOptional: false, info: around }, ...wrapped.wrappers], decorators };
  }
  return {
    name: info.qualifiedName,
    place: { module: info.module, node: info.node },
    info,
    ...(info.owner ? { owner: info.owner } : {}),
    wrappers: wrappersOf(info),
    decorators: info.decorators.map(({ value }) => value),
  };
}

/** The view inside what a decorator of the project put in its place: the one that the function around was given. */
function wrappedBy(info: FunctionInfo, depth: number): View | undefined {
  const around = info.closure.info;
  const parameter = around?.node.params[0]?.name;
  // A view inside a factory is not given back by it.
  if (around === undefined || parameter === undefined || makerOf(info) === info) return undefined;
  const given = info.closure.vars.get(parameter);
  return given?.some((atom) => ['function', 'bound', 'object', 'class', 'opaque'].includes(atom.kind))
    ? firstView(given, depth)
    : undefined;
}

function classView(info: ClassInfo): View {
  return {
    name: info.qualifiedName,
    place: { module: info.module, node: info.node },
    owner: info,
    wrappers: info.decorators.flatMap(({ value }) => wrapperOf(value)).filter(isAroundAll),
    decorators: info.decorators.map(({ value }) => value),
  };
}

/** Methods of a class that run before the one that answers. */
export const BEFORE_HANDLERS: readonly string[] = ['dispatch', 'dispatch_request', 'setup', 'initial', 'prepare'];

/** Whether it is put around every request, and not around one method of the class: `@method_decorator(login_required, name="post")`. */
export function isAroundAll({ on }: Wrapper): boolean {
  return on === undefined || BEFORE_HANDLERS.includes(on);
}

/** `View.as_view()`, or a decorator of a library around a view. */
function calledView(atom: Atom, depth: number): View | undefined {
  const call = callOf(atom);
  if (!call) return undefined;
  const [name = ''] = call.names;
  if (lastPart(name) === 'as_view') {
    const inner = firstView(call.receiver, depth) ?? {
      name: name.replace(/\.as_view$/, ''),
      place: undefined,
      wrappers: [],
      decorators: [],
    };
    const actions = entriesOf(call.args.positional[0]?.value);
    if (actions.size === 0) return inner;
    return { ...inner, actions: new Map([...actions].map(([verb, to]) => [verb.toUpperCase(), textOf(to)])) };
  }
  const inner = firstView(call.args.positional[0]?.value, depth);
  if (!inner) return undefined;
  return { ...inner, wrappers: [...wrapperOf(opaque(call)), ...inner.wrappers] };
}

function textOf(value: Value): string {
  const [only] = value;
  return only?.kind === 'constant' && only.literal.type === 'str' ? only.literal.value : '';
}

/** What a decorator, or a call that wraps a view, is. `method_decorator(x)` is `x`. */
export function wrapperOf(value: Value): readonly Wrapper[] {
  return value.flatMap((atom): readonly Wrapper[] => {
    switch (atom.kind) {
      case 'symbol':
        return [{ name: atom.name, isOptional: false }];
      case 'function':
      case 'bound':
        return [{ name: makerOf(atom.info).qualifiedName, isOptional: false, info: makerOf(atom.info) }];
      case 'opaque': {
        const call = callOf(atom);
        if (!call) return atom.origin.via === 'attribute' ? [{ name: atom.origin.name, isOptional: false }] : unresolved(atom);
        const [name = ''] = call.names;
        if (/\bmethod_decorator(?:\(\))*$/.test(name)) {
          const inner = call.args.positional[0]?.value ?? [];
          const each = inner.flatMap((one) => (one.kind === 'container' ? one.object.everything(ROOT_BRANCH) : [one]));
          const on = textOf(passed(call.args, 1, 'name') ?? []);
          return on === '' ? wrapperOf(each) : wrapperOf(each).map((wrapper) => ({ ...wrapper, on }));
        }
        // `decorator(check)` makes a decorator of a function that gets the view first. https://github.com/micheles/decorator
        if (/^decorator\.decorator(?:\(\))*$/.test(name)) return wrapperOf(call.args.positional[0]?.value ?? []);
        const optional = passed(call.args, -1, 'optional')?.[0];
        const isOptional = optional?.kind === 'constant' && optional.literal.type === 'bool' && optional.literal.value;
        return [{ name: name.replace(/(?:\(\))+$/, ''), isOptional }];
      }
      default:
        return [];
    }
  });
}

/** The decorators of a function, or some of them. */
export function wrappersOf(info: FunctionInfo, decorators = info.decorators): readonly Wrapper[] {
  return decorators.flatMap(({ value, node }) => {
    const known = wrapperOf(value);
    if (known.some((one) => one.info)) return known;
    // What calling it gives is not known, or no function at all: what is called says it.
    const called = calledIn(node.expression, info.closure);
    return called ? [{ name: called.qualifiedName, isOptional: known[0]?.isOptional ?? false, info: called }] : known;
  });
}

/** The function of the project that an expression names or calls. */
function calledIn(node: Expr, frame: Frame): FunctionInfo | undefined {
  for (const atom of namedIn(node.kind === 'call' ? node.callee : node, frame) ?? []) if (atom.kind === 'function') return atom.info;
  return undefined;
}

function namedIn(node: Expr, frame: Frame): Value | undefined {
  if (node.kind === 'name')
    return frame.vars.get(node.id) ?? (frame.parent ? namedIn(node, frame.parent) : frame.state.frame.vars.get(node.id));
  const [module] = node.kind === 'attribute' ? (namedIn(node.object, frame) ?? []) : [];
  return node.kind === 'attribute' && module?.kind === 'module' ? module.state.frame.vars.get(node.name) : undefined;
}

/** The function that makes and returns this one: `decorator` of what `decorator(argument)` gives; itself where there is none. */
function makerOf(info: FunctionInfo): FunctionInfo {
  const around = info.closure.info;
  if (!around || around.node.kind === 'lambda') return info;
  const returns = around.node.body.some((one) => one.kind === 'return' && one.value?.kind === 'name' && one.value.id === info.name);
  return returns ? makerOf(around) : info;
}

function unresolved(atom: Atom & { kind: 'opaque' }): readonly Wrapper[] {
  return atom.origin.via === 'unresolved' || atom.origin.via === 'global' ? [{ name: atom.origin.name, isOptional: false }] : [];
}

/** The methods of a class that answer requests, by the method of HTTP. */
export function handlersOf(view: View): ReadonlyMap<string, FunctionInfo> {
  const found = new Map<string, FunctionInfo>();
  if (!view.owner) return found;
  const names = view.actions ?? new Map(VERBS.map((verb) => [verb.toUpperCase(), verb]));
  for (const [verb, name] of names) {
    const method = methodOf(view.owner, name);
    if (method) found.set(verb, method);
  }
  return found;
}

export function methodOf(owner: ClassInfo, name: string): FunctionInfo | undefined {
  const [only] = classAttribute(owner, name) ?? [];
  return only?.kind === 'function' ? only.info : undefined;
}

/** Names of the library classes that a class descends from, and of classes that are not in the tree. */
export function libraryBases(owner: ClassInfo): readonly string[] {
  return ancestors(owner).flatMap((ancestor) => {
    if (ancestor.kind === 'library') return [ancestor.name];
    // A base that no import explains still has a name.
    return ancestor.info.bases.flatMap((base) =>
      base.flatMap((atom) => (atom.kind === 'opaque' ? unresolved(atom).map(({ name }) => name) : [])),
    );
  });
}
