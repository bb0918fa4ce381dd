import type { CallArguments } from '../../../evaluate/calls/arguments.ts';
import { passed } from '../../route-table.ts';
import { lastPart, pathTexts } from '../values.ts';

/** A function of a library that makes a blueprint, with what the blueprint answers. */
export interface Factory {
  readonly names: RegExp;
  /** What `Blueprint(…, url_prefix=…)` is, and what it is called where nothing is passed; absent: by the function, `make_github_blueprint`. */
  readonly prefix?: string;
  readonly called?: string;
  readonly pages: readonly { readonly path: string; readonly view: string; readonly replacedBy?: string }[];
}

const FACTORIES: readonly Factory[] = [
  // https://github.com/sveint/flask-swagger-ui#configuration
  {
    names: /^flask_swagger_ui\.(?:\w+\.)*get_swaggerui_blueprint$/,
    prefix: 'base_url',
    called: 'swagger_ui',
    pages: [{ path: '/*', view: 'show' }],
  },
  // https://flask-dance.readthedocs.io/en/latest/quickstart.html, …/providers.html
  {
    names: /^flask_dance\.(?:\w+\.)*make_\w+_blueprint$/,
    pages: [
      { path: '/<name>', view: 'login', replacedBy: 'login_url' },
      { path: '/<name>/authorized', view: 'authorized', replacedBy: 'authorized_url' },
    ],
  },
];

export function factoryNamed(library: string): Factory | undefined {
  return FACTORIES.find(({ names }) => names.test(library));
}

/** What the arguments of such a function say of the blueprint; `undefined`: it is no such function. */
export function factoryBlueprint(library: string, args: CallArguments): { readonly name: string; readonly prefix: string } | undefined {
  const factory = factoryNamed(library);
  if (!factory) return undefined;
  const first = (key: string | undefined): string | undefined => (key === undefined ? undefined : pathTexts(passed(args, 0, key))[0]);
  const name = pathTexts(passed(args, -1, 'blueprint_name'))[0];
  return {
    name: name ?? factory.called ?? /^make_(\w+)_blueprint$/.exec(lastPart(library))?.[1] ?? '…',
    prefix: first(factory.prefix) ?? '',
  };
}
