import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';
import { passed } from '../../route-table.ts';
import { lastPart } from '../values.ts';
import { joinPaths, type Mount } from './blueprints.ts';
import type { FoundRoute } from './found-route.ts';

/** How people log in. https://flask-appbuilder.readthedocs.io/en/latest/security.html#authentication-methods */
type Authentication = 'OID' | 'DB' | 'LDAP' | 'REMOTE_USER' | 'OAUTH' | 'SAML';
/** The numbers behind `AUTH_OID`, `AUTH_DB` and so on of `flask_appbuilder.const`. */
const BY_NUMBER: Readonly<Record<string, Authentication>> = { 0: 'OID', 1: 'DB', 2: 'LDAP', 3: 'REMOTE_USER', 4: 'OAUTH', 5: 'SAML' };

interface OwnView {
  readonly path: string;
  readonly methods: readonly string[];
  /** Below `flask_appbuilder`. */
  readonly view: string;
  /** What asks for a login; empty: nothing. */
  readonly by?: string;
  /** For which ways of logging in it is there; absent: all. */
  readonly only?: readonly Authentication[];
  /** A key of the configuration that has to be on; or one that switches it off where it is put to False. */
  readonly needs?: string;
  readonly unless?: string;
}

const READS = ['GET'];
const FORM = ['GET', 'POST'];
const ACCESS = '@has_access';
const SIGN_UP: readonly Authentication[] = ['OID', 'DB', 'OAUTH'];

/**
 * What every application gets, in one line for each view; https://flask-appbuilder.readthedocs.io/en/latest/security.html tells the views,
 * https://flask-appbuilder.readthedocs.io/en/latest/config.html the switches, …/user_registration.html what people sign up with.
 */
const OWN: readonly OwnView[] = [
  { path: '/', methods: READS, view: 'views.IndexView' },
  { path: '/back', methods: READS, view: 'views.UtilView' },
  { path: '/lang/<string:locale>', methods: READS, view: 'babel.views.LocaleView' },
  { path: '/api/v1/menu/', methods: READS, view: 'menu.MenuApi', by: '@protect' },
  { path: '/api/v1/security/login', methods: ['POST'], view: 'security.api.SecurityApi' },
  { path: '/api/v1/security/refresh', methods: ['POST'], view: 'security.api.SecurityApi', by: '@jwt_required' },
  { path: '/login/', methods: FORM, view: 'security.views.AuthView', only: ['OID', 'DB', 'LDAP'] },
  { path: '/login/', methods: READS, view: 'security.views.AuthView', only: ['REMOTE_USER', 'OAUTH', 'SAML'] },
  { path: '/login/<provider>', methods: READS, view: 'security.views.AuthOAuthView', only: ['OAUTH'] },
  { path: '/oauth-authorized/<provider>', methods: READS, view: 'security.views.AuthOAuthView', only: ['OAUTH'] },
  { path: '/login/<idp>', methods: READS, view: 'security.views.AuthSAMLView', only: ['SAML'] },
  { path: '/saml/acs/', methods: ['POST'], view: 'security.views.AuthSAMLView', only: ['SAML'] },
  { path: '/saml/slo/', methods: FORM, view: 'security.views.AuthSAMLView', only: ['SAML'] },
  { path: '/saml/metadata/', methods: READS, view: 'security.views.AuthSAMLView', only: ['SAML'] },
  { path: '/saml/metadata/<idp>', methods: READS, view: 'security.views.AuthSAMLView', only: ['SAML'] },
  { path: '/logout/', methods: READS, view: 'security.views.AuthView' },
  { path: '/userinfoeditview/form', methods: FORM, view: 'security.views.UserInfoEditView', by: ACCESS },
  { path: '/resetpassword/form', methods: FORM, view: 'security.views.ResetPasswordView', by: ACCESS, only: ['DB'] },
  { path: '/resetmypassword/form', methods: FORM, view: 'security.views.ResetMyPasswordView', by: ACCESS, only: ['DB'] },
  {
    path: '/register/form',
    methods: FORM,
    view: 'security.registerviews.BaseRegisterUser',
    only: SIGN_UP,
    needs: 'AUTH_USER_REGISTRATION',
  },
  {
    path: '/register/activation/<string:activation_hash>',
    methods: READS,
    view: 'security.registerviews.BaseRegisterUser',
    only: SIGN_UP,
    needs: 'AUTH_USER_REGISTRATION',
  },
  { path: '/registeruser/*', methods: FORM, view: 'security.views.RegisterUserModelView', by: ACCESS, needs: 'AUTH_USER_REGISTRATION' },
  { path: '/users/*', methods: FORM, view: 'security.views.UserModelView', by: ACCESS },
  { path: '/roles/*', methods: FORM, view: 'security.views.RoleModelView', by: ACCESS },
  { path: '/groups/*', methods: FORM, view: 'security.views.UserGroupModelView', by: ACCESS },
  { path: '/userstatschartview/*', methods: READS, view: 'security.views.UserStatsChartView', by: ACCESS },
  {
    path: '/permissions/*',
    methods: FORM,
    view: 'security.views.PermissionModelView',
    by: ACCESS,
    unless: 'FAB_ADD_SECURITY_PERMISSION_VIEW',
  },
  { path: '/viewmenus/*', methods: FORM, view: 'security.views.ViewMenuModelView', by: ACCESS, unless: 'FAB_ADD_SECURITY_VIEW_MENU_VIEW' },
  {
    path: '/permissionviews/*',
    methods: FORM,
    view: 'security.views.PermissionViewModelView',
    by: ACCESS,
    unless: 'FAB_ADD_SECURITY_PERMISSION_VIEWS_VIEW',
  },
  ...['permissions', 'roles', 'users', 'groups', 'resources', 'permissions-resources'].map((name) => ({
    path: `/api/v1/security/${name}/*`,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    view: 'security.sqla.apis',
    by: '@protect',
    needs: 'FAB_ADD_SECURITY_API',
  })),
  { path: '/api/<version>/_openapi', methods: READS, view: 'api.manager.OpenApi', by: '@protect', needs: 'FAB_API_SWAGGER_UI' },
  { path: '/swagger/<version>', methods: READS, view: 'api.manager.SwaggerView', by: ACCESS, needs: 'FAB_API_SWAGGER_UI' },
];

/** The library's own pages, where an application is made with `AppBuilder`; `taken`: paths that the project answers itself. */
export function appBuilderOwnRoutes(
  interpreter: Interpreter,
  call: CallOrigin,
  mount: Mount,
  taken: ReadonlySet<string>,
): readonly FoundRoute[] {
  const authentication = authenticationOf(interpreter);
  const isOff = (key: string | undefined): boolean => key !== undefined && switchOf(interpreter, key) === false;
  const hasIndex = passed(call.args, -1, 'indexview') !== undefined;
  return OWN.flatMap(({ path, methods, view, by = '', only, needs, unless }): readonly FoundRoute[] => {
    if (isOff(unless) || (/^security\.(?!sqla)/.test(view) && isOff('FAB_ADD_SECURITY_VIEWS'))) return [];
    if (needs !== undefined && switchOf(interpreter, needs) !== true) return [];
    if ((only && !only.includes(authentication)) || taken.has(path) || (hasIndex && path === '/')) return [];
    const name = `flask_appbuilder.${view}`;
    return [
      {
        mount,
        path: joinPaths('', path),
        methods,
        view: { name, place: undefined, wrappers: [], decorators: [] },
        name: lastPart(view),
        place: { module: call.site.module, node: call.site.node },
        guard: by === '' ? { state: 'none', by: '' } : { state: 'required', by },
        ...(path.startsWith('/api/') ? { csrf: { state: 'not-needed', by: 'a token' } as const } : {}),
      },
    ];
  });
}

function authenticationOf(interpreter: Interpreter): Authentication {
  for (const atom of configured(interpreter, 'AUTH_TYPE') ?? []) {
    const [, named] = atom.kind === 'symbol' ? (/\.AUTH_(\w+)$/.exec(atom.name) ?? []) : [];
    const known = Object.values(BY_NUMBER).find((one) => one === named);
    if (known) return known;
    if (atom.kind === 'constant' && atom.literal.type === 'int') return BY_NUMBER[String(atom.literal.value)] ?? 'DB';
  }
  return 'DB';
}

function switchOf(interpreter: Interpreter, key: string): boolean | undefined {
  const [only] = configured(interpreter, key) ?? [];
  return only?.kind === 'constant' && only.literal.type === 'bool' ? only.literal.value : undefined;
}

/** The library reads a module of capital names, `config.py` by custom. */
function configured(interpreter: Interpreter, key: string): Value | undefined {
  for (const { module, frame } of interpreter.states.values())
    if (module.file.role !== 'test') {
      const value = frame.vars.get(key);
      if (value) return value;
    }
  return undefined;
}
