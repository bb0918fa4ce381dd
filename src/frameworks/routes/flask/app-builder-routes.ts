import type { ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { CallOrigin } from '../../../evaluate/values/value.ts';
import { passed, texts } from '../../route-table.ts';
import type { CsrfState } from '../route.ts';
import type { RouteCalls } from '../route-calls.ts';
import { classAttribute, elementsOf, pathTexts } from '../values.ts';
import { appBuilderOwnRoutes } from './app-builder-own.ts';
import { joinPaths, type Mount } from './blueprints.ts';
import { classAsView, exposedMethods, routesOfExposed, type ViewClass, viewClassesOf } from './exposed-methods.ts';
import { applications } from './flask-admin-routes.ts';
import type { FoundRoute } from './found-route.ts';

/**
 * The views of Flask-AppBuilder: what classes expose, in one line each what the library adds for a model or a form, and its own pages for
 * logging in and for users and roles. https://flask-appbuilder.readthedocs.io/en/latest/views.html
 */
export function appBuilderRoutes(interpreter: Interpreter, calls: RouteCalls): readonly FoundRoute[] {
  const mount: Mount = { prefix: '', names: '', around: applications(undefined, calls), mounted: true };
  const found: FoundRoute[] = [];
  const met = new Set<ClassInfo>();
  const add = (call: CallOrigin, view: ViewClass, endpoint: string | undefined): void => {
    if (!view.bases.some((base) => base.startsWith('flask_appbuilder.')) || (view.owner && met.has(view.owner))) return;
    if (view.owner) met.add(view.owner);
    found.push(...routesOf(call, mount, view, endpoint));
    // https://flask-appbuilder.readthedocs.io/en/latest/relations.html: what is shown inside another view is registered with it.
    for (const name of ['related_views', 'views'])
      for (const inner of elementsOf(view.owner && classAttribute(view.owner, name)))
        for (const one of viewClassesOf(interpreter, inner)) add(call, one, undefined);
  };
  for (const call of calls.named('add_view', 'add_view_no_menu', 'add_api'))
    for (const view of viewClassesOf(interpreter, passed(call.args, 0, 'baseview')))
      add(call, view, texts(passed(call.args, -1, 'endpoint'))[0]);
  for (const call of calls.named('AppBuilder'))
    for (const view of viewClassesOf(interpreter, passed(call.args, -1, 'indexview'))) add(call, view, undefined);
  const [builder] = calls.named('AppBuilder').filter(({ names }) => names[0]?.startsWith('flask_appbuilder.') === true);
  if (builder) found.push(...appBuilderOwnRoutes(interpreter, builder, mount, new Set(found.map(({ path }) => path))));
  return found;
}

function routesOf(call: CallOrigin, mount: Mount, view: ViewClass, given: string | undefined): readonly FoundRoute[] {
  const { owner } = view;
  const isApi = view.bases.some((base) => /Api$/.test(base));
  const endpoint = given ?? view.name;
  const prefix = routeBase(view, isApi);
  const place = { module: call.site.module, node: call.site.node };
  const shared = { mount, place, ...(isApi ? { csrf: csrfOfApi(owner) } : {}) };
  const isLeftOut = leavesOut(owner);
  const exposed = owner ? exposedMethods(owner).filter(({ name }) => !isLeftOut(name)) : [];
  const found = [...routesOfExposed(exposed, prefix, endpoint, shared)];
  const whole = classAsView(view);
  const added = view.bases.map((base) => ADDED.find(({ of }) => of.test(base))).find((one) => one !== undefined);
  if (added && !(added.path === '/' && found.some(({ path }) => path === joinPaths(prefix, '/'))))
    found.push({
      ...shared,
      path: joinPaths(prefix, added.path),
      view: whole,
      methods: isOnlyRead(owner) ? ['GET'] : added.methods,
      name: `${endpoint}.${added.name}`,
      guard: added.by === '' ? { state: 'none', by: '' } : { state: 'required', by: added.by },
    });
  return found;
}

/** What library classes expose themselves, most special first, and what they ask for. */
const ADDED: readonly {
  readonly of: RegExp;
  readonly path: string;
  readonly methods: readonly string[];
  readonly name: string;
  readonly by: string;
}[] = [
  { of: /\.ModelRestApi$/, path: '/*', methods: ['GET', 'POST', 'PUT', 'DELETE'], name: 'get_list', by: '@protect' },
  { of: /\.PublicFormView$/, path: '/form', methods: ['GET', 'POST'], name: 'this_form_get', by: '' },
  { of: /\.SimpleFormView$/, path: '/form', methods: ['GET', 'POST'], name: 'this_form_get', by: '@has_access' },
  { of: /\.IndexView$/, path: '/', methods: ['GET'], name: 'index', by: '' },
  { of: /Chart\w*View$/, path: '/*', methods: ['GET'], name: 'chart', by: '@has_access' },
  {
    of: /\.(?:\w*ModelView|MasterDetailView|MultipleView|\w*CRUD\w*View|CompactCRUDMixin)$/,
    path: '/*',
    methods: ['GET', 'POST'],
    name: 'list',
    by: '@has_access',
  },
];

/** `route_base`, else made of the class's name. */
function routeBase({ owner, name }: ViewClass, isApi: boolean): string {
  const attribute = (key: string): string | undefined => (owner ? pathTexts(classAttribute(owner, key))[0] : undefined);
  const own = attribute('route_base');
  if (own !== undefined) return own;
  if (!isApi) return `/${name.toLowerCase()}`;
  return `/api/${attribute('version') ?? 'v1'}/${attribute('resource_name') ?? name.toLowerCase()}`;
}

/** https://flask-appbuilder.readthedocs.io/en/latest/rest_api.html: exempt, and called with a token unless it takes the session of a browser, too. */
function csrfOfApi(owner: ClassInfo | undefined): CsrfState {
  const is = (key: string, wanted: boolean): boolean =>
    (owner &&
      (classAttribute(owner, key) ?? []).some(
        (atom) => atom.kind === 'constant' && atom.literal.type === 'bool' && atom.literal.value === wanted,
      )) === true;
  if (!is('allow_browser_login', true)) return { state: 'not-needed', by: 'a token' };
  return is('csrf_exempt', false) ? { state: 'on', by: '' } : { state: 'off', by: 'csrf_exempt' };
}

/** Methods that a class keeps out of the routes; lists that are not wholly known keep out none. */
function leavesOut(owner: ClassInfo | undefined): (name: string) => boolean {
  const only = namesUnder(owner, 'include_route_methods');
  const without = namesUnder(owner, 'exclude_route_methods') ?? [];
  return (name) => (only !== undefined && !only.includes(name)) || without.includes(name);
}

/** Whether of what the library adds only what shows something gets a route. */
function isOnlyRead(owner: ClassInfo | undefined): boolean {
  return (
    namesUnder(owner, 'include_route_methods')?.every((name) => /^(?:list|show|download|index|get|get_list|info)$/.test(name)) === true
  );
}

function namesUnder(owner: ClassInfo | undefined, key: string): readonly string[] | undefined {
  const elements = elementsOf(owner && classAttribute(owner, key));
  const known = elements.flatMap(texts);
  return known.length > 0 && known.length === elements.length ? known : undefined;
}
