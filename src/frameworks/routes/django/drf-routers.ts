import { ancestors, type ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';
import { passed, texts } from '../../route-table.ts';
import { callOf, classAttribute, elementsOf, lastName, pathTexts } from '../values.ts';
import { libraryBases, methodOf, type View } from '../view.ts';

/** What routers of a class add: a page that lists their routes, and each path with the name of a format behind it. */
export interface RouterKind {
  readonly hasRoot: boolean;
  readonly hasFormats: boolean;
}
export const API_ROOT = 'rest_framework.routers.APIRootView';

/**
 * `DefaultRouter` and what descends from it; `include_root_view` and `include_format_suffixes` switch that off.
 * https://www.django-rest-framework.org/api-guide/routers/#defaultrouter
 */
export function routerKind(router: Value): RouterKind {
  for (const atom of router) {
    const call = callOf(atom);
    if (call && /(?:^|\.)\w*DefaultRouter(?:\(\))*$/.test(call.names[0] ?? '')) {
      const isOn = (key: string): boolean => !isFalse(passed(call.args, -1, key));
      return { hasRoot: isOn('include_root_view'), hasFormats: isOn('include_format_suffixes') };
    }
    if (atom.kind !== 'object' || !libraryBases(atom.info).some((base) => /\.\w*DefaultRouter$/.test(base))) continue;
    const isOn = (key: string): boolean => !isFalse(classAttribute(atom.info, key));
    return { hasRoot: isOn('include_root_view'), hasFormats: isOn('include_format_suffixes') };
  }
  return { hasRoot: false, hasFormats: false };
}

function isFalse(value: Value | undefined): boolean {
  return value?.length === 1 && value.every((atom) => atom.kind === 'constant' && atom.literal.type === 'bool' && !atom.literal.value);
}

/** `/api/users.<format>` for `/api/users/`; `/api/.<format>` for what is included below `/api/`. https://www.django-rest-framework.org/api-guide/format-suffixes/ */
export function withFormat(path: string, included: string): string {
  return `${included}${path.slice(included.length).replace(/\/$/, '')}.<format>`;
}

/** `router.register(prefix, viewset, basename)` */
export interface Registration {
  readonly call: CallOrigin;
  readonly prefix: string;
  /** What its paths end with: a slash, or nothing. */
  readonly slash: string;
  readonly view: View;
  readonly base: string;
}
interface RouterRoute {
  readonly call: CallOrigin;
  readonly path: string;
  readonly name: string;
  readonly view: View;
}

const LIST: readonly (readonly [string, string])[] = [
  ['GET', 'list'],
  ['POST', 'create'],
];
const DETAIL: readonly (readonly [string, string])[] = [
  ['GET', 'retrieve'],
  ['PUT', 'update'],
  ['PATCH', 'partial_update'],
  ['DELETE', 'destroy'],
];

/** What library classes bring. https://www.django-rest-framework.org/api-guide/viewsets/, …/generic-views/#mixins */
const BRINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:^|\.)ModelViewSet$/, ['list', 'create', 'retrieve', 'update', 'partial_update', 'destroy']],
  [/(?:^|\.)ReadOnlyModelViewSet$/, ['list', 'retrieve']],
  [/(?:^|\.)ListModelMixin$/, ['list']],
  [/(?:^|\.)CreateModelMixin$/, ['create']],
  [/(?:^|\.)RetrieveModelMixin$/, ['retrieve']],
  [/(?:^|\.)UpdateModelMixin$/, ['update', 'partial_update']],
  [/(?:^|\.)DestroyModelMixin$/, ['destroy']],
];

/** The routes that a router of Django REST framework makes of a viewset. https://www.django-rest-framework.org/api-guide/routers/#simplerouter */
export function routerRoutes({ call, prefix, slash, view, base }: Registration): readonly RouterRoute[] {
  const { owner } = view;
  // Without a prefix the list is the first page of what includes the router.
  const inside = prefix === '' ? '' : `${prefix}/`;
  if (!owner) return [{ call, path: `${inside}*`, name: `${base}-list`, view }];
  const detail = `${inside}<${lookupOf(owner)}>`;
  const routes: RouterRoute[] = [];
  const add = (path: string, name: string, actions: readonly (readonly [string, string])[]): void => {
    if (actions.length > 0) routes.push({ call, path, name, view: { ...view, actions: new Map(actions) } });
  };
  add(
    prefix + (prefix === '' ? '' : slash),
    `${base}-list`,
    LIST.filter(([verb, action]) => has(owner, action) && allows(owner, verb)),
  );
  add(
    detail + slash,
    `${base}-detail`,
    DETAIL.filter(([verb, action]) => has(owner, action) && allows(owner, verb)),
  );
  for (const extra of extraActions(owner))
    add(
      `${extra.isDetail ? `${detail}/` : inside}${extra.path}${slash}`,
      `${base}-${extra.name}`,
      extra.methods.filter((verb) => allows(owner, verb)).map((verb) => [verb, extra.method]),
    );
  return routes;
}

/** How a viewset calls the part of the path that says which object is meant. */
export function lookupOf(owner: ClassInfo): string {
  return pathTexts(classAttribute(owner, 'lookup_url_kwarg'))[0] ?? pathTexts(classAttribute(owner, 'lookup_field'))[0] ?? 'pk';
}

function has(owner: ClassInfo, action: string): boolean {
  if (methodOf(owner, action)) return true;
  const bases = libraryBases(owner);
  return BRINGS.some(([base, actions]) => actions.includes(action) && bases.some((name) => base.test(name)));
}

function allows(owner: ClassInfo, verb: string): boolean {
  const names = classAttribute(owner, 'http_method_names');
  const allowed = elementsOf(names).flatMap(texts);
  return allowed.length === 0 || allowed.some((name) => name.toUpperCase() === verb);
}

/** Methods with `@action`, or `@list_route` and `@detail_route` of old versions. */
function extraActions(owner: ClassInfo) {
  const methods = ancestors(owner).flatMap((one) => (one.kind === 'class' ? [...one.info.namespace.keyNames()] : []));
  return [...new Set(methods)].flatMap((method) =>
    (methodOf(owner, method)?.decorators ?? []).flatMap(({ value }) =>
      value.flatMap((atom) => {
        const call = callOf(atom);
        if (!call || !/^(?:action|list_route|detail_route)$/.test(lastName(call))) return [];
        const detail = passed(call.args, -1, 'detail')?.[0];
        const isDetail =
          lastName(call) === 'detail_route' || (detail?.kind === 'constant' && detail.literal.type === 'bool' && detail.literal.value);
        const given = elementsOf(passed(call.args, 0, 'methods'))
          .flatMap(texts)
          .map((verb) => verb.toUpperCase());
        const path = pathTexts(passed(call.args, -1, 'url_path'))[0] ?? method;
        const name = pathTexts(passed(call.args, -1, 'url_name'))[0] ?? method.replaceAll('_', '-');
        return [{ method, isDetail, path, name, methods: given.length > 0 ? given : ['GET'] }];
      }),
    ),
  );
}
