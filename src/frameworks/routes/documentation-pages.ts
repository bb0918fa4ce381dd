import { type CallOrigin, opaque, type Value } from '../../evaluate/values/value.ts';
import { passed } from '../route-table.ts';
import { type Blueprints, joinPaths } from './flask/blueprints.ts';
import type { FoundRoute } from './flask/found-route.ts';
import type { RouteCalls } from './route-calls.ts';
import { pathTexts } from './values.ts';

interface Page {
  /** The argument that says where it is; `None` or False: nowhere. */
  readonly at: string;
  readonly otherwise: string;
  readonly view: string;
  readonly name: string;
  /** The argument is a switch, which says nothing of the path. */
  readonly isSwitch?: boolean;
}
interface Documented {
  readonly class: string;
  readonly library: RegExp;
  readonly unless?: string;
  readonly pages: readonly Page[];
}

/** Libraries that show the descriptions of an API beside it, each where its class is made. */
const DOCUMENTED: readonly Documented[] = [
  // https://flask-restx.readthedocs.io/en/latest/swagger.html#documenting-with-the-api-doc-decorator, …/api.html#flask_restx.Api
  {
    class: 'Api',
    library: /^flask_rest(?:x|plus)\./,
    pages: [
      { at: 'add_specs', otherwise: '/swagger.json', view: 'Swagger', name: 'specs', isSwitch: true },
      { at: 'doc', otherwise: '/', view: 'Api.render_doc', name: 'doc' },
    ],
  },
  // https://apiflask.com/openapi/#the-url-path-of-openapi-spec-and-api-documentations
  {
    class: 'APIFlask',
    library: /^apiflask\./,
    unless: 'enable_openapi',
    pages: [
      { at: 'spec_path', otherwise: '/openapi.json', view: 'spec', name: 'openapi.spec' },
      { at: 'docs_path', otherwise: '/docs', view: 'docs', name: 'openapi.docs' },
      {
        at: 'docs_oauth2_redirect_path',
        otherwise: '/docs/oauth2-redirect',
        view: 'swagger_ui_oauth_redirect',
        name: 'openapi.swagger_ui_oauth_redirect',
      },
    ],
  },
];

/** The pages that describe an API, and that its library adds by itself. */
export function documentationPages(calls: RouteCalls, blueprints: Blueprints): readonly FoundRoute[] {
  return DOCUMENTED.flatMap(({ class: made, library, unless, pages }) =>
    calls
      .named(made)
      .filter(({ names, args }) => library.test(names[0] ?? '') && !(unless !== undefined && isOff(passed(args, -1, unless))))
      .flatMap((call) => pages.flatMap((page) => pagesOf(call, page, blueprints))),
  );
}

function pagesOf(call: CallOrigin, { at, otherwise, view, name, isSwitch }: Page, blueprints: Blueprints): readonly FoundRoute[] {
  const given = passed(call.args, -1, at);
  if (isOff(given)) return [];
  const own = isSwitch ? undefined : pathTexts(given)[0];
  return blueprints.mountsOf(opaque(call)).map((mount) => ({
    mount,
    path: joinPaths(mount.prefix, own ?? otherwise),
    view: { name: `${call.names[0]?.split('.')[0]}.${view}`, place: undefined, wrappers: [], decorators: [] },
    methods: ['GET'],
    name,
    place: { module: call.site.module, node: call.site.node },
    guard: { state: 'none', by: '' },
  }));
}

function isOff(value: Value | undefined): boolean {
  return (
    value?.length === 1 &&
    value.every((one) => one.kind === 'constant' && (one.literal.type === 'none' || (one.literal.type === 'bool' && !one.literal.value)))
  );
}
