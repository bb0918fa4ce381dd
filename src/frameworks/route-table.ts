import type { CallArguments } from '../evaluate/calls/arguments.ts';
import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { ancestors, type ClassInfo } from '../evaluate/classes/class-info.ts';
import type { Value } from '../evaluate/values/value.ts';
import type { Span } from '../ir/nodes.ts';
import { isClean, placeOfGroup, type UrlParameter } from './url-rule.ts';

/** Which functions and classes are views, with their URL parameters; filled while modules and factories run, read when functions are looked at. */
export class RouteTable {
  private readonly views = new Map<Span, Map<string, UrlParameter>>();
  /** Functions that were asked about when no route of theirs was known. */
  private readonly askedBefore = new Set<Span>();

  /** The same of the classes that views inherit their methods from. */
  private readonly bases = new Map<Span, Map<string, UrlParameter>>();

  /** Names of the parameters of all routes, those that include others among them. */
  private readonly anywhere = new Set<string>();
  /** A route was met whose text is not known. */
  private hasUnknownRoute = false;

  /** How many arguments a view is passed before those from its route. */
  private readonly before: number;

  constructor(before = 0) {
    this.before = before;
  }

  /** `view` may be a function, a class, or the result of `as_view()`. */
  add(view: Value, parameters: ReadonlyMap<string, UrlParameter>): void {
    for (const name of parameters.keys()) this.anywhere.add(name);
    for (const { node, bases } of viewNodes(view)) {
      note(this.views, node, parameters);
      for (const base of bases) note(this.bases, base, parameters);
    }
  }

  /** A route with parameters that are not known. */
  addUnknown(): void {
    this.hasUnknownRoute = true;
  }

  /** Whether a class of views has routes, and no route of the project has such a parameter: `self.kwargs.get(name)` is never there. */
  leavesOut(owner: ClassInfo, name: string): boolean {
    if (this.hasUnknownRoute || this.anywhere.has(name)) return false;
    for (const node of this.views.keys()) if (isClassOrSubclass(node, owner)) return true;
    return false;
  }

  has(info: FunctionInfo): boolean {
    return this.views.has(info.node);
  }

  /** `undefined` when the function is no view, or its routes have no such parameter. */
  parameter(info: FunctionInfo, name: string): UrlParameter | undefined {
    if (!this.isView(info)) {
      this.askedBefore.add(info.node);
      return undefined;
    }
    return this.lookUp(info, name);
  }

  /** The same, as far as it is known by now. */
  known(info: FunctionInfo, name: string): UrlParameter | undefined {
    return this.isView(info) ? this.lookUp(info, name) : undefined;
  }

  /** Whether a function was taken for no view when it was looked at, as what registers it ran later: in a factory that nobody calls. */
  askedTooEarly(info: FunctionInfo): boolean {
    return this.askedBefore.has(info.node) && this.isView(info);
  }

  /** By its name, else by its place behind those that are there anyway: the instance, and the request where the framework passes it. */
  private lookUp(info: FunctionInfo, name: string): UrlParameter | undefined {
    const named = this.find(info, name);
    if (named !== undefined) return named;
    const at =
      info.node.params.findIndex((one) => one.name === name && (one.form === 'plain' || one.form === 'positional-only')) -
      (info.owner ? 1 : 0) -
      this.before;
    return at >= 0 ? this.find(info, placeOfGroup(at)) : undefined;
  }

  private find(info: FunctionInfo, name: string): UrlParameter | undefined {
    return this.views.get(info.node)?.get(name) ?? (info.owner && this.ofClass(info.owner, name));
  }

  private isView({ node, owner }: FunctionInfo): boolean {
    if (this.views.has(node)) return true;
    if (!owner || this.views.size === 0) return false;
    if (this.bases.has(owner.node)) return true;
    return ancestors(owner).some((ancestor) => ancestor.kind === 'class' && this.views.has(ancestor.info.node));
  }

  /** The same for a class of views. */
  ofClass(owner: ClassInfo, name: string): UrlParameter | undefined {
    for (const [node, parameters] of this.views) if (isClassOrSubclass(node, owner)) return parameters.get(name);
    return this.bases.get(owner.node)?.get(name);
  }

  /** The names of the parameters in the routes of a function, or of the class that it is a method of. */
  names({ node, owner }: FunctionInfo): Iterable<string> {
    const own = this.views.get(node);
    if (own) return [...own.keys()].filter(isName);
    if (owner)
      for (const [other, parameters] of this.views) if (isClassOrSubclass(other, owner)) return [...parameters.keys()].filter(isName);
    return [...((owner && this.bases.get(owner.node)?.keys()) ?? [])].filter(isName);
  }
}

/** Groups without a name are passed by their places. */
function isName(name: string): boolean {
  return !name.startsWith('#');
}

/** A parameter of several routes is what is worst. */
function note(table: Map<Span, Map<string, UrlParameter>>, node: Span, parameters: ReadonlyMap<string, UrlParameter>): void {
  const known = table.get(node) ?? new Map<string, UrlParameter>();
  table.set(node, known);
  for (const [name, parameter] of parameters) {
    const before = known.get(name);
    if (before === undefined || parameter === 'text' || (parameter === 'segment' && isClean(before))) known.set(name, parameter);
    else if (before !== parameter && isClean(before) && isClean(parameter)) known.set(name, 'clean');
  }
}

function isClassOrSubclass(node: Span, owner: ClassInfo): boolean {
  return ancestors(owner).some((ancestor) => ancestor.kind === 'class' && ancestor.info.node === node);
}

/** What answers, and the classes of the project that it inherits from. */
interface ViewNode {
  readonly node: Span;
  readonly bases: readonly Span[];
}

function viewNodes(view: Value): readonly ViewNode[] {
  return view.flatMap((atom): readonly ViewNode[] => {
    switch (atom.kind) {
      case 'function':
      case 'bound':
        return [{ node: atom.info.node, bases: [] }];
      case 'class': {
        const { node } = atom.info;
        const bases = ancestors(atom.info).flatMap((one) => (one.kind === 'class' && one.info.node !== node ? [one.info.node] : []));
        return [{ node, bases }];
      }
      case 'opaque':
        // `View.as_view()`, or a decorator around a view: `csrf_exempt(view)`.
        if (atom.origin.via !== 'call') return [];
        return [...viewNodes(atom.origin.receiver ?? []), ...viewNodes(atom.origin.args.positional[0]?.value ?? [])];
      default:
        return [];
    }
  });
}

/** The constant strings that an argument may be. */
export function texts(value: Value | undefined): readonly string[] {
  return (value ?? []).flatMap((atom) => (atom.kind === 'constant' && atom.literal.type === 'str' ? [atom.literal.value] : []));
}

export function passed(args: CallArguments, position: number, ...names: readonly string[]): Value | undefined {
  return args.keywords.find((keyword) => names.includes(keyword.name))?.value ?? args.positional[position]?.value;
}
