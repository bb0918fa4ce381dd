import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Atom, CallOrigin, Value } from '../../../evaluate/values/value.ts';
import type { Module } from '../../../semantics/module.ts';
import { passed, texts } from '../../route-table.ts';
import { looseViews } from '../loose-views.ts';
import { methodsOf } from '../methods/methods.ts';
import { readable } from '../readable-path.ts';
import type { LoginState, Route, RouteList, RoutePlace } from '../route.ts';
import type { RouteCalls } from '../route-calls.ts';
import { callOf, elementsOf, lastName, lastPart, pathTexts } from '../values.ts';
import { type View, viewsOf } from '../view.ts';
import { DjangoGuards } from './django-guards.ts';
import { DjangoSettings } from './django-settings.ts';
import { API_ROOT, routerKind, routerRoutes, withFormat } from './drf-routers.ts';
import { registrationsWith } from './registrations.ts';

const PATTERN = /^django\.(?:urls|conf\.urls)\.(?:path|re_path|url)$/;
const INCLUDE = /^django\.urls\.include$/;
const WRAPPED_LIST = new Set(['format_suffix_patterns', 'decorator_include']);

/** What is in front of the patterns of an included list. */
interface Around {
  readonly path: string;
  readonly names: string;
  readonly modules: readonly Module[];
  /** The router whose patterns these are. */
  readonly router?: Value | undefined;
  /** Each path answers with the name of a format behind it as well. */
  readonly hasFormats?: boolean;
}

/** Routes of Django's URLconfs. https://docs.djangoproject.com/en/stable/topics/http/urls/ */
export function djangoRoutes(interpreter: Interpreter, calls: RouteCalls): RouteList {
  const settings = new DjangoSettings(interpreter);
  const walker = new UrlWalker(interpreter, calls, new DjangoGuards(interpreter, settings));
  const top: Around = { path: '', names: '', modules: [] };
  const roots = rootModules(interpreter, settings);
  for (const root of roots) walker.module(root, top);
  if (roots.length === 0)
    // A package of views for others to include: each list that no other list includes is a beginning.
    for (const { module, frame } of interpreter.states.values())
      if (module.file.role !== 'test' && frame.vars.has('urlpatterns')) walker.candidate(module, top);
  const found = walker.result();
  return found.routes.length > 0 ? found : { routes: [...found.routes, ...walker.assumed()], unread: found.unread };
}

function rootModules(interpreter: Interpreter, settings: DjangoSettings): readonly Module[] {
  const found = settings
    .all('ROOT_URLCONF')
    .flatMap(({ module, value }) => texts(value).flatMap((name) => interpreter.modules.find(name, module) ?? []));
  return [...new Set(found)];
}

class UrlWalker {
  private readonly routes: { readonly route: Route; readonly root: Module }[] = [];
  private readonly unread: { readonly place: RoutePlace; readonly what: string }[] = [];
  private readonly included = new Set<Module>();
  private readonly interpreter: Interpreter;
  private readonly calls: RouteCalls;
  private readonly guards: DjangoGuards;
  private root: Module | undefined;
  /** Where each pattern was met: lists that grow under conditions hold the same ones in all their alternatives. */
  private readonly met = new Map<CallOrigin, Set<string>>();
  /** Patterns that are being read: a tree that is put together in a loop may hold itself, as far as values tell. */
  private readonly open = new Set<CallOrigin>();

  constructor(interpreter: Interpreter, calls: RouteCalls, guards: DjangoGuards) {
    this.interpreter = interpreter;
    this.calls = calls;
    this.guards = guards;
  }

  /** Like `module()`, unless some other list includes it in the end. */
  candidate(module: Module, around: Around): void {
    this.root = module;
    this.module(module, around);
  }

  result(): RouteList {
    const kept = this.routes.filter(({ root }) => !this.included.has(root));
    return { routes: kept.map(({ route }) => route), unread: this.unread };
  }

  /** What looks like a view, in a project without URLs: a package of views, or a part of a project. */
  assumed(): readonly Route[] {
    const before = this.routes.length;
    for (const { view, place } of looseViews(this.interpreter)) {
      this.root = place.module;
      this.register(view, place, '…', undefined, { isAssumed: true });
    }
    return this.routes.splice(before).map(({ route }) => route);
  }

  module(module: Module, around: Around): void {
    if (around.modules.includes(module)) return;
    if (around.modules.length > 0) this.included.add(module);
    else this.root = module;
    const vars = this.interpreter.states.get(module)?.frame.vars;
    this.list(vars?.get('urlpatterns') ?? [], { ...around, modules: [...around.modules, module] });
  }

  private list(value: Value, around: Around): void {
    for (const element of elementsOf(value)) for (const atom of element) this.entry(atom, around);
  }

  private entry(atom: Atom, around: Around): void {
    const call = callOf(atom);
    if (!call) {
      if (isUrls(atom)) this.urls(atom, undefined, around);
      // `[*router.urls]`
      else if (atom.kind === 'opaque' && atom.origin.via === 'element') for (const one of atom.origin.of) this.entry(one, around);
      return;
    }
    const [name = ''] = call.names;
    if (PATTERN.test(name)) this.pattern(call, around);
    else if (lastPart(name) === 'i18n_patterns')
      for (const { value } of call.args.positional)
        for (const one of value) this.entry(one, { ...around, path: `${around.path}<language>/` });
    else if (lastPart(name) === 'patterns')
      for (const { value } of call.args.positional.slice(1)) for (const one of value) this.entry(one, around);
    else if (WRAPPED_LIST.has(lastPart(name)))
      for (const { value } of call.args.positional)
        this.list(value, lastPart(name) === 'format_suffix_patterns' ? { ...around, hasFormats: true } : around);
    // Files that only the development server hands out.
    else if (!/^(?:django\.conf\.urls\.static\.static|django\.contrib\.staticfiles\.urls\.staticfiles_urlpatterns)$/.test(name))
      this.unread.push({
        place: { module: call.site.module, node: call.site.node },
        what: `patterns that ${lastPart(name) || 'a call'}() gives`,
      });
  }

  private pattern(call: CallOrigin, around: Around): void {
    if (this.open.has(call)) {
      this.unread.push({ place: { module: call.site.module, node: call.site.node }, what: 'patterns that hold themselves' });
      return;
    }
    this.open.add(call);
    this.read(call, around);
    this.open.delete(call);
  }

  private read(call: CallOrigin, around: Around): void {
    const met = this.met.get(call) ?? new Set();
    const here = `${this.root?.path} ${around.path} ${around.names} ${around.hasFormats === true}`;
    if (met.has(here)) return;
    this.met.set(call, met.add(here));
    const isRegex = !(call.names[0] ?? '').endsWith('.path');
    const rules = pathTexts(passed(call.args, 0, 'route', 'regex'));
    const target = passed(call.args, 1, 'view');
    if (!target) return;
    for (const rule of rules.length > 0 ? rules : ['…']) {
      const path = around.path + (isRegex ? readable(rule) : rule);
      for (const atom of target) {
        const inner = callOf(atom);
        if (inner && INCLUDE.test(inner.names[0] ?? '')) this.include(inner, call, { ...around, path });
        else if (atom.kind === 'container') this.tuple(atom, call, { ...around, path });
        else if (isUrls(atom)) this.urls(atom, call, { ...around, path });
        else this.view([atom], call, path, around);
      }
    }
  }

  private include(include: CallOrigin, call: CallOrigin, around: Around): void {
    const namespace = pathTexts(passed(include.args, 1, 'namespace'))[0];
    for (const atom of passed(include.args, 0, 'arg') ?? []) {
      const module = this.moduleOf(atom, call.site.module);
      if (module) this.module(module, { ...around, names: `${around.names}${prefixOf(namespace ?? this.appName(module))}` });
      else if (atom.kind === 'container') this.tuple(atom, call, around, namespace);
      else if (isUrls(atom)) this.urls(atom, call, around);
      // Put together from others: `super().urls + more`.
      else if (atom.kind === 'opaque' && atom.origin.via === 'operation')
        this.list([atom], { ...around, names: `${around.names}${prefixOf(namespace)}`, router: this.routerOf(include) });
      else if (atom.kind === 'symbol' || atom.kind === 'constant')
        this.library(atom.kind === 'symbol' ? atom.name : (texts([atom])[0] ?? '…'), call, around);
      else this.unread.push({ place: { module: call.site.module, node: call.site.node }, what: 'what include() is given' });
    }
  }

  /** `router` of `include(router.urls)`, where a class of the project puts its patterns together. */
  private routerOf(include: CallOrigin): Value | undefined {
    const { module } = include.site;
    const node = include.args.positional[0]?.node;
    const [, name = ''] = /^(\w+)\.urls$/.exec(node ? module.text.slice(node.start, node.end) : '') ?? [];
    return this.interpreter.states.get(module)?.frame.vars.get(name);
  }

  /** A list, or `(patterns, app_name)`, or `(patterns, app_name, namespace)`. */
  private tuple(atom: Atom & { kind: 'container' }, call: CallOrigin, around: Around, namespace?: string): void {
    if (atom.form !== 'tuple') {
      this.list([atom], { ...around, names: `${around.names}${prefixOf(namespace)}` });
      return;
    }
    const [patterns = [], app] = elementsOf([atom]);
    const inner = { ...around, names: `${around.names}${prefixOf(namespace ?? pathTexts(app)[0])}` };
    const [only] = patterns;
    const module = only && this.moduleOf(only, call.site.module);
    if (module) this.module(module, inner);
    else if (only && isUrls(only)) this.urls(only, call, inner);
    else this.list(patterns, inner);
  }

  private moduleOf(atom: Atom, importer: Module): Module | undefined {
    if (atom.kind === 'module') return atom.state.module;
    const name = atom.kind === 'constant' ? texts([atom])[0] : undefined;
    return name === undefined ? undefined : this.interpreter.modules.find(name, importer);
  }

  private appName(module: Module): string | undefined {
    return pathTexts(this.interpreter.states.get(module)?.frame.vars.get('app_name'))[0];
  }

  /** `router.urls`, `admin.site.urls`. */
  private urls(atom: Atom, call: CallOrigin | undefined, around: Around): void {
    if (atom.kind === 'symbol' && call) this.library(atom.name, call, around);
    if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute') return;
    const { of, site } = atom.origin;
    const isSuper = of.some((one) => one.kind === 'opaque' && one.origin.via === 'global' && one.origin.name === 'super');
    const router = (isSuper ? around.router : undefined) ?? of;
    const registrations = registrationsWith(this.calls, router);
    const kind = routerKind(router);
    const inner = { ...around, hasFormats: around.hasFormats === true || kind.hasFormats };
    const [first] = registrations;
    if (first) {
      for (const { call: place, path, view, name } of registrations.flatMap(routerRoutes))
        this.add(view, place, around.path + path, around.names + name, inner);
      const root: View = { name: API_ROOT, place: undefined, wrappers: [], decorators: [] };
      // What is registered without a prefix answers in its place.
      if (kind.hasRoot && registrations.every(({ prefix }) => prefix !== ''))
        this.add(root, call ?? first.call, around.path, `${around.names}api-root`, inner);
    } else if (call && isAdmin(atom)) this.library('django.contrib.admin', call, around);
    else this.unread.push({ place: { module: site.module, node: site.node }, what: 'the patterns of an object' });
  }

  private view(value: Value, call: CallOrigin, path: string, around: Around): void {
    const name = pathTexts(passed(call.args, 3, 'name'))[0];
    const views = viewsOf(value);
    // A view that is not known is still one: it goes by what is written.
    for (const view of views.length > 0 ? views : [writtenView(call)])
      this.add(view, call, path, name === undefined ? undefined : around.names + name, around);
  }

  private add(view: View, call: CallOrigin, path: string, name: string | undefined, around: Around): void {
    const place = { module: call.site.module, node: call.site.node };
    this.register(view, place, path, name, around.hasFormats === true ? { alsoAt: [`/${withFormat(path, around.path)}`] } : {});
  }

  private register(view: View, place: RoutePlace, path: string, name: string | undefined, more: Pick<Route, 'alsoAt' | 'isAssumed'>): void {
    const methods = view.name === API_ROOT ? ['GET'] : methodsOf(view);
    this.push({
      framework: 'django',
      methods,
      path: `/${path}`,
      view: view.name,
      name,
      login: this.guards.login(view),
      target: view,
      loginFor: (method) => this.guards.login(view, method),
      around: [],
      csrf: this.guards.csrf(view, methods),
      viewPlace: view.place,
      place,
      mounted: true,
      ...more,
    });
  }

  private library(name: string, call: CallOrigin, around: Around): void {
    const isAdminSite = /^django\.contrib\.admin\b/.test(name);
    const login: LoginState = isAdminSite
      ? { state: 'required', by: 'staff only (admin site)' }
      : { state: 'unknown', by: 'not in the project' };
    this.push({
      framework: 'django',
      methods: ['*'],
      path: `/${around.path}*`,
      view: isAdminSite ? 'django.contrib.admin' : name,
      name: undefined,
      login,
      target: { name, place: undefined, wrappers: [], decorators: [] },
      loginFor: () => login,
      around: [],
      csrf: isAdminSite ? { state: 'on', by: 'admin site' } : { state: 'unknown', by: '' },
      viewPlace: undefined,
      place: { module: call.site.module, node: call.site.node },
      mounted: true,
    });
  }

  private push(route: Route): void {
    if (this.root) this.routes.push({ route, root: this.root });
  }
}

function writtenView(call: CallOrigin): View {
  const { node } = call.args.keywords.find(({ name }) => name === 'view') ?? call.args.positional[1] ?? call.site;
  const text = call.site.module.text
    .slice(node.start, node.end)
    .replace(/^view\s*=\s*/, '')
    .replace(/\s+/g, ' ');
  return { name: text.length > MAX_WRITTEN ? `${text.slice(0, MAX_WRITTEN)}…` : text, place: undefined, wrappers: [], decorators: [] };
}
/** Longer expressions are no names. */
const MAX_WRITTEN = 60;

function prefixOf(namespace: string | undefined): string {
  return namespace === undefined ? '' : `${namespace}:`;
}

function isUrls(atom: Atom): boolean {
  if (atom.kind === 'symbol') return atom.name.endsWith('.urls') && /^django\.contrib\.admin\./.test(atom.name);
  return atom.kind === 'opaque' && atom.origin.via === 'attribute' && atom.origin.name === 'urls';
}

/** `admin.site`, or an object of a class that descends from Django's. */
function isAdmin(atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute') return false;
  return atom.origin.of.some((one) => {
    if (one.kind === 'opaque')
      return (
        /AdminSite$/.test(one.type ?? '') ||
        (one.origin.via === 'attribute' && one.origin.name === 'site') ||
        (callOf(one) && /AdminSite$/.test(lastName(callOf(one) as CallOrigin)))
      );
    return one.kind === 'object'
      ? one.info.bases.some((base) => base.some((b) => b.kind === 'symbol' && /AdminSite$/.test(b.name)))
      : one.kind === 'symbol' && /^django\.contrib\.admin\b/.test(one.name);
  });
}
