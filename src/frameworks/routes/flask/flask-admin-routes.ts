import { type CallArguments, NO_ARGUMENTS } from '../../../evaluate/calls/arguments.ts';
import type { ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';
import { passed, texts } from '../../route-table.ts';
import { answersLogin } from '../guards/guards-in-body.ts';
import type { LoginState } from '../route.ts';
import type { RouteCalls } from '../route-calls.ts';
import { classAttribute, makers, pathTexts } from '../values.ts';
import { methodOf } from '../view.ts';
import { type Blueprints, joinPaths, type Mount } from './blueprints.ts';
import { classAsView, exposedMethods, routesOfExposed, type ViewClass, viewClassesOf } from './exposed-methods.ts';
import type { FoundRoute } from './found-route.ts';

/** Where `Admin()` and its views take what they are called by. https://flask-admin.readthedocs.io/en/stable/api/mod_base/ */
const POSITIONS = {
  admin: { url: 2, index: 4, endpoint: 6 },
  plain: { endpoint: 2, url: 3 },
  /** Behind a model and its session, or a folder and its URL. */
  bound: { endpoint: 4, url: 5 },
} as const;

/** The views of Flask-Admin: what classes expose, and in one line each what the library adds for a model or a folder. */
export function flaskAdminRoutes(interpreter: Interpreter, calls: RouteCalls, blueprints: Blueprints): readonly FoundRoute[] {
  const admins = calls.named('Admin').filter(({ names }) => names[0]?.startsWith('flask_admin.') === true);
  const found: FoundRoute[] = [];
  for (const admin of admins) {
    const [index] = viewClassesOf(interpreter, passed(admin.args, POSITIONS.admin.index, 'index_view'));
    const endpoint =
      text(admin.args, POSITIONS.admin.endpoint, 'endpoint') ?? text(index?.args, POSITIONS.plain.endpoint, 'endpoint') ?? 'admin';
    const view = index ?? {
      owner: undefined,
      bases: ['flask_admin.AdminIndexView'],
      name: 'AdminIndexView',
      args: undefined,
      node: undefined,
    };
    found.push(...routesOf(admin, mountOf(admin, blueprints, calls), view, urlOfAdmin(interpreter, admin), endpoint, true));
  }
  for (const call of calls.named('add_view', 'add_views')) {
    const [admin] = adminsOf(call.receiver, admins);
    const mount = mountOf(admin, blueprints, calls);
    const url = admin ? urlOfAdmin(interpreter, admin) : '/admin';
    const given = [...call.args.positional.map(({ value }) => value), ...call.args.keywords.map(({ value }) => value)];
    for (const view of viewClassesOf(interpreter, given.flat())) {
      if (!view.bases.some((base) => base.startsWith('flask_admin.'))) continue;
      const at = isBound(view) ? POSITIONS.bound : POSITIONS.plain;
      const endpoint = text(view.args, at.endpoint, 'endpoint') ?? defaultEndpoint(view);
      const own = text(view.args, at.url, 'url');
      const path = own === undefined ? `${url === '/' ? '' : url}/${endpoint}` : own.startsWith('/') ? own : `${url}/${own}`;
      found.push(...routesOf(call, mount, view, path, endpoint, false));
    }
  }
  return found;
}

function routesOf(
  call: CallOrigin,
  mount: Mount,
  view: ViewClass,
  prefix: string,
  endpoint: string,
  isIndex: boolean,
): readonly FoundRoute[] {
  const { owner } = view;
  const guard = guardOf(owner);
  const place = { module: call.site.module, node: call.site.node };
  const shared = { mount, place, guard };
  const exposed = owner ? exposedMethods(owner) : [];
  const found = [...routesOfExposed(exposed, prefix, endpoint, shared)];
  const whole = classAsView(view);
  if (isIndex && !exposed.some(({ name }) => name === 'index'))
    found.push({ ...shared, path: joinPaths(prefix, '/'), view: whole, methods: ['GET'], name: `${endpoint}.index` });
  if (isBound(view)) {
    const isSecure =
      owner && (classAttribute(owner, 'form_base_class') ?? []).some((atom) => atom.kind === 'symbol' && /SecureForm$/.test(atom.name));
    const csrf = isSecure === true ? { csrf: { state: 'on', by: 'SecureForm' } as const } : {};
    found.push({
      ...shared,
      ...csrf,
      path: joinPaths(prefix, '/*'),
      view: whole,
      methods: ['GET', 'POST'],
      name: `${endpoint}.index_view`,
    });
  }
  return found;
}

/** Whether the library adds pages for what it was given: models, folders, a console of Redis. */
function isBound({ bases }: ViewClass): boolean {
  return bases.some((base) => /^flask_admin\..*\.(?:\w*ModelView|\w*FileAdmin|RedisCli)$/.test(base));
}

/** By the model, else by the class. */
function defaultEndpoint(view: ViewClass): string {
  if (!view.bases.some((base) => /\.\w*ModelView$/.test(base))) return view.name.toLowerCase();
  for (const atom of passed(view.args ?? NO_ARGUMENTS, 0, 'model') ?? []) {
    if (atom.kind === 'class') return atom.info.name.toLowerCase();
    if (atom.kind === 'symbol') return (atom.name.split('.').at(-1) ?? '').toLowerCase();
  }
  return '…';
}

function urlOfAdmin(interpreter: Interpreter, admin: CallOrigin): string {
  const [index] = viewClassesOf(interpreter, passed(admin.args, POSITIONS.admin.index, 'index_view'));
  return text(admin.args, POSITIONS.admin.url, 'url') ?? text(index?.args, POSITIONS.plain.url, 'url') ?? '/admin';
}

/** The one that a view is added to; where that is not known, the only one of the project. */
function adminsOf(receiver: Value | undefined, admins: readonly CallOrigin[]): readonly CallOrigin[] {
  const nodes = makers(receiver);
  const known = admins.filter(({ site }) => nodes.includes(site.node));
  return known.length > 0 || admins.length > 1 ? known : admins;
}

function mountOf(admin: CallOrigin | undefined, blueprints: Blueprints, calls: RouteCalls): Mount {
  const application = admin && (passed(admin.args, 0, 'app') ?? blueprints.boundTo(admin.site.node));
  return { prefix: '', names: '', around: applications(application, calls), mounted: true };
}

/** The application that is meant, or all there are. */
export function applications(value: Value | undefined, calls: RouteCalls): Mount['around'] {
  const known = makers(value);
  return known.length > 0 ? known : calls.named('Flask').map(({ site }) => site.node);
}

/** Everybody gets in unless `is_accessible()` says no. https://flask-admin.readthedocs.io/en/stable/introduction/#authorization-permissions */
function guardOf(owner: ClassInfo | undefined): LoginState {
  const asked = owner && methodOf(owner, 'is_accessible');
  if (asked && answersLogin(asked)) return { state: 'required', by: 'is_accessible()' };
  const handled = owner && methodOf(owner, '_handle_view');
  return handled ? { state: 'required', by: '_handle_view()' } : { state: 'none', by: '' };
}

function text(args: CallArguments | undefined, at: number, name: string): string | undefined {
  const value = args && passed(args, at, name);
  return texts(value)[0] ?? pathTexts(value)[0];
}
