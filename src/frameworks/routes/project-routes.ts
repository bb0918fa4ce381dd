import type { Interpreter } from '../../evaluate/interpreter.ts';
import { compareText } from '../../util/compare-text.ts';
import { djangoRoutes } from './django/django-routes.ts';
import { Blueprints } from './flask/blueprints.ts';
import { flaskRoutes } from './flask/flask-routes.ts';
import type { Route, RouteList } from './route.ts';
import type { RouteCalls } from './route-calls.ts';
import { settingsInPaths } from './settings-in-paths.ts';

/** All routes of a project that has been evaluated, ordered by path; each once. */
export function projectRoutes(interpreter: Interpreter, calls: RouteCalls): RouteList {
  const flask = flaskRoutes(interpreter, calls, new Blueprints(calls));
  const django = djangoRoutes(interpreter, calls);
  const met = new Map<string, Route>();
  const withSettings = settingsInPaths(interpreter);
  for (const one of [...flask, ...django.routes]) {
    const path = withSettings(one.path);
    const route = path === one.path ? one : { ...one, path };
    const key = keyOf(route, route.path);
    if (!met.has(key)) met.set(key, route);
  }
  // `if settings.URL_PREFIX:` the same again below a prefix that is not known: most often there is none.
  const isRepeated = (route: Route): boolean =>
    route.path.startsWith(BELOW_UNKNOWN) && met.has(keyOf(route, route.path.slice(BELOW_UNKNOWN.length - 1)));
  const found = [...met.values()].filter((route) => !isRepeated(route));
  const routes = found.sort(
    (a, b) =>
      compareText(a.path, b.path) ||
      compareText(a.methods.join(), b.methods.join()) ||
      compareText(a.view, b.view) ||
      compareText(a.name ?? '', b.name ?? ''),
  );
  return { routes, unread: django.unread.filter((one, at, all) => all.findIndex(({ place }) => place.node === one.place.node) === at) };
}
const BELOW_UNKNOWN = '/…/';

function keyOf({ methods, view, name }: Route, path: string): string {
  return [path, methods.join(), view, name ?? ''].join('\0');
}
