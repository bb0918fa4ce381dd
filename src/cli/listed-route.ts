import type { AuditOutcome } from '../audit-request.ts';
import { type CsrfState, type LoginState, type Route, type RoutePlace, UNSAFE_METHODS } from '../frameworks/routes/route.ts';
import { LineIndex } from '../source/line-index.ts';
import { encloses } from '../util/encloses.ts';

/** A route as it is listed: with lines for offsets, and what was found in its view. */
export interface ListedRoute {
  readonly framework: Route['framework'];
  readonly methods: readonly string[];
  readonly path: string;
  readonly alsoAt: readonly string[];
  readonly view: string;
  readonly name: string | undefined;
  readonly login: LoginState;
  readonly csrf: CsrfState;
  /** Where the view is; where it is registered if the view is not in the project. */
  readonly file: string;
  readonly line: number;
  readonly mounted: boolean;
  /** Ids of the rules with open findings inside the view. */
  readonly findings: readonly string[];
}

/** The routes of an audited project. */
export function listedRoutes({ result, routes }: AuditOutcome): readonly ListedRoute[] {
  const lines = new Map<string, LineIndex>();
  const lineOf = ({ module, node }: RoutePlace): number => {
    const index = lines.get(module.path) ?? new LineIndex(module.text);
    lines.set(module.path, index);
    return index.at(node.start).line;
  };
  const open = result.findings.filter(({ status }) => status === 'open');
  return (routes?.routes ?? [])
    .flatMap((route) => (route.isAssumed ? [] : [route]))
    .map((route) => {
      const { viewPlace } = route;
      const inside = open.filter(
        ({ primary }) => viewPlace !== undefined && primary.path === viewPlace.module.path && encloses(viewPlace.node, primary),
      );
      const place = viewPlace ?? route.place;
      return {
        framework: route.framework,
        methods: route.methods,
        path: route.path,
        alsoAt: route.alsoAt ?? [],
        view: route.view,
        name: route.name,
        login: route.login,
        csrf: route.csrf,
        file: place.module.path,
        line: lineOf(place),
        mounted: route.mounted,
        findings: [...new Set(inside.map(({ ruleId }) => ruleId))].sort(),
      };
    });
}

export function answers(route: ListedRoute, methods: readonly string[]): boolean {
  return route.methods.includes('*') || methods.some((method) => route.methods.includes(method.toUpperCase()));
}

export function changesThings(route: ListedRoute): boolean {
  return route.methods.some((method) => UNSAFE_METHODS.has(method));
}
