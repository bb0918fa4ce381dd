import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { type Atom, join, NOTHING, NOWHERE, opaque, type Site, type Value } from '../../evaluate/values/value.ts';
import type { Span, Stmt } from '../../ir/nodes.ts';
import { encloses } from '../../util/encloses.ts';
import { folderOf } from '../../util/folder-of.ts';
import { texts } from '../route-table.ts';
import { applicationClasses } from '../routes/functions.ts';
import type { RouteCalls } from '../routes/route-calls.ts';
import { entriesOf, makers } from '../routes/values.ts';
import { libraryBases } from '../routes/view.ts';
import { chosenNames } from './chosen-names.ts';
import { classEntries, classNamePlace } from './class-entries.ts';
import type { ConfigEntry } from './config-entry.ts';
import type { ConfigWrite } from './config-writes.ts';
import { defaultOf, TELLING } from './defaults.ts';
import { moduleEntries } from './module-entries.ts';
import { extendsFlask, ownApplication } from './own-application.ts';
import { isForDevelopers, isSubclass, roleOfClass, roleOfModule, roleOfName } from './roles.ts';

/** What one application, or one class of a configuration, ends with in production. */
export interface Configuration {
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  /** Where a reader looks for a key that is not set: the class for production, else where the application is made. */
  readonly anchor: { readonly state: ModuleState; readonly node: Span; readonly statement: Stmt | undefined };
  /** What is read from outside the repository, by the keys that were set before: those may be replaced. */
  readonly replacedBy: (key: string) => Site | undefined;
  readonly value: (key: string) => Value | undefined;
  /** Where the application is made, if it is in the tree. */
  readonly app: Site | undefined;
  /** `false`: an extension writes into the application of others, who may set the rest. */
  readonly isWhole: boolean;
}

const UNKNOWN: Value = opaque({ via: 'many', site: NOWHERE });
/** Classes that one call may choose from; a project has a handful. */
const MAX_CHOICES = 6;
const CONFIG_NAME = /(?:Config|Configuration|Settings)$|^(?:Config|Settings)/;
const BARE_NAME = /^(?:Prod|Production|Staging|Heroku|Docker|Default|Base|Common|Live)$/;

/** Calls by which an application gets its views. */
const SERVING = ['route', 'add_url_rule', 'register_blueprint', 'get', 'post'] as const;

/** Where an application is made, and what its writes know it by. */
type App = Site & { readonly id: Span };

/** The configurations that production may run with. */
export function configurations(interpreter: Interpreter, calls: RouteCalls, writes: readonly ConfigWrite[]): readonly Configuration[] {
  return new Configurations(interpreter, calls, writes).all();
}

type Source = { readonly kind: 'class'; readonly info: ClassInfo } | { readonly kind: 'module'; readonly state: ModuleState } | undefined;

class Configurations {
  private readonly interpreter: Interpreter;
  private readonly calls: RouteCalls;
  private readonly writes: readonly ConfigWrite[];
  private readonly classes: readonly ClassInfo[];
  private readonly linked = new Set<Span>();

  constructor(interpreter: Interpreter, calls: RouteCalls, writes: readonly ConfigWrite[]) {
    this.interpreter = interpreter;
    this.calls = calls;
    this.writes = writes;
    this.classes = this.productionClasses();
  }

  all(): readonly Configuration[] {
    const found: Configuration[] = [];
    const apps = this.apps();
    for (const app of apps) {
      const own = this.writes.filter(({ apps: about }) => about.includes(app.id) || (about.length === 0 && apps.length === 1));
      for (const choice of this.choices(own)) found.push(this.configuration(app, choice, own));
    }
    for (const info of this.classes)
      if (!this.linked.has(info.node))
        found.push(this.configuration(undefined, { kind: 'class', info }, apps.length > 0 ? [] : this.writes));
    // An application that is handed in from elsewhere.
    const loose = apps.length === 0 && this.classes.length === 0 ? this.writes : [];
    const [first] = loose;
    if (first) found.push(this.configuration({ module: first.place.module, node: first.place.node }, undefined, loose, false));
    return found;
  }

  private apps(): readonly App[] {
    const made = this.calls.named('Flask', 'Quart', 'APIFlask').filter(({ names }) => /^(?:flask|quart|apiflask)\./.test(names[0] ?? ''));
    const owners = applicationClasses(this.interpreter).filter(extendsFlask);
    const apps = made.map(({ site }): App => {
      // `super().__init__(…)` of a class of the project.
      const owner = owners.find(({ module, node }) => module === site.module && encloses(node, site.node));
      return { ...site, id: owner ? ownApplication(owner) : site.node };
    });
    // `class Shop(Flask)` that leaves all of `__init__` to Flask.
    for (const info of owners) {
      const id = ownApplication(info);
      if (id === info.node && !apps.some((app) => app.id === id)) apps.push({ module: info.module, node: info.node, id });
    }
    const live = [...new Map(apps.map((app) => [app.id, app])).values()].filter(({ module }) => !isForDevelopers(roleOfModule(module)));
    const serving = new Set(this.calls.named(...SERVING).flatMap(({ receiver }) => makers(receiver)));
    // What is told once is told at the application that answers requests, before one that a command makes for its context.
    return [...live.filter(({ id }) => serving.has(id)), ...live.filter(({ id }) => !serving.has(id))];
  }

  /** Classes that hold a configuration, for production by name, or for want of another; those that others build upon are seen through these. */
  private productionClasses(): readonly ClassInfo[] {
    const named = new Set<Span>();
    const add = (value: Value, depth = 0): void => {
      for (const atom of value) {
        if (atom.kind === 'class') named.add(atom.info.node);
        else if (atom.kind === 'object') named.add(atom.info.node);
        else if (atom.kind === 'container' && depth < 3) for (const entry of entriesOf([atom]).values()) add(entry, depth + 1);
      }
    };
    for (const write of this.writes)
      if (write.kind === 'object') {
        add(write.value);
        for (const text of texts(write.value)) add(this.named(text, write.place.module.path));
      }
    const all = applicationClasses(this.interpreter).filter(
      (info) =>
        info.outer === undefined &&
        (named.has(info.node) || this.looksLikeConfig(info)) &&
        !/^(?:configurations|pydantic|pydantic_settings|django|enum)\b/.test(libraryBases(info).join()),
    );
    const live = all.filter((info) => !isForDevelopers(roleOfClass(info)));
    return live.filter((info) => !live.some((other) => isSubclass(other, info)));
  }

  private looksLikeConfig(info: ClassInfo): boolean {
    if (!CONFIG_NAME.test(info.name) && !BARE_NAME.test(info.name) && roleOfName(info.name) === undefined) return false;
    if (isListOfNames(info)) return false;
    return ancestors(info).some((one) => one.kind === 'class' && [...one.info.namespace.keyNames()].some((name) => TELLING.test(name)));
  }

  private named(text: string, importer: string): Value {
    const module = this.interpreter.modules.find(text, this.stateOf(importer)?.module);
    if (module) return [];
    const dot = text.lastIndexOf('.');
    const around = dot < 0 ? undefined : this.interpreter.modules.find(text.slice(0, dot), this.stateOf(importer)?.module);
    return (around && this.interpreter.states.get(around)?.frame.vars.get(text.slice(dot + 1))) ?? [];
  }

  private stateOf(path: string): ModuleState | undefined {
    for (const state of this.interpreter.states.values()) if (state.module.path === path) return state;
    return undefined;
  }

  /** The classes that the application may be given; one way at least. */
  private choices(writes: readonly ConfigWrite[]): readonly Source[] {
    const sources: Source[] = [];
    let isAsked = false;
    for (const write of writes) {
      if (write.kind !== 'object') continue;
      const classes = write.value.flatMap((atom) => this.classesOf(atom, write.place.module.path));
      if (classes.length === 0 && write.value.some((atom) => atom.kind !== 'constant' && atom.kind !== 'module')) isAsked = true;
      const live = classes.filter((info) => !isForDevelopers(roleOfClass(info)));
      const own = live.filter((info) => roleOfClass(info) === 'production');
      for (const info of own.length > 0 ? own : live) {
        if (!sources.some((one) => one?.kind === 'class' && one.info.node === info.node)) sources.push({ kind: 'class', info });
        this.linked.add(info.node);
      }
      if (classes.length > 0 && live.length === 0) isAsked = true;
    }
    // What is chosen by the environment is one of those that are there.
    if (sources.length === 0 && isAsked)
      for (const info of this.classes) {
        sources.push({ kind: 'class', info });
        this.linked.add(info.node);
      }
    return sources.length > 0 ? sources.slice(0, MAX_CHOICES) : [undefined];
  }

  private classesOf(atom: Atom, importer: string): readonly ClassInfo[] {
    if (atom.kind === 'class' || atom.kind === 'object') return [atom.info];
    return chosenNames(this.interpreter, atom).flatMap((text) =>
      this.named(text, importer).flatMap((one) => (one.kind === 'class' ? [one.info] : [])),
    );
  }

  private configuration(app: Site | undefined, choice: Source, writes: readonly ConfigWrite[], isWhole = true): Configuration {
    const entries = new Map<string, ConfigEntry>();
    const replaced = new Map<string, Site>();
    let opening: Site | undefined;
    const open = (site: Site): void => {
      opening = site;
      for (const key of entries.keys()) replaced.set(key, site);
    };
    const set = (key: string, entry: ConfigEntry, isConditional: boolean): void => {
      const before = entries.get(key);
      entries.set(key, isConditional ? { ...entry, value: join(entry.value, before?.value ?? defaultOf(key) ?? UNKNOWN) } : entry);
      replaced.delete(key);
    };
    let isTaken = false;
    const take = (): void => {
      if (choice?.kind === 'class' && !isTaken)
        for (const [key, entry] of classEntries(this.interpreter, choice.info)) set(key, entry, false);
      isTaken = true;
    };
    if (!writes.some(({ kind }) => kind === 'object')) take();
    for (const write of writes) {
      const state = this.interpreter.states.get(write.place.module);
      if (!state) continue;
      // Keys that Flask has a default for are always there.
      if (write.kind === 'key' && write.isDefault && (entries.has(write.name) || defaultOf(write.name) !== undefined)) continue;
      if (write.kind === 'key')
        set(
          write.name,
          {
            value: write.value,
            site: write.site,
            statement: write.statement,
            valueNode: write.valueNode,
            state: this.interpreter.states.get(write.site.module) ?? state,
          },
          write.isConditional,
        );
      else if (write.kind === 'open') {
        const inTree = texts(write.value).flatMap((name) => this.fileNamed(name, write.place.module.path) ?? []);
        for (const module of inTree)
          for (const [key, entry] of moduleEntries(this.interpreter, module)) set(key, entry, write.isConditional);
        if (inTree.length === 0) open(write.place);
      } else {
        const modules = write.value
          .flatMap((atom) => this.modulesOf(atom, write.place.module.path))
          .filter(({ module }) => !isForDevelopers(roleOfModule(module)));
        for (const module of modules)
          for (const [key, entry] of moduleEntries(this.interpreter, module)) set(key, entry, write.isConditional);
        if (modules.length === 0) {
          if (choice) take();
          // A mapping that the caller of a factory passes is for tests; anything else may hold all keys.
          else if (!write.value.some((atom) => atom.kind === 'opaque' && atom.origin.via === 'parameter') && write.value.length > 0)
            open(write.place);
          else if (write.value.length === 0) open(write.place);
        }
      }
    }
    const anchor = this.anchorOf(app, choice);
    return {
      entries,
      anchor,
      isWhole,
      app: isWhole ? app : undefined,
      replacedBy: (key) => replaced.get(key),
      value: (key) => {
        const entry = entries.get(key);
        if (!entry) return opening ? UNKNOWN : defaultOf(key);
        return replaced.has(key) ? join(entry.value, UNKNOWN) : entry.value;
      },
    };
  }

  private anchorOf(app: Site | undefined, choice: Source): Configuration['anchor'] {
    const site = choice?.kind === 'class' ? { module: choice.info.module, node: classNamePlace(choice.info) } : app;
    const state = site && this.interpreter.states.get(site.module);
    if (!site || !state) throw new Error('internal error: a configuration without a place');
    return { state, node: site.node, statement: choice?.kind === 'class' ? choice.info.node : undefined };
  }

  private modulesOf(atom: Atom, importer: string): readonly ModuleState[] {
    if (atom.kind === 'module') return [atom.state];
    return chosenNames(this.interpreter, atom).flatMap((text) => {
      const module = this.interpreter.modules.find(text, this.stateOf(importer)?.module);
      const state = module && this.interpreter.states.get(module);
      return state ? [state] : [];
    });
  }

  /** `from_pyfile("config.py")`: beside the application, in the instance folder, or wherever the name leads. */
  private fileNamed(name: string, importer: string): ModuleState | undefined {
    if (!name.endsWith('.py')) return undefined;
    const wanted = name.replace(/^(?:\.{1,2}\/)+/, '');
    const folder = importer.includes('/') ? `${folderOf(importer)}/` : '';
    const all = [...this.interpreter.states.values()];
    return (
      all.find(({ module }) => module.path === `${folder}${wanted}`) ??
      all.find(({ module }) => module.path === wanted || module.path.endsWith(`/${wanted}`) || module.path === `instance/${wanted}`)
    );
  }
}

/** A class that gives keys names to call them by: `SECRET_KEY = "SECRET_KEY"`. One may be a careless secret; two are a list. */
function isListOfNames(info: ClassInfo): boolean {
  const { namespace } = info;
  return [...namespace.keyNames()].filter((name) => texts(namespace.read(name, ROOT_BRANCH) ?? NOTHING).includes(name)).length > 1;
}
