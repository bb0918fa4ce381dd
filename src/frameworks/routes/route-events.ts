import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { RouteEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span } from '../../ir/nodes.ts';
import { flaskCollisions } from './collisions.ts';
import { applicationFolders, applicationOf } from './django/application-folder.ts';
import { keepsOut } from './guards/kept-out.ts';
import { RequestReach } from './request-reach.ts';
import type { LoginState, Route, RouteList } from './route.ts';
import { lastPart } from './values.ts';
import { handlersOf, methodOf, type View } from './view.ts';

/** What frameworks call of a class for each request, and for those by a method. https://docs.djangoproject.com/en/stable/ref/class-based-views/, https://www.django-rest-framework.org/api-guide/generic-views/ */
export const RUN_ALWAYS: readonly string[] = ['setup', 'dispatch', 'dispatch_request', 'initial', 'get_queryset', 'get_object'];
const BY_METHOD: Readonly<Record<string, readonly string[]>> = {
  GET: ['get_context_data', 'get_redirect_url', 'render_to_response', 'get_initial', 'list', 'retrieve'],
  POST: ['form_valid', 'create', 'perform_create', 'delete', 'put'],
  PUT: ['update', 'perform_update', 'post', 'form_valid'],
  PATCH: ['partial_update', 'perform_update'],
  DELETE: ['destroy', 'perform_destroy'],
};

/** Each method of each view of a project in the tree. */
export function* routeEvents(interpreter: Interpreter, list: RouteList): Generator<RouteEvent> {
  const byView = new Map<Span, Route[]>();
  for (const route of list.routes) {
    const { place } = route.target;
    if (!place || place.module.file.role === 'test') continue;
    byView.set(place.node, [...(byView.get(place.node) ?? []), route]);
  }
  const collisions = flaskCollisions(list.routes);
  const guarded = new Map<string, number>();
  const open = new Map<string, number>();
  const folders = applicationFolders(interpreter.states.keys());
  for (const routes of byView.values()) {
    const [first] = routes;
    if (!first) continue;
    if (!routes.some(({ login }) => login.state === 'required')) {
      const application = applicationName(first, folders);
      open.set(application, (open.get(application) ?? 0) + 1);
      continue;
    }
    for (const group of [first.framework, applicationName(first, folders)]) guarded.set(group, (guarded.get(group) ?? 0) + 1);
  }
  const unprotected = [...byView.values()].filter((routes) => routes.some(answersOtherSites)).length;
  for (const routes of byView.values())
    for (const method of methodsOf(routes)) {
      const event = eventOf(interpreter, routes, method, collisions, { guarded, open }, unprotected, folders);
      if (event) yield event;
    }
}

/** Browsers ask first before they send PUT, PATCH and DELETE to other sites; a form can only make a POST. */
function answersOtherSites({ csrf, methods }: Route): boolean {
  return csrf.state === 'off' && (methods.includes('POST') || methods.includes('*'));
}

function methodsOf(routes: readonly Route[]): readonly string[] {
  return [...new Set(routes.flatMap(({ methods }) => methods.flatMap((method) => (method === '*' ? ['GET', 'POST'] : [method]))))];
}

function eventOf(
  interpreter: Interpreter,
  all: readonly Route[],
  method: string,
  collisions: ReturnType<typeof flaskCollisions>,
  { guarded, open }: { readonly guarded: ReadonlyMap<string, number>; readonly open: ReadonlyMap<string, number> },
  unprotected: number,
  folders: ReadonlySet<string>,
): RouteEvent | undefined {
  const routes = all.filter(({ methods }) => methods.includes(method) || methods.includes('*'));
  const [first] = routes;
  const place = first?.target.place;
  if (!first || !place) return undefined;
  const { target, framework } = first;
  const closure = target.info?.closure ?? anyMethod(target.owner)?.closure;
  const state = interpreter.states.get(place.module);
  const frame = closure ?? state?.frame;
  if (!frame) return undefined;
  const handlers = handlersFor(target, method);
  let reach: RequestReach | undefined;
  const login = weakest(routes.map((route) => route.loginFor(method)));
  return {
    kind: 'route',
    frame,
    statement: undefined,
    node: nameSpan(target),
    framework,
    method,
    info: handlers[0],
    classInfo: target.info ? undefined : target.owner,
    view: target.info?.owner ? `${target.info.owner.name}.${target.info.name}` : lastPart(target.name),
    paths: routes.map(({ path }) => path),
    names: routes.flatMap(({ name }) => name ?? []),
    login: login.state,
    loginBy: login.by,
    csrf: routes.some(({ csrf }) => csrf.state === 'off') ? 'off' : first.csrf.state,
    isRouted: routes.some(({ isAssumed }) => isAssumed !== true),
    peers: guarded.get(framework) ?? 0,
    nearPeers: guarded.get(applicationName(first, folders)) ?? 0,
    nearOpen: open.get(applicationName(first, folders)) ?? 0,
    unprotected,
    collision: routes.flatMap((route) => collisions.get(route) ?? [])[0],
    stepsTo: (info, at) => {
      reach ??= new RequestReach(interpreter, handlers, method, target.owner ?? target.info?.owner);
      return reach.stepsTo(info, at);
    },
  };
}

/** The application that a view belongs to. Flask has none: its blueprints cut an application into parts that one login guards. */
function applicationName({ framework, target: { place } }: Route, folders: ReadonlySet<string>): string {
  return framework === 'django' && place ? `${framework}:${applicationOf(place.module, folders)}` : `${framework}:`;
}

/** The functions that a request by this method runs. */
export function handlersFor(view: View, method: string): readonly FunctionInfo[] {
  if (view.wrappers.some(({ info }) => info && keepsOut(info, method))) return [];
  if (view.info) return [view.info];
  const { owner } = view;
  if (!owner) return [];
  const own = handlersOf(view).get(method);
  const others = [...(BY_METHOD[method] ?? []), ...RUN_ALWAYS].flatMap((name) => {
    // Of a viewset only the action that answers.
    if (view.actions && /^(?:list|retrieve|create|update|partial_update|destroy|delete|put|post)$/.test(name)) return [];
    return methodOf(owner, name) ?? [];
  });
  return [...(own ? [own] : []), ...others];
}

function anyMethod(owner: ClassInfo | undefined): FunctionInfo | undefined {
  if (!owner) return undefined;
  for (const name of owner.namespace.keyNames()) {
    const method = methodOf(owner, name);
    if (method?.owner === owner) return method;
  }
  return undefined;
}

function nameSpan(view: View): Span {
  const node = view.info?.node ?? view.owner?.node;
  if (!node || node.kind === 'lambda') return view.place?.node ?? { start: 0, end: 0 };
  return { start: node.nameStart, end: node.nameEnd };
}

const ORDER: readonly LoginState['state'][] = ['none', 'unknown', 'partly', 'required'];
/** Who gets in by one route gets in. */
function weakest(states: readonly LoginState[]): LoginState {
  return [...states].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))[0] ?? { state: 'unknown', by: '' };
}
