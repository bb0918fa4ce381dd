import type { CallArguments } from '../../../evaluate/calls/arguments.ts';
import { ancestors, type ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import type { Span } from '../../../ir/nodes.ts';
import { passed, texts } from '../../route-table.ts';
import { methodsOf, sorted } from '../methods/methods.ts';
import { callOf, elementsOf, lastName, pathTexts } from '../values.ts';
import { libraryBases, type View, viewsOf } from '../view.ts';
import { joinPaths } from './blueprints.ts';
import type { FoundRoute } from './found-route.ts';

/** A method of a class behind `@expose("/path", methods=["POST"])`, as Flask-Admin and Flask-AppBuilder have it. */
export interface ExposedMethod {
  readonly name: string;
  readonly view: View;
  readonly url: string;
  readonly methods: readonly string[];
}

/** The exposed methods of a class and of those of the project that it descends from; what it defines anew without `@expose` is none. */
export function exposedMethods(owner: ClassInfo): readonly ExposedMethod[] {
  const found: ExposedMethod[] = [];
  const met = new Set<string>();
  for (const ancestor of ancestors(owner)) {
    if (ancestor.kind !== 'class') continue;
    for (const name of ancestor.info.namespace.keyNames()) {
      if (met.has(name)) continue;
      met.add(name);
      for (const atom of ancestor.info.namespace.read(name, ROOT_BRANCH) ?? [])
        if (atom.kind === 'function' || atom.kind === 'class') found.push(...exposures(name, atom));
    }
  }
  return found;
}

function exposures(name: string, exposed: Atom & { kind: 'function' | 'class' }): readonly ExposedMethod[] {
  return exposed.info.decorators.flatMap(({ value }) =>
    value.flatMap((atom) => {
      const call = callOf(atom);
      if (!call || lastName(call) !== (exposed.kind === 'class' ? 'expose_plugview' : 'expose')) return [];
      const given = elementsOf(passed(call.args, 1, 'methods')).flatMap(texts);
      const url = pathTexts(passed(call.args, 0, 'url'))[0] ?? '/';
      return viewsOf([exposed]).map((view) => {
        const methods = given.length > 0 ? sorted(given) : exposed.kind === 'class' ? methodsOf(view) : ['GET'];
        return { name, view, url, methods };
      });
    }),
  );
}

/** The routes of exposed methods below a prefix. */
export function routesOfExposed(
  exposed: readonly ExposedMethod[],
  prefix: string,
  endpoint: string,
  shared: Pick<FoundRoute, 'mount' | 'place' | 'guard' | 'csrf'>,
): readonly FoundRoute[] {
  return exposed.map(({ url, view, methods, name }) => ({
    ...shared,
    path: joinPaths(prefix, url),
    view,
    methods,
    name: `${endpoint}.${name}`,
  }));
}

/** A class that an extension takes for views, or an instance of one. */
export interface ViewClass {
  /** Absent: the library's own. */
  readonly owner: ClassInfo | undefined;
  /** The library classes that it is or descends from. */
  readonly bases: readonly string[];
  /** Its name without modules. */
  readonly name: string;
  /** What its instance was made with. */
  readonly args: CallArguments | undefined;
  readonly node: Span | undefined;
}

/** The classes that a value may be, or be instances of. */
export function viewClassesOf(interpreter: Interpreter, value: Value | undefined): readonly ViewClass[] {
  return (value ?? []).flatMap((atom) => boundLater(interpreter, atom)).flatMap((atom) => viewClassOf(atom) ?? []);
}

/** What modules that import each other in a circle had not bound yet when the call ran; an instance of it counts as the class. */
function boundLater(interpreter: Interpreter, atom: Atom): Value {
  const name = atom.kind === 'symbol' ? atom.name : callOf(atom)?.names[0];
  if (name === undefined) return [atom];
  for (const { module, frame } of interpreter.states.values()) {
    const bound = name.startsWith(`${module.name}.`) ? frame.vars.get(name.slice(module.name.length + 1)) : undefined;
    if (bound?.some(({ kind }) => kind === 'class')) return bound;
  }
  return [atom];
}

function viewClassOf(atom: Atom): ViewClass | undefined {
  switch (atom.kind) {
    case 'class':
      return { owner: atom.info, bases: libraryBases(atom.info), name: atom.info.name, args: undefined, node: undefined };
    case 'object':
      return {
        owner: atom.info,
        bases: libraryBases(atom.info),
        name: atom.info.name,
        args: atom.object.madeWith,
        node: atom.object.site.node,
      };
    case 'symbol':
      return { owner: undefined, bases: [atom.name], name: atom.name.split('.').at(-1) ?? '', args: undefined, node: undefined };
    case 'opaque': {
      const call = callOf(atom);
      const [name = ''] = call?.names ?? [];
      return call && { owner: undefined, bases: [name], name: lastName(call), args: call.args, node: call.site.node };
    }
    default:
      return undefined;
  }
}

/** The class as a view: all that a library adds below a path. */
export function classAsView({ owner, bases }: ViewClass): View {
  const [view] = owner ? viewsOf([{ kind: 'class', info: owner }]) : [];
  return view ?? { name: bases[0] ?? '', place: undefined, wrappers: [], decorators: [] };
}
