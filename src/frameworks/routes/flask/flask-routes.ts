import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';
import { passed, texts } from '../../route-table.ts';
import { documentationPages } from '../documentation-pages.ts';
import { applicationClasses, applicationFunctions } from '../functions.ts';
import { loginOfView } from '../guards/login.ts';
import { methodsOf, sorted } from '../methods/methods.ts';
import { type LoginState, type Route, UNSAFE_METHODS } from '../route.ts';
import { decoratorCalls, type RouteCalls } from '../route-calls.ts';
import { callOf, classAttribute, elementsOf, lastName, lastPart, pathTexts } from '../values.ts';
import { handlersOf, type View, viewsOf } from '../view.ts';
import { appBuilderRoutes } from './app-builder-routes.ts';
import { asRegistered } from './as-registered.ts';
import { type Blueprints, joinPaths, type Mount } from './blueprints.ts';
import { decoratedName } from './decorated-name.ts';
import { flaskAdminRoutes } from './flask-admin-routes.ts';
import { classfulRoutes } from './flask-classful-routes.ts';
import { FlaskGuards } from './flask-guards.ts';
import { libraryBlueprintRoutes } from './library-blueprints.ts';

const SHORT: Readonly<Record<string, string>> = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' };

/** Routes of Flask, its blueprints, class-based views, and the extensions that add resources. */
export function flaskRoutes(interpreter: Interpreter, calls: RouteCalls, blueprints: Blueprints): readonly Route[] {
  const guards = new FlaskGuards(interpreter, calls);
  const routes: Route[] = [];
  const add = (call: CallOrigin, rules: readonly string[], view: View, methods: readonly string[], named: Endpoint): void => {
    for (const mount of blueprints.mountsOf(call.receiver)) {
      const endpoint = typeof named === 'string' ? named : named(mount);
      for (const rule of rules) {
        const login = (method?: string): LoginState => guards.login(loginOfView(interpreter, view, method), mount, view);
        routes.push({
          framework: 'flask',
          methods,
          path: rooted(joinPaths(mount.prefix, rule)),
          view: view.name,
          name: `${mount.names}${endpoint}`,
          login: login(),
          csrf: guards.csrf(view, methods, mount),
          viewPlace: view.place,
          place: { module: call.site.module, node: call.site.node },
          mounted: mount.mounted,
          target: view,
          loginFor: login,
          around: mount.around,
          registered: mount.registered ?? [],
        });
      }
    }
  };
  for (const info of applicationFunctions(interpreter))
    for (const call of decoratorCalls(calls, info.decorators)) {
      const rules = pathTexts(passed(call.args, 0, 'rule'));
      if (!isRoute(call) || rules.length === 0) continue;
      for (const view of viewsOf([{ kind: 'function', info }]))
        add(call, rules, asRegistered(view, call), methodsOfCall(call) ?? ['GET'], endpointOf(call) ?? decoratedName(info, call));
    }
  for (const info of applicationClasses(interpreter))
    for (const call of decoratorCalls(calls, info.decorators)) {
      if (!isRoute(call) && lastName(call) !== 'resource') continue;
      const rules = call.args.positional.flatMap(({ value }) => pathTexts(value));
      for (const view of viewsOf([{ kind: 'class', info }]))
        add(call, rules, view, classMethods(view), endpointOf(call) ?? ((mount) => resourceName(info.name, mount, info.name)));
    }
  for (const call of calls.named('add_url_rule')) {
    const views = passed(call.args, 2, 'view_func');
    const named = endpointOf(call);
    if (!views) {
      // Another path for what is known by that name: `app.add_url_rule("/", endpoint="index")`.
      if (named !== undefined)
        add(call, pathTexts(passed(call.args, 0, 'rule')), { name: named, place: undefined, wrappers: [], decorators: [] }, ['GET'], named);
      continue;
    }
    for (const view of viewsOf(views))
      add(
        call,
        pathTexts(passed(call.args, 0, 'rule')),
        view,
        methodsOfCall(call) ?? classMethods(view),
        endpointOf(call) ?? viewName(views, view),
      );
  }
  for (const { decorator, view: value } of calls.byHand())
    for (const view of viewsOf(value))
      add(
        decorator,
        pathTexts(passed(decorator.args, 0, 'rule')),
        view,
        methodsOfCall(decorator) ?? classMethods(view),
        endpointOf(decorator) ?? viewName(value, view),
      );
  for (const call of calls.named('add_resource')) {
    const rules = [...call.args.positional.slice(1).flatMap(({ value }) => pathTexts(value)), ...pathTexts(call.args.spread)];
    for (const view of viewsOf(passed(call.args, 0, 'resource') ?? [])) {
      const own = lastPart(view.name);
      add(call, rules, view, classMethods(view), endpointOf(call) ?? ((mount) => resourceName(own, mount, own.toLowerCase())));
    }
  }
  for (const one of [
    ...flaskAdminRoutes(interpreter, calls, blueprints),
    ...appBuilderRoutes(interpreter, calls),
    ...classfulRoutes(calls, blueprints),
    ...libraryBlueprintRoutes(calls, blueprints),
    ...documentationPages(calls, blueprints),
  ]) {
    const { mount, view, methods } = one;
    const login = (method?: string): LoginState => guards.login(withGuard(loginOfView(interpreter, view, method), one.guard), mount, view);
    routes.push({
      framework: 'flask',
      methods,
      path: rooted(one.path),
      view: view.name,
      name: `${mount.names}${one.name}`,
      login: login(),
      csrf: methods.some((method) => UNSAFE_METHODS.has(method)) && one.csrf ? one.csrf : guards.csrf(view, methods, mount),
      viewPlace: view.place,
      place: one.place,
      mounted: mount.mounted,
      target: view,
      loginFor: login,
      around: mount.around,
      registered: mount.registered ?? [],
    });
  }
  return routes;
}

/** What an extension asks for counts where the view itself asks for less. */
function withGuard(own: LoginState, guard: LoginState | undefined): LoginState {
  if (!guard || own.state === 'required') return own;
  return guard.state === 'required' || own.state === 'unknown' ? guard : own;
}

/** The name of a route's endpoint, or what it is by where the route gets into an application. */
type Endpoint = string | ((mount: Mount) => string);

/** Flask-RESTX calls resources by their class, `users_user_list`; `otherwise` is what other extensions call it. */
function resourceName(name: string, { resources }: Mount, otherwise: string): string {
  if (resources === undefined) return otherwise;
  const dashed = name.replace(/([^_])([A-Z][a-z]+)/g, '$1_$2').replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return resources + dashed.toLowerCase();
}

function isRoute(call: CallOrigin): boolean {
  const name = lastName(call);
  // That of Flask-Classful says nothing before its class is registered.
  return (name === 'route' && !call.names.includes('flask_classful.route')) || Object.hasOwn(SHORT, name);
}

function methodsOfCall(call: CallOrigin): readonly string[] | undefined {
  const short = SHORT[lastName(call)];
  if (short !== undefined) return [short];
  const given = call.args.keywords.find(({ name }) => name === 'methods');
  if (!given) return undefined;
  const named = elementsOf(given.value).flatMap(texts);
  return named.length > 0 ? sorted(named) : ['*'];
}

/** https://flask.palletsprojects.com/en/stable/views/#method-hints */
function classMethods(view: View): readonly string[] {
  if (!view.owner || view.info) return ['GET'];
  const named = elementsOf(classAttribute(view.owner, 'methods')).flatMap(texts);
  if (named.length > 0) return sorted(named);
  return handlersOf(view).size > 0 ? methodsOf(view) : ['GET'];
}

function endpointOf(call: CallOrigin): string | undefined {
  const at = lastName(call) === 'add_url_rule' ? 1 : -1;
  return pathTexts(passed(call.args, at, 'endpoint'))[0];
}

/** What `as_view("name")` was given, else the function's name. */
function viewName(value: Value, view: View): string {
  const given = value.flatMap((atom) => {
    const call = callOf(atom);
    return call && lastName(call) === 'as_view' ? pathTexts(passed(call.args, 0, 'name')) : [];
  });
  return given[0] ?? lastPart(view.name);
}

function rooted(path: string): string {
  return /^[/…{]/.test(path) ? path : `/${path}`;
}
