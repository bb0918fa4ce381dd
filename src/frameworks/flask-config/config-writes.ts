import type { CallEvent, Event, Listener, StoreEvent } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import type { Atom, Site, Value } from '../../evaluate/values/value.ts';
import type { Expr, Span, Stmt } from '../../ir/nodes.ts';
import { forEachChild, type IrNode } from '../../ir/walk.ts';
import { encloses } from '../../util/encloses.ts';
import { assigns } from '../assignment-of.ts';
import { entriesOf, makers } from '../routes/values.ts';
import { isGuardedForDevelopers } from './developers-guard.ts';
import { withoutDevelopersValues } from './developers-values.ts';
import { extendsFlask, ownApplication } from './own-application.ts';
import { isForDevelopers, roleOfModule, roleOfName } from './roles.ts';

/** A key of the configuration that is given a value. */
export interface KeyWrite {
  readonly kind: 'key';
  readonly name: string;
  readonly value: Value;
  readonly site: Site;
  readonly valueNode: Expr | undefined;
  /** Only where the key is not there: `setdefault`. */
  readonly isDefault?: true;
}
/** All that an object, a class or a module holds is taken over. */
export interface ObjectWrite {
  readonly kind: 'object';
  readonly value: Value;
}
/** Something outside the repository may set any key. */
export interface OpenWrite {
  readonly kind: 'open';
  /** The file that is read, where one string is known. */
  readonly value: Value | undefined;
}
export type ConfigWrite = (KeyWrite | ObjectWrite | OpenWrite) & {
  /** The applications it is about; empty where that is not known. */
  readonly apps: readonly Span[];
  readonly frame: Frame;
  readonly statement: Stmt | undefined;
  readonly place: Site;
  /** It does not always run: a condition that is not followed stands around it. */
  readonly isConditional: boolean;
};

/** Attributes of an application that stand for keys. https://flask.palletsprojects.com/en/stable/api/#flask.Flask.secret_key */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['secret_key', 'SECRET_KEY'],
  ['testing', 'TESTING'],
  ['debug', 'DEBUG'],
  ['session_cookie_secure', 'SESSION_COOKIE_SECURE'],
]);
const OBJECTS = new Set(['from_object']);
const MAPPINGS = new Set(['update', 'from_mapping']);
const OPENINGS = new Set(['from_pyfile', 'from_envvar', 'from_prefixed_env', 'from_file', 'from_json', 'from_dotenv']);

/** Collects what the project writes into the configuration of Flask applications, in the order in which it runs. */
export class ConfigWrites implements Listener {
  readonly wanted: ReadonlySet<Event['kind']> = new Set<Event['kind']>(['store', 'call']);
  private readonly found = new Map<Span, Map<string, ConfigWrite>>();

  on(event: Event): void {
    if (event.kind === 'store') this.store(event);
    else if (event.kind === 'call') this.call(event);
  }

  /** Each write once, by what was known of it when it ran first; of an object, all that it may be. */
  all(): readonly ConfigWrite[] {
    return [...this.found.values()].flatMap((byName) => [...byName.values()]);
  }

  private store(event: StoreEvent): void {
    const { form, name, object, value, node, valueNode } = event;
    if (!object || name === undefined) return;
    // `app.config |= {…}`, `app.config = {**app.config, …}`
    if (form === 'attribute' && name === 'config') {
      const merged = value.flatMap((atom) =>
        atom.kind === 'opaque' && atom.origin.via === 'operation' ? atom.origin.operands.flat() : [atom],
      );
      const apps = appsOf(object);
      if (apps) this.mapping(event, apps, merged, valueNode);
      return;
    }
    const key = form === 'item' ? name : form === 'attribute' ? ATTRIBUTES.get(name) : undefined;
    if (key === undefined || !/^[A-Z][A-Z0-9_]*$/.test(key) || event.augmented) return;
    const apps = form === 'item' ? appsOfConfig(object) : appsOf(object);
    if (apps) this.add(event, apps, { kind: 'key', name: key, value, site: { module: event.frame.state.module, node }, valueNode });
  }

  private call(event: CallEvent): void {
    const { callee } = event.node;
    const method = callee.kind === 'attribute' ? callee.name : '';
    if (!OBJECTS.has(method) && !MAPPINGS.has(method) && !OPENINGS.has(method) && method !== 'setdefault') return;
    const apps = event.receiver && appsOfConfig(event.receiver);
    if (!apps) return;
    const { module } = event.frame.state;
    const [first] = event.args.positional;
    const given = first ?? event.args.keywords.find(({ name }) => /^(?:obj|filename|mapping)$/.test(name));
    if (OBJECTS.has(method)) this.add(event, apps, { kind: 'object', value: given?.value ?? [] });
    else if (OPENINGS.has(method)) this.add(event, apps, { kind: 'open', value: method === 'from_pyfile' ? given?.value : undefined });
    else {
      const key = (name: string, value: Value, node: Span, valueNode: Expr | undefined, isDefault = false): void => {
        if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return;
        this.add(event, apps, { kind: 'key', name, value, site: { module, node }, valueNode, ...(isDefault ? { isDefault } : {}) });
      };
      if (method === 'setdefault') {
        const [name, value] = event.args.positional;
        const [atom] = name?.value ?? [];
        if (value && atom?.kind === 'constant' && atom.literal.type === 'str')
          key(atom.literal.value, value.value, event.node, expression(value.node), true);
        return;
      }
      this.mapping(event, apps, given?.value ?? [], given?.node);
      for (const { name, value, node } of event.args.keywords) key(name, value, node, expression(node));
      // A mapping that is passed to the factory: nobody knows what is in it.
      if (event.args.openKeywords || (given && !given.value.every((atom) => atom.kind === 'container')))
        this.add(event, apps, { kind: 'object', value: given?.value ?? event.args.spread });
    }
  }

  /** A dict that is taken over, each key at the place that says it. */
  private mapping(event: CallEvent | StoreEvent, apps: readonly Span[], given: Value, node: Span | undefined): void {
    for (const [name, value] of entriesOf(given)) {
      if (!/^[A-Z][A-Z0-9_]*$/.test(name)) continue;
      const own = entryNode(node, name);
      const kept = own ? undefined : (entryOfVariable(given, name) ?? variableOfModule(node, event.frame, name));
      const site = kept?.site ?? { module: event.frame.state.module, node: own?.place ?? event.node };
      this.add(event, apps, { kind: 'key', name, value, site, valueNode: (own ?? kept)?.value });
    }
    // `config[key.upper()] = from_file[key]`: a table of defaults that a file completes.
    if (given.some((atom) => atom.kind === 'container' && atom.object.open)) this.add(event, apps, { kind: 'open', value: undefined });
  }

  private add(event: CallEvent | StoreEvent, apps: readonly Span[], write: KeyWrite | ObjectWrite | OpenWrite): void {
    const { frame } = event;
    if (isForDevelopers(roleOfModule(frame.state.module)) || isCalledByTests(frame) || isDevelopersFunction(frame)) return;
    if (isGuardedForDevelopers(frame, apps)) return;
    const name = write.kind === 'key' ? write.name : write.kind;
    const byName = this.found.get(event.node) ?? new Map<string, ConfigWrite>();
    this.found.set(event.node, byName);
    const before = byName.get(name);
    const given = write.kind === 'key' ? withoutDevelopersValues(write.value, write.valueNode, frame) : (write.value ?? []);
    const value = [...(before?.value ?? []), ...given].filter((atom, at, all) => all.findIndex((one) => isSame(one, atom)) === at);
    byName.set(name, {
      ...write,
      ...(before && write.kind === 'key' ? { value: before.value } : { value }),
      apps: [...new Set([...(before?.apps ?? []), ...apps])],
      frame: before?.frame ?? frame,
      statement: event.statement,
      place: { module: frame.state.module, node: event.node },
      isConditional:
        before?.isConditional ?? (frame.guards.some(({ value: asked }) => truthOf(asked) === undefined) || isInHandler(frame, event.node)),
    } as ConfigWrite);
  }
}

function isSame(a: Atom, b: Atom): boolean {
  if (a === b) return true;
  if (a.kind === 'class' && b.kind === 'class') return a.info.node === b.info.node;
  return (
    a.kind === 'constant' && b.kind === 'constant' && 'value' in a.literal && 'value' in b.literal && a.literal.value === b.literal.value
  );
}

/** The applications whose configuration it is; `undefined` where it is something else. */
function appsOfConfig(value: Value): readonly Span[] | undefined {
  for (const atom of value)
    if (atom.kind === 'opaque' && atom.origin.via === 'attribute' && atom.origin.name === 'config') {
      const isFlask = atom.type === 'flask.Config' || atom.type === 'quart.config.Config';
      const apps = appsOf(atom.origin.of);
      if (apps) return apps;
      if (isFlask || isCalledApp(atom.origin.of)) return [];
    }
  return undefined;
}

function appsOf(value: Value): readonly Span[] | undefined {
  const own = value.flatMap((atom) => (atom.kind === 'object' && extendsFlask(atom.info) ? [ownApplication(atom.info)] : []));
  if (own.length > 0) return own;
  const isApp = value.some(
    (atom) => atom.kind === 'opaque' && (/(?:^|\.)(?:Flask|Quart|APIFlask|OpenAPI)$/.test(atom.type ?? '') || isMadeApp(atom)),
  );
  if (isApp) return makers(value);
  return isCalledApp(value) ? [] : undefined;
}

function isMadeApp(atom: Atom & { kind: 'opaque' }): boolean {
  return (
    atom.origin.via === 'call' &&
    atom.origin.names.some((name) =>
      /^(?:flask|quart|apiflask|flask_openapi3|connexion)\.(?:\w+\.)*(?:Flask|Quart|APIFlask|OpenAPI|App|FlaskApp)$/.test(name),
    )
  );
}

/** A parameter or name that people call an application. */
function isCalledApp(value: Value): boolean {
  return value.some(
    (atom) => atom.kind === 'opaque' && atom.origin.via === 'parameter' && /^(?:app|application|flask_app)$/.test(atom.origin.name),
  );
}

/** It runs only where something before it failed: `except KeyError: app.secret_key = …`. */
function isInHandler(frame: Frame, at: Span): boolean {
  let isInside = false;
  const look = (node: IrNode): void => {
    if (isInside || !encloses(node, at)) return;
    if (node.kind === 'try' && node.handlers.some((handler) => encloses(handler, at))) isInside = true;
    else forEachChild(node, look);
  };
  const node = frame.info?.node;
  if (node?.kind !== 'lambda') for (const statement of node?.body ?? frame.state.module.unit.body) look(statement);
  return isInside;
}

function isCalledByTests(frame: Frame): boolean {
  for (let at = frame.caller?.frame; at; at = at.caller?.frame) if (isForDevelopers(roleOfModule(at.state.module))) return true;
  return false;
}

function isDevelopersFunction(frame: Frame): boolean {
  for (let at = frame.info; at; at = at.closure.info) if (isForDevelopers(roleOfName(at.name))) return true;
  return false;
}

function expression(node: Span): Expr | undefined {
  const one = node as { readonly kind?: string; readonly value?: Expr };
  return one.kind !== undefined ? (node as Expr) : one.value;
}

/** Where a dict that is written out says a key. */
function entryNode(node: Span | undefined, name: string): { readonly place: Span; readonly value: Expr } | undefined {
  const dict = node && expression(node);
  if (dict?.kind !== 'dict') return undefined;
  for (const { key, value, start, end } of dict.entries)
    if (key?.kind === 'literal' && key.literal.type === 'str' && key.literal.value === name) return { place: { start, end }, value };
  return undefined;
}

/** The same for a dict that was kept in a variable. */
function entryOfVariable(given: Value, name: string): { readonly site: Site; readonly value: Expr } | undefined {
  for (const atom of given) {
    if (atom.kind !== 'container') continue;
    const { module, node } = atom.object.site;
    const entry = entryNode(node, name);
    if (entry) return { site: { module, node: entry.place }, value: entry.value };
  }
  return undefined;
}

/** The same for `vars(conf)` and `conf.__dict__`: what the module of the project sets. */
function variableOfModule(node: Span | undefined, frame: Frame, name: string): { readonly site: Site; readonly value: Expr } | undefined {
  const given = node && expression(node);
  const asked =
    given?.kind === 'call' && given.callee.kind === 'name' && given.callee.id === 'vars'
      ? given.args[0]?.value
      : given?.kind === 'attribute' && given.name === '__dict__'
        ? given.object
        : undefined;
  if (asked?.kind !== 'name') return undefined;
  for (const atom of frame.vars.get(asked.id) ?? frame.state.frame.vars.get(asked.id) ?? []) {
    if (atom.kind !== 'module') continue;
    const { module } = atom.state;
    const assigned = module.unit.body.findLast((one) => assigns(one, name));
    if (assigned?.kind === 'assign' && assigned.value) return { site: { module, node: assigned }, value: assigned.value };
  }
  return undefined;
}
