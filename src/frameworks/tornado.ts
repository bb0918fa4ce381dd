import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import type { Frame } from '../evaluate/frame.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import { orderedElements } from '../evaluate/values/container.ts';
import type { Value } from '../evaluate/values/value.ts';
import { passed, RouteTable, texts } from './route-table.ts';
import { isClean, kindsOf, regexGroups } from './url-rule.ts';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options']);

/**
 * Groups of the path's pattern are handed to the methods of a handler; where its routes are known, as what these let through.
 * https://www.tornadoweb.org/en/stable/guide/structure.html#the-application-object
 */
export function tornadoHooks(): FrameworkHooks {
  const routes = new RouteTable();
  /** Methods of handlers that were looked at before a route of theirs was known; at the end it is known that they have none. */
  const asked = new Set<FunctionInfo>();
  let areAllKnown = false;
  const add = (pattern: Value | undefined, handler: Value | undefined): void => {
    if (handler) for (const rule of texts(pattern)) routes.add(handler, regexGroups(rule));
  };
  return {
    observed: new Set(['Application', 'add_handlers', 'URLSpec', 'url']),
    observe: (name, args, _, frame) => {
      if (!name.startsWith('tornado.')) return;
      if (/\.(?:URLSpec|url)$/.test(name)) add(passed(args, 0, 'pattern'), passed(args, 1, 'handler'));
      else
        for (const [pattern, handler] of listed(passed(args, name.endsWith('.add_handlers') ? 1 : 0, 'handlers', 'host_handlers'), frame))
          add(pattern, handler);
    },
    askedTooEarly: (info) => {
      areAllKnown = true;
      return asked.has(info);
    },
    attributeType: () => undefined,
    parameterType: () => undefined,
    parameterSource: (info, name) => {
      if (!isOfHandler(info, name)) return undefined;
      const parameter = routes.parameter(info, name);
      if (parameter === undefined && !areAllKnown) {
        asked.add(info);
        return undefined;
      }
      return isClean(parameter) ? undefined : (kindsOf(parameter) ?? ['request']);
    },
    isHarmlessPart: (info, name) => isOfHandler(info, name) && isClean(routes.parameter(info, name)),
  };
}

/** The routes of a list of tuples: `[(r"/notes/(\d+)", Note)]`. */
function listed(handlers: Value | undefined, frame: Frame): readonly (readonly Value[])[] {
  return (orderedElements(handlers ?? [], frame.branch) ?? []).flatMap((route) => {
    const parts = orderedElements(route, frame.branch);
    return parts ? [parts] : [];
  });
}

function isOfHandler(info: FunctionInfo, name: string): boolean {
  return (
    info.owner !== undefined &&
    VERBS.has(info.name) &&
    info.node.params[0]?.name !== name &&
    ancestors(info.owner).some((one) => one.kind === 'library' && one.name === 'tornado.web.RequestHandler')
  );
}
