import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import { ancestors, type ClassInfo } from '../../../evaluate/classes/class-info.ts';
import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';
import { passed, texts } from '../../route-table.ts';
import { sorted } from '../methods/methods.ts';
import type { RouteCalls } from '../route-calls.ts';
import { callOf, classAttribute, elementsOf, lastName, pathTexts } from '../values.ts';
import { libraryBases, type View, viewsOf } from '../view.ts';
import type { Blueprints } from './blueprints.ts';
import type { FoundRoute } from './found-route.ts';

/** Methods whose name says what they answer. https://flask-classful.readthedocs.io/en/latest/#special-method-names */
const SPECIAL: Readonly<Record<string, string>> = { index: 'GET', get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' };
const CONVERTERS: Readonly<Record<string, string>> = { str: 'string', int: 'int', float: 'float', UUID: 'uuid' };

/** The views of Flask-Classful: every public method of a class. */
export function classfulRoutes(calls: RouteCalls, blueprints: Blueprints): readonly FoundRoute[] {
  const found: FoundRoute[] = [];
  for (const call of calls.named('register'))
    for (const atom of call.receiver ?? []) {
      if (atom.kind !== 'class' || !libraryBases(atom.info).some((base) => base.startsWith('flask_classful.'))) continue;
      const { info: owner } = atom;
      const setting = (name: string, at: number): Value | undefined => passed(call.args, at, name) ?? classAttribute(owner, name);
      const base = pathTexts(setting('route_base', 1))[0] ?? dashed(owner.name.replace(/View$/, ''));
      const prefix = pathTexts(setting('route_prefix', 3))[0] ?? '';
      const isWithout = (setting('trailing_slash', 4) ?? []).some(
        (one) => one.kind === 'constant' && one.literal.type === 'bool' && !one.literal.value,
      );
      const isDashed = (setting('method_dashified', 5) ?? []).some(
        (one) => one.kind === 'constant' && one.literal.type === 'bool' && one.literal.value,
      );
      const ignored = elementsOf(classAttribute(owner, 'base_args')).flatMap(texts);
      const rule = (...parts: readonly string[]): string => `/${[prefix, base, ...parts].join('/')}`.replace(/\/{2,}/g, '/');
      for (const { info, view } of publicMethods(owner)) {
        const spelled = isDashed ? info.name.replaceAll('_', '-') : info.name;
        const parameters = info.node.params
          .slice(1)
          .filter((one) => one.default === undefined && one.form !== 'rest' && one.form !== 'keywords' && !ignored.includes(one.name))
          .map((one) => `<${converter(one)}${one.name}>`);
        const special = SPECIAL[info.name];
        const path = rule(...(special === undefined ? [spelled] : []), ...parameters);
        const own = routesOn(info);
        const rows =
          own.length > 0
            ? own.map(({ url, methods }) => ({ path: rule(url), methods }))
            : [{ path: isWithout && path !== '/' ? path.replace(/\/$/, '') : `${path.replace(/\/$/, '')}/`, methods: [special ?? 'GET'] }];
        for (const mount of blueprints.mountsOf(passed(call.args, 0, 'app')))
          for (const row of rows)
            found.push({
              mount,
              path: mount.prefix.replace(/\/$/, '') + row.path,
              view,
              methods: row.methods,
              name: `${owner.name}:${info.name}`,
              place: { module: call.site.module, node: call.site.node },
            });
      }
    }
  return found;
}

function publicMethods(owner: ClassInfo): readonly { readonly info: FunctionInfo; readonly view: View }[] {
  const excluded = elementsOf(classAttribute(owner, 'excluded_methods')).flatMap(texts);
  const met = new Set<string>();
  const found: { info: FunctionInfo; view: View }[] = [];
  for (const ancestor of ancestors(owner)) {
    if (ancestor.kind !== 'class') continue;
    for (const name of ancestor.info.namespace.keyNames()) {
      if (met.has(name)) continue;
      met.add(name);
      if (/^(?:_|before_|after_)/.test(name) || excluded.includes(name)) continue;
      for (const atom of ancestor.info.namespace.read(name, ROOT_BRANCH) ?? [])
        if (atom.kind === 'function') for (const view of viewsOf([atom])) found.push({ info: atom.info, view });
    }
  }
  return found;
}

/** `@route("/x", methods=["POST"])` on a method. */
function routesOn(info: FunctionInfo): readonly { readonly url: string; readonly methods: readonly string[] }[] {
  return info.decorators.flatMap(({ value }) =>
    value.flatMap((atom) => {
      const call: CallOrigin | undefined = callOf(atom);
      if (!call || lastName(call) !== 'route') return [];
      const given = elementsOf(passed(call.args, -1, 'methods')).flatMap(texts);
      return pathTexts(passed(call.args, 0, 'rule')).map((url) => ({ url, methods: given.length > 0 ? sorted(given) : ['GET'] }));
    }),
  );
}

function converter(parameter: FunctionInfo['node']['params'][number]): string {
  const { annotation } = parameter;
  const named = annotation?.kind === 'name' ? CONVERTERS[annotation.id] : undefined;
  return named === undefined ? '' : `${named}:`;
}

/** `UserGroupView` is below `/user-group/`. */
function dashed(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
