import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { findInClass } from '../evaluate/classes/attributes.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import { truthOf } from '../evaluate/values/truth.ts';
import { passed, texts } from './route-table.ts';
import { parameterOf, regexGroups, type UrlParameter } from './url-rule.ts';

const ACTION = 'rest_framework.decorators.action';
/** The methods that a router calls with the part of the URL that says which row is meant. */
const OF_ONE = /^(?:retrieve|update|partial_update|destroy)$/;

/**
 * What a router takes out of the URL for a method of a view set: the groups in the path of an extra action, and the part that says which row is
 * meant. https://www.django-rest-framework.org/api-guide/routers/#routing-additional-http-methods-to-actions, …/routers/#simplerouter
 */
export function routerParameter(info: FunctionInfo, name: string): UrlParameter | undefined {
  const actions = info.decorators.flatMap(({ value }) =>
    value.flatMap((atom) =>
      atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names[0] === ACTION ? [atom.origin.args] : [],
    ),
  );
  for (const args of actions)
    for (const path of texts(passed(args, 3, 'url_path'))) {
      const parameter = regexGroups(path).get(name);
      if (parameter) return parameter;
    }
  const isOfOne = OF_ONE.test(info.name) || actions.some((args) => truthOf(passed(args, 1, 'detail') ?? []) === true);
  return isOfOne ? lookedUpBy(info, name) : undefined;
}

/** The part of the URL by which a view set looks rows up: `pk`, or what its class says. */
function lookedUpBy({ owner, closure }: FunctionInfo, name: string): UrlParameter | undefined {
  if (!owner || !ancestors(owner).some((one) => one.kind === 'library' && one.name.startsWith('rest_framework.viewsets.')))
    return undefined;
  const said = (attribute: string): string | undefined => texts(findInClass(owner, attribute, closure)?.value)[0];
  if (name !== (said('lookup_url_kwarg') ?? said('lookup_field') ?? 'pk')) return undefined;
  if (said('lookup_value_converter') !== undefined) return undefined;
  const pattern = said('lookup_value_regex');
  return pattern === undefined ? 'segment' : parameterOf(pattern);
}
