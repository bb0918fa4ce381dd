import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import { ancestors } from '../../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Value } from '../../../evaluate/values/value.ts';
import { texts } from '../../route-table.ts';
import { guardInBody, guardOfStatements } from '../guards/guards-in-body.ts';
import { loginOfView } from '../guards/login.ts';
import { type CsrfState, type LoginState, UNSAFE_METHODS } from '../route.ts';
import { callOf, classAttribute, elementsOf, entriesOf, lastName, lastPart } from '../values.ts';
import { handlersOf, libraryBases, methodOf, type View, wrapperOf } from '../view.ts';
import type { DjangoSettings } from './django-settings.ts';
import { API_ROOT } from './drf-routers.ts';
import { refusesStrangers } from './rest-authentication.ts';

/** Permissions that let strangers do some or all things. https://www.django-rest-framework.org/api-guide/permissions/ */
const OPEN = /^AllowAny$/;
const READ_ONLY = /(?:OrReadOnly|OrAnonReadOnly|ReadOnly)$/;

/** Libraries whose views say themselves who may do what. https://djoser.readthedocs.io/en/latest/settings.html#permissions, https://dj-rest-auth.readthedocs.io/ */
const SELF_GUARDING =
  /^(?:djoser|dj_rest_auth|rest_auth|rest_framework_simplejwt|rest_framework\.authtoken|rest_framework_jwt|knox|oauth2_provider|drf_social_oauth2)\./;

/** What a project asks of all requests: middleware, and the defaults of Django REST framework. */
export class DjangoGuards {
  private readonly interpreter: Interpreter;
  private readonly settings: DjangoSettings;
  private readonly middleware: readonly string[];
  private readonly byMiddleware: LoginState | undefined;

  constructor(interpreter: Interpreter, settings: DjangoSettings) {
    this.interpreter = interpreter;
    this.settings = settings;
    this.middleware = settings.middleware();
    this.byMiddleware = loginMiddleware(interpreter, this.middleware);
  }

  login(view: View, method?: string): LoginState {
    const own = loginOfView(this.interpreter, view, method);
    const isOpen = view.wrappers.some(({ name }) => lastPart(name) === 'login_not_required');
    if ((own.state === 'none' || view.name === API_ROOT) && isRestView(view)) return this.restLogin(view);
    if (own.state === 'required' || isOpen || !this.byMiddleware) return own;
    return this.byMiddleware.state === 'required' || own.state !== 'partly' ? this.byMiddleware : own;
  }

  private restLogin(view: View): LoginState {
    const own = this.ownPermissions(view);
    if (own === undefined && view.owner && methodOf(view.owner, 'get_permissions')) return { state: 'partly', by: 'get_permissions()' };
    const guarding = own === undefined && view.owner && libraryBases(view.owner).find((name) => SELF_GUARDING.test(name));
    if (guarding) return { state: 'unknown', by: `of ${guarding.split('.')[0]}` };
    const permissions = own ?? this.defaults('DEFAULT_PERMISSION_CLASSES');
    const where = own ? '' : ' (REST_FRAMEWORK)';
    const asking = permissions.filter((name) => !OPEN.test(name));
    const [first] = asking;
    const authenticating = first === undefined ? authenticatorOf(view) : undefined;
    if (authenticating !== undefined) return { state: 'required', by: authenticating };
    if (first === undefined) return { state: 'none', by: permissions[0] === undefined ? '' : `${permissions[0]}${where}` };
    return { state: asking.every((name) => READ_ONLY.test(name)) ? 'partly' : 'required', by: `${first}${where}` };
  }

  /** The names in `permission_classes` of the class, or of `@permission_classes`. */
  private ownPermissions(view: View): readonly string[] | undefined {
    return classesOf(view, 'permission_classes');
  }

  private defaults(key: string): readonly string[] {
    return this.settings
      .all('REST_FRAMEWORK')
      .slice(0, 1)
      .flatMap(({ value }) => elementsOf(entriesOf(value).get(key)).flatMap(texts))
      .map(lastPart);
  }

  csrf(view: View, methods: readonly string[]): CsrfState {
    if (!methods.some((method) => UNSAFE_METHODS.has(method))) return { state: 'not-needed', by: '' };
    if (isRestView(view)) {
      const own = classesOf(view, 'authentication_classes');
      const named = own ?? this.defaults('DEFAULT_AUTHENTICATION_CLASSES');
      // Without a setting DRF uses session and basic authentication.
      const classes = own === undefined && named.length === 0 ? ['SessionAuthentication'] : named;
      return classes.some((name) => /Session/.test(name))
        ? { state: 'on', by: 'SessionAuthentication' }
        : { state: 'off', by: classes[0] ?? 'no authentication' };
    }
    const around = [...view.wrappers.map(({ name }) => name), ...dispatchWrappers(view)].map(lastPart);
    if (around.includes('csrf_exempt')) return { state: 'off', by: '@csrf_exempt' };
    if (around.includes('csrf_protect')) return { state: 'on', by: '@csrf_protect' };
    if (this.middleware.some((name) => /CsrfViewMiddleware$/.test(name))) return { state: 'on', by: 'CsrfViewMiddleware' };
    return this.settings.found && this.middleware.length > 0 ? { state: 'off', by: 'no CsrfViewMiddleware' } : { state: 'unknown', by: '' };
  }
}

function dispatchWrappers(view: View): readonly string[] {
  if (!view.owner) return [];
  const dispatch = methodOf(view.owner, 'dispatch');
  const decorators = [
    ...(dispatch?.decorators ?? []),
    ...ancestors(view.owner).flatMap((one) => (one.kind === 'class' ? one.info.decorators : [])),
  ];
  return decorators.flatMap(({ value }) => wrapperOf(value)).map(({ name }) => name);
}

function isRestView(view: View): boolean {
  if (view.owner && !view.info)
    return libraryBases(view.owner).some((name) => /^rest_framework\.|(?:^|\.)(?:APIView|GenericViewSet|ModelViewSet)$/.test(name));
  return view.name === API_ROOT || view.wrappers.some(({ name }) => lastPart(name) === 'api_view');
}

/** The class that is asked first, where it refuses whoever it does not know before any permission is asked. */
function authenticatorOf(view: View): string | undefined {
  const [first = []] = listed(view, 'authentication_classes') ?? [];
  return first
    .flatMap((atom) => {
      const method = atom.kind === 'class' ? methodOf(atom.info, 'authenticate') : undefined;
      return atom.kind === 'class' && method && refusesStrangers(method) ? atom.info.name : [];
    })
    .at(0);
}

function classesOf(view: View, name: 'permission_classes' | 'authentication_classes'): readonly string[] | undefined {
  return listed(view, name)?.flatMap(namesOfClass);
}

/** What the class, the action that answers, or the decorator of the function lists. */
function listed(view: View, name: 'permission_classes' | 'authentication_classes'): readonly Value[] | undefined {
  const decorated = view.decorators.flatMap((value) => argumentOf(value, name));
  if (decorated.length > 0) return decorated.flatMap(elementsOf);
  if (!view.owner) return undefined;
  // `@action(permission_classes=[…])`
  const handlers = view.actions ? [...handlersOf(view).values()] : [];
  const ofAction = handlers.flatMap(({ decorators }) => decorators.flatMap(({ value }) => argumentOf(value, name)));
  const value = ofAction[0] ?? classAttribute(view.owner, name);
  return value && elementsOf(value);
}

function argumentOf(value: Value, name: string): readonly Value[] {
  return value.flatMap((atom) => {
    const call = callOf(atom);
    if (!call) return [];
    if (lastName(call) === name) return call.args.positional.slice(0, 1).map((passed) => passed.value);
    return call.args.keywords.filter((keyword) => keyword.name === name).map((keyword) => keyword.value);
  });
}

/** `IsOwner | IsAdmin`: the first of both stands for what is put together. */
function namesOfClass(value: Value): readonly string[] {
  return value.flatMap((atom): readonly string[] => {
    if (atom.kind === 'symbol') return [lastPart(atom.name)];
    if (atom.kind === 'class') return [atom.info.name];
    if (atom.kind !== 'opaque') return [];
    if (atom.origin.via === 'operation') return atom.origin.operands.flatMap(namesOfClass);
    return atom.origin.via === 'unresolved' ? [atom.origin.name] : [];
  });
}

/** https://docs.djangoproject.com/en/stable/ref/middleware/#django.contrib.auth.middleware.LoginRequiredMiddleware, or one of the project. */
function loginMiddleware(interpreter: Interpreter, names: readonly string[]): LoginState | undefined {
  const known = names.find((name) => /LoginRequired\w*Middleware$/.test(name));
  if (known !== undefined) return { state: 'required', by: lastPart(known) };
  for (const name of names) {
    const dot = name.lastIndexOf('.');
    const module = interpreter.modules.find(name.slice(0, dot), undefined);
    const found = module && interpreter.states.get(module)?.frame.vars.get(name.slice(dot + 1));
    for (const atom of found ?? []) {
      if (atom.kind === 'function' && guardsInside(atom.info)) return { state: 'partly', by: atom.info.name };
      if (atom.kind !== 'class') continue;
      for (const method of ['process_view', 'process_request', '__call__']) {
        const info = methodOf(atom.info, method);
        if (info && guardInBody(interpreter, info)?.guard === 'required') return { state: 'partly', by: atom.info.name };
      }
    }
  }
  return undefined;
}

/** A middleware that is a function gives back another one, which sees the requests: `def members_only(get_response): def middleware(request): …` */
function guardsInside({ node }: FunctionInfo): boolean {
  return (
    node.kind === 'function' &&
    [...node.body, ...node.body.flatMap((one) => (one.kind === 'if' ? [...one.then, ...one.otherwise] : []))].some(
      (one) => one.kind === 'function' && guardOfStatements(one.body) === 'required',
    )
  );
}
