import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';
import { passed, texts } from '../../route-table.ts';
import { readable } from '../readable-path.ts';
import type { RouteCalls } from '../route-calls.ts';
import { callOf, classAttribute, elementsOf, lastName, lastPart, makers, pathTexts } from '../values.ts';
import { type View, viewsOf } from '../view.ts';
import { lookupOf, type Registration } from './drf-routers.ts';

/** What is registered with a router, also below what is registered with it. */
export function registrationsWith(calls: RouteCalls, router: Value): readonly Registration[] {
  const all = calls.named('register');
  const met = new Set(makers(router));
  const found: CallOrigin[] = [];
  for (let before = -1; before < found.length; ) {
    before = found.length;
    for (const call of all) {
      if (found.includes(call) || !makers(call.receiver).some((maker) => met.has(maker))) continue;
      found.push(call);
      met.add(call.site.node);
    }
  }
  return found.flatMap((call) => registrationsOf(calls, call));
}

function registrationsOf(calls: RouteCalls, call: CallOrigin): readonly Registration[] {
  const lookups = elementsOf(passed(call.args, PARENT_LOOKUPS, 'parents_query_lookups')).flatMap(texts);
  const parents = parentPath(calls, call.receiver, lookups, 0);
  const base = pathTexts(passed(call.args, 2, 'basename', 'base_name'))[0];
  return prefixesOf(call).flatMap((prefix) =>
    viewsOf(passed(call.args, 1, 'viewset') ?? []).map((view) => ({
      call,
      prefix: parents + prefix,
      slash: slashOf(call.receiver),
      view,
      base:
        base ??
        modelName(view) ??
        (lastPart(view.name)
          .replace(/ViewSet$/, '')
          .toLowerCase() ||
          prefix),
    })),
  );
}

/** DRF calls the routes of a viewset by the model that its `queryset` is of. */
function modelName({ owner }: View): string | undefined {
  for (const atom of (owner && classAttribute(owner, 'queryset')) ?? []) {
    const [model] = atom.kind === 'opaque' ? (atom.of ?? []) : [];
    if (model?.kind === 'class') return model.info.name.toLowerCase();
    if (model?.kind === 'symbol') return lastPart(model.name).toLowerCase();
  }
  return undefined;
}

/** `register(prefix, viewset, basename, parents_query_lookups)` */
const PARENT_LOOKUPS = 3;

function prefixesOf(call: CallOrigin): readonly string[] {
  return pathTexts(passed(call.args, 0, 'prefix')).map(readable);
}

/**
 * The path in front of what a nested router holds.
 * https://github.com/alanjds/drf-nested-routers#quickstart: the router is made of another and a prefix of that.
 * https://chibisov.github.io/drf-extensions/docs/#nested-routes: one registers with what `register()` returns.
 */
function parentPath(calls: RouteCalls, receiver: Value | undefined, lookups: readonly string[], depth: number): string {
  const made = (receiver ?? []).flatMap((atom) => callOf(atom) ?? [])[0];
  if (!made || depth > MAX_DEPTH) return '';
  if (lastName(made) === 'register') {
    const outer = parentPath(calls, made.receiver, lookups.slice(0, -1), depth + 1);
    return `${outer}${prefixesOf(made)[0] ?? '…'}/<parent_lookup_${lookups.at(-1) ?? '…'}>/`;
  }
  const parent = passed(made.args, 0, 'parent_router');
  if (!parent || !/^Nested\w*Router$/.test(lastName(made))) return '';
  const outer = parentPath(calls, parent, [], depth + 1);
  const prefix = pathTexts(passed(made.args, 1, 'parent_prefix')).map(readable)[0] ?? '…';
  const lookup = pathTexts(passed(made.args, -1, 'lookup'))[0] ?? `nested_${depthOf(outer)}`;
  return `${outer}${prefix}/<${lookup}_${parentLookup(calls, parent, prefix)}>/`;
}
/** Routers inside one another; more than people write. */
const MAX_DEPTH = 8;

function depthOf(path: string): number {
  return path.split('>').length;
}

/** How the viewset that another router holds below a prefix calls what it looks up. */
function parentLookup(calls: RouteCalls, router: Value, prefix: string): string {
  const known = makers(router);
  for (const call of calls.named('register')) {
    if (!prefixesOf(call).includes(prefix) || !makers(call.receiver).some((maker) => known.includes(maker))) continue;
    for (const { owner } of viewsOf(passed(call.args, 1, 'viewset') ?? [])) if (owner) return lookupOf(owner);
  }
  return 'pk';
}

/** `DefaultRouter(trailing_slash=False)`; below a registration that of its router. */
function slashOf(receiver: Value | undefined, depth = 0): string {
  const made = (receiver ?? []).flatMap((atom) => callOf(atom) ?? [])[0];
  if (!made || depth > MAX_DEPTH) return '/';
  if (lastName(made) === 'register') return slashOf(made.receiver, depth + 1);
  const given = passed(made.args, -1, 'trailing_slash')?.[0];
  return given?.kind === 'constant' && given.literal.type === 'bool' && !given.literal.value ? '' : '/';
}
