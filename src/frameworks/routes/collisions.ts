import type { Span, Stmt } from '../../ir/nodes.ts';
import { childBlocks } from '../../semantics/scope.ts';
import type { Route, RoutePlace } from './route.ts';
import { lastPart } from './values.ts';

/** Two routes of which Flask refuses the second, or never asks it. */
export interface Collision {
  readonly kind: 'endpoint' | 'rule';
  readonly detail: string;
  readonly place: RoutePlace;
}

/** The routes of Flask that stand in the way of one another, by the second of both. https://flask.palletsprojects.com/en/stable/api/#flask.Flask.add_url_rule */
export function flaskCollisions(routes: readonly Route[]): ReadonlyMap<Route, Collision> {
  const found = new Map<Route, Collision>();
  const endpoints = new Map<string, Route[]>();
  const rules = new Map<string, Route[]>();
  const known = routes.filter((route) => route.framework === 'flask' && route.around.length > 0 && !route.path.includes('…'));
  for (const route of [...known].sort((a, b) => (a.place.module === b.place.module ? a.place.node.start - b.place.node.start : 0))) {
    const scope = (node: Span | undefined): string => String(node ? idOf(node) : '');
    const endpoint = `${scope(route.around[0])}\0${route.name ?? ''}`;
    const rule = `${scope(route.around.at(-1))}\0${pattern(route.path)}`;
    const sameName = endpoints.get(endpoint)?.find((other) => clash(other, route));
    const sameRule = rules.get(rule)?.find((other) => clash(other, route) && overlap(other, route));
    if (sameName && route.name !== undefined)
      found.set(route, {
        kind: 'endpoint',
        detail: `Endpoint \`${route.name}\` is already that of \`${lastPart(sameName.view)}\` for ${sameName.path}`,
        place: route.target.place ?? route.place,
      });
    else if (sameRule)
      found.set(route, {
        kind: 'rule',
        detail: `${overlapping(sameRule, route)} ${route.path} is already answered by \`${lastPart(sameRule.view)}\``,
        place: route.place,
      });
    push(endpoints, endpoint, route);
    push(rules, rule, route);
  }
  return found;
}

const ids = new WeakMap<Span, number>();
let nextId = 1;
function idOf(node: Span): number {
  const known = ids.get(node) ?? nextId++;
  ids.set(node, known);
  return known;
}

/** Parameters match whatever they are called. */
function pattern(path: string): string {
  return path.replace(/<(?:([^<>:]+):)?[^<>]*>/g, (_, converter: string | undefined) => `<${converter ?? 'string'}>`);
}

/** Different views that are both there: one of two branches is not, nor surely what two functions register. */
function clash(a: Route, b: Route): boolean {
  const [first, second] = [a.target.place, b.target.place];
  if (!first || !second || first.node === second.node || a.place.node === b.place.node) return false;
  const surroundings = [a.place, b.place, first, second].map(surroundingsOf);
  if ([...(a.registered ?? []), ...(b.registered ?? [])].some((place) => surroundingsOf(place).isChosen)) return false;
  return surroundings.every(({ isConditional }) => !isConditional) && surroundings[0]?.inside === surroundings[1]?.inside;
}

function overlap(a: Route, b: Route): boolean {
  return a.methods.some((method) => method === '*' || b.methods.includes(method) || b.methods.includes('*'));
}

function overlapping(a: Route, b: Route): string {
  return a.methods.filter((method) => b.methods.includes(method)).join(', ') || a.methods.join(', ');
}

/** What something stands in: a condition (an `if`, `try`, loop or `match`; `isChosen`: an `if` or `match`), and the function around it. */
function surroundingsOf({ module, node }: RoutePlace): {
  readonly isConditional: boolean;
  readonly isChosen: boolean;
  readonly inside: Stmt | undefined;
} {
  const holds = (one: Stmt): boolean => startOf(one) <= node.start && node.end <= one.end;
  let isConditional = false;
  let isChosen = false;
  let inside: Stmt | undefined;
  let block: readonly Stmt[] | undefined = module.unit.body;
  while (block) {
    const statement: Stmt | undefined = block.find(holds);
    if (!statement || statement === node) break;
    // A decorator stands in front of the function.
    const isBefore: boolean = node.end <= statement.start;
    if (statement.kind === 'function' && !isBefore) inside = statement;
    if (CONDITIONS.has(statement.kind) && !isMainGuard(statement)) isConditional = true;
    // A loop over blueprints registers them all; a branch is for some installations.
    if ((statement.kind === 'if' || statement.kind === 'match') && !isMainGuard(statement)) isChosen = true;
    block = isBefore
      ? undefined
      : statement.kind === 'function' || statement.kind === 'class'
        ? statement.body
        : childBlocks(statement).find((inner) => inner.some(holds));
  }
  return { isConditional, isChosen, inside };
}
const CONDITIONS: ReadonlySet<string> = new Set(['if', 'try', 'for', 'while', 'match']);

function isMainGuard(statement: Stmt): boolean {
  return (
    statement.kind === 'if' &&
    statement.test.kind === 'compare' &&
    statement.test.first.kind === 'name' &&
    statement.test.first.id === '__name__'
  );
}

/** Decorators stand in front of what they decorate. */
function startOf(statement: Stmt): number {
  return statement.kind === 'function' || statement.kind === 'class'
    ? Math.min(statement.start, ...statement.decorators.map(({ start }) => start))
    : statement.start;
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
