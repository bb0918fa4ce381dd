import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import { NOTHING } from '../evaluate/values/value.ts';
import type { Module } from '../semantics/module.ts';
import { passed, RouteTable, texts } from './route-table.ts';
import { bracePatterns, partOf } from './url-rule.ts';

/**
 * Frameworks whose handlers take the request as a parameter called so, by the package that the module imports.
 * https://docs.aiohttp.org/en/stable/web_quickstart.html#handler, https://www.starlette.io/routing/, https://sanic.dev/en/guide/basics/handlers.html,
 * https://docs.pylonsproject.org/projects/pyramid/en/latest/narr/views.html
 */
const REQUESTS: ReadonlyMap<string, string> = new Map([
  ['aiohttp', 'aiohttp.web.Request'],
  ['starlette', 'starlette.requests.Request'],
  ['sanic', 'sanic.Request'],
  ['pyramid', 'pyramid.request.Request'],
]);

/** What a function that is given to a route is called with, whatever it calls that. https://starlette.dev/routing/, https://starlette.dev/websockets/ */
const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['Route', 'starlette.requests.Request'],
  ['add_route', 'starlette.requests.Request'],
  ['WebSocketRoute', 'starlette.websockets.WebSocket'],
  ['add_websocket_route', 'starlette.websockets.WebSocket'],
]);

/** What small frameworks besides Flask and Django add to the language. */
export function handlerHooks(): FrameworkHooks {
  const endpoints = new Map<FunctionInfo, string>();
  const routes = new RouteTable();
  return {
    observed: new Set(ENDPOINTS.keys()),
    observe: (name, args) => {
      const type = /^(?:starlette|fastapi)\./.test(name) ? ENDPOINTS.get(name.slice(name.lastIndexOf('.') + 1)) : undefined;
      if (type === undefined) return;
      const view = passed(args, 1, 'endpoint') ?? passed(args, 1, 'route');
      if (view) for (const rule of texts(passed(args, 0, 'path'))) routes.add(view, bracePatterns(rule));
      for (const atom of view ?? NOTHING) if (atom.kind === 'function') endpoints.set(atom.info, type);
    },
    parameterType: (info, name, index) =>
      (index === 0 ? endpoints.get(info) : undefined) ?? (name === 'request' && index <= 1 ? requestIn(info.module) : undefined),
    attributeType: () => undefined,
    handedPart: (info, name) => partOf(routes.parameter(info, name)),
    parameterSource: () => undefined,
  };
}

const known = new WeakMap<Module, { readonly type: string | undefined }>();

function requestIn(module: Module): string | undefined {
  const before = known.get(module);
  if (before) return before.type;
  let type: string | undefined;
  for (const statement of module.unit.body) {
    const names =
      statement.kind === 'import'
        ? statement.names.map((one) => one.name)
        : statement.kind === 'import-from' && statement.level === 0
          ? [statement.module]
          : [];
    for (const name of names) type ??= REQUESTS.get(name.split('.', 1)[0] ?? '');
  }
  known.set(module, { type });
  return type;
}
