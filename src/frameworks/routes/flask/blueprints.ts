import type { CallArguments } from '../../../evaluate/calls/arguments.ts';
import type { Atom, CallOrigin, Value } from '../../../evaluate/values/value.ts';
import type { Span } from '../../../ir/nodes.ts';
import { passed } from '../../route-table.ts';
import type { RoutePlace } from '../route.ts';
import type { RouteCalls } from '../route-calls.ts';
import { callOf, lastName, lastPart, makers, pathTexts } from '../values.ts';
import { libraryBases } from '../view.ts';
import { factoryBlueprint } from './blueprint-factories.ts';

/** One way by which what a blueprint (or an API, or a namespace of one) holds gets into an application. */
export interface Mount {
  readonly prefix: string;
  /** Endpoint names in front: `admin.` of a blueprint. */
  readonly names: string;
  /** The blueprint and those around it, innermost first: their hooks run for its routes. */
  readonly around: readonly Span[];
  readonly mounted: boolean;
  /** Where the blueprints around it are registered. */
  readonly registered?: readonly RoutePlace[];
  /** What Flask-RESTX puts in front of the names of resources; absent: it is not what holds them. */
  readonly resources?: string;
}

/** A blueprint, API or namespace, or what is something else. */
interface Made {
  readonly kind: string;
  readonly library: string;
  readonly args: CallArguments;
  readonly node: Span;
  readonly receiver: Value | undefined;
}

/** Where applications and blueprints are put into one another. https://flask.palletsprojects.com/en/stable/blueprints/ */
export class Blueprints {
  /** Registrations by what is registered. */
  private readonly registered = new Map<Span, CallOrigin[]>();
  /** APIs by the object they were made of, where `init_app()` says later what they belong to. */
  private readonly bound = new Map<Span, Value>();

  constructor(calls: RouteCalls) {
    for (const call of calls.named('register_blueprint', 'add_namespace'))
      for (const maker of makers(passed(call.args, 0, 'blueprint', 'blp', 'ns'))) {
        const known = this.registered.get(maker) ?? [];
        if (!known.includes(call)) known.push(call);
        this.registered.set(maker, known);
      }
    for (const call of calls.named('init_app')) {
      const app = passed(call.args, 0, 'app');
      if (app) for (const maker of makers(call.receiver)) this.bound.set(maker, app);
    }
  }

  /** The application that `init_app()` gave an extension that was made at a place. */
  boundTo(node: Span): Value | undefined {
    return this.bound.get(node);
  }

  /** The ways into an application of what is registered with `object`. */
  mountsOf(object: Value | undefined, depth = 0): readonly Mount[] {
    const made = (object ?? []).flatMap((atom) => madeOf(atom) ?? []);
    const mounts = made.flatMap((call) => this.mountsOfMade(call, depth));
    if (mounts.length > 0) return mounts;
    // An application that is passed along.
    return [{ prefix: '', names: '', around: makers(object), mounted: true }];
  }

  private mountsOfMade(made: Made, depth: number): readonly Mount[] {
    const { node, kind } = made;
    if (depth > MAX_DEPTH) return [];
    if (kind === 'Api' || kind === 'RestApi') {
      const own = one(passed(made.args, -1, 'prefix')) ?? '';
      return this.mountsOf(passed(made.args, 0, 'app') ?? this.bound.get(node), depth + 1).map((mount) => ({
        ...mount,
        prefix: mount.prefix + own,
        ...(isRestx(made.library) ? { resources: '' } : {}),
      }));
    }
    if (kind === 'Namespace' || kind === 'namespace') return this.namespaceMounts(made, depth);
    if (!/blueprint$/i.test(kind)) return [{ prefix: '', names: '', around: [node], mounted: true }];
    const factory = factoryBlueprint(made.library, made.args);
    const own = factory ? factory.prefix : one(passed(made.args, BLUEPRINT_PREFIX, 'url_prefix'));
    const name = factory?.name ?? one(passed(made.args, 0, 'name')) ?? '…';
    const registrations = this.registered.get(node) ?? [];
    if (registrations.length === 0) return [{ prefix: own ?? '', names: `${name}.`, around: [node], mounted: false }];
    return registrations.flatMap((call) => {
      const prefix = one(passed(call.args, -1, 'url_prefix')) ?? own ?? '';
      const called = one(passed(call.args, -1, 'name')) ?? name;
      return this.mountsOf(call.receiver, depth + 1).map((mount) => ({
        prefix: joinPaths(mount.prefix, prefix),
        names: `${mount.names}${called}.`,
        around: [node, ...mount.around],
        mounted: mount.mounted,
        registered: [call.site, ...(mount.registered ?? [])],
      }));
    });
  }

  /** https://flask-restx.readthedocs.io/en/latest/scaling.html: a namespace is below its path, else below its name. */
  private namespaceMounts(made: Made, depth: number): readonly Mount[] {
    const own = one(passed(made.args, -1, 'path')) ?? `/${one(passed(made.args, 0, 'name')) ?? '…'}`;
    // https://github.com/python-restx/flask-restx/blob/master/flask_restx/api.py: `default_endpoint()`
    const named = one(passed(made.args, 0, 'name'));
    const resources = named === undefined || named === 'default' ? '' : `${named}_`;
    // `api.namespace(…)` registers what it makes.
    const added = made.receiver ? [{ api: made.receiver, path: own }] : [];
    for (const call of this.registered.get(made.node) ?? [])
      if (call.receiver) added.push({ api: call.receiver, path: one(passed(call.args, 1, 'path')) ?? own });
    if (added.length === 0) return [{ prefix: own, names: '', around: [made.node], mounted: false }];
    return added.flatMap(({ api, path }) =>
      this.mountsOf(api, depth + 1).map((mount) => ({ ...mount, prefix: joinPaths(mount.prefix, path), resources })),
    );
  }
}
/** Blueprints inside one another; a circle must end. */
const MAX_DEPTH = 8;
/** `Blueprint(name, import_name, static_folder, static_url_path, template_folder, url_prefix)` */
const BLUEPRINT_PREFIX = 5;

/** What made an object: a call of a library, or of a class of the project that descends from a library's. */
function madeOf(atom: Atom): Made | undefined {
  const call = callOf(atom);
  if (call) return { kind: lastName(call), library: call.names[0] ?? '', args: call.args, node: call.site.node, receiver: call.receiver };
  if (atom.kind !== 'object' || !atom.object.madeWith) return undefined;
  const library = libraryBases(atom.info).find((name) => /^(?:Api|RestApi|Namespace)$|blueprint$/i.test(lastPart(name)));
  return library === undefined
    ? undefined
    : { kind: lastPart(library), library, args: atom.object.madeWith, node: atom.object.site.node, receiver: undefined };
}

function isRestx(library: string): boolean {
  return /^flask_rest(?:x|plus)\./.test(library);
}

/** The first text that a value may be. */
function one(value: Value | undefined): string | undefined {
  return pathTexts(value)[0];
}

/** As Flask does it: one slash between them. */
export function joinPaths(prefix: string, rule: string): string {
  if (prefix === '') return rule;
  return rule === '' ? prefix : `${prefix.replace(/\/+$/, '')}/${rule.replace(/^\/+/, '')}`;
}
