import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import type { Span } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { applicationFunctions } from '../functions.ts';
import type { Guard } from '../guards/guard-names.ts';
import { guardInBody } from '../guards/guards-in-body.ts';
import { guardOfWrapper } from '../guards/guards-of-wrappers.ts';
import { asksHeaderAlone, readsHeaderAlone } from '../guards/header-auth.ts';
import { listedWrappers } from '../guards/login.ts';
import { hasExceptions } from '../guards/login-conditions.ts';
import { refusesInside } from '../guards/refusals.ts';
import { type CsrfState, type LoginState, UNSAFE_METHODS } from '../route.ts';
import type { RouteCalls } from '../route-calls.ts';
import { callOf, lastName, lastPart, makers } from '../values.ts';
import { handlersOf, type View, viewsOf, wrappersOf } from '../view.ts';
import type { Mount } from './blueprints.ts';

interface Hook {
  readonly guard: Guard;
  readonly by: string;
  /** Whose requests it sees; absent: all of the application. */
  readonly of: readonly Span[] | undefined;
  /** It asks for what a header says: no cookie opens what is behind it. */
  readonly asksHeader: boolean;
}

/** What applications and blueprints ask of all requests: hooks, and the protection against requests from other sites. */
export class FlaskGuards {
  private readonly hooks: readonly Hook[];
  private readonly protection: string | undefined;
  private readonly exempt = new Set<Span>();

  constructor(interpreter: Interpreter, calls: RouteCalls) {
    this.hooks = hooksOf(interpreter, calls);
    // `CSRFProtect()` without an application does nothing before `init_app()`.
    const made = calls.named('CSRFProtect', 'CsrfProtect', 'SeaSurf');
    const bound = new Set(calls.named('init_app').flatMap((call) => makers(call.receiver)));
    const [active] = made.filter((call) => call.args.positional.length + call.args.keywords.length > 0 || bound.has(call.site.node));
    this.protection = active && lastName(active);
    for (const call of calls.named('exempt'))
      for (const { value } of call.args.positional) {
        for (const maker of makers(value)) this.exempt.add(maker);
        for (const { place } of viewsOf(value)) if (place) this.exempt.add(place.node);
      }
  }

  login(own: LoginState, mount: Mount, view: View): LoginState {
    if (own.state === 'required') return own;
    const seen = this.hooksOf(mount);
    const hook = seen.find(({ guard }) => guard === 'required') ?? seen[0];
    if (!hook || (own.state === 'partly' && hook.guard === 'partly')) return own;
    // What is not known may be one of those that the hook leaves out.
    return view.place || own.state !== 'unknown' ? { state: hook.guard, by: hook.by } : own;
  }

  private hooksOf(mount: Mount): readonly Hook[] {
    return this.hooks.filter((hook) => hook.of === undefined || hook.of.some((node) => mount.around.includes(node)));
  }

  csrf(view: View, methods: readonly string[], mount: Mount): CsrfState {
    if (!methods.some((method) => UNSAFE_METHODS.has(method))) return { state: 'not-needed', by: '' };
    const isExempt = (view.place && this.exempt.has(view.place.node)) || mount.around.some((node) => this.exempt.has(node));
    const exempted = isExempt || view.wrappers.some(({ name }) => lastPart(name) === 'exempt');
    const asked = this.hooksOf(mount).find(({ asksHeader }) => asksHeader);
    if (asked) return { state: 'not-needed', by: asked.by };
    const byHeader = [...view.wrappers, ...(view.owner ? listedWrappers(view.owner) : [])].find(asksHeaderAlone);
    if (byHeader) return { state: 'not-needed', by: `@${lastPart(byHeader.name)}` };
    if (this.protection !== undefined) return exempted ? { state: 'off', by: 'csrf.exempt' } : { state: 'on', by: this.protection };
    return validatesForm(view) ? { state: 'on', by: 'its form' } : { state: 'off', by: '' };
  }
}

/** Hooks that run before the views of what they are registered on, and of the whole application. https://flask.palletsprojects.com/en/stable/api/#flask.Blueprint */
const FOR_OWN: readonly string[] = ['before_request', 'url_value_preprocessor'];
const FOR_ALL: readonly string[] = ['before_app_request', 'app_url_value_preprocessor'];

function hooksOf(interpreter: Interpreter, calls: RouteCalls): readonly Hook[] {
  const hooks: Hook[] = [];
  const add = (info: FunctionInfo, of: readonly Span[] | undefined): void => {
    const wrapper = wrappersOf(info).find((one) => guardOfWrapper(one));
    const guard = wrapper
      ? 'required'
      : (guardInBody(interpreter, info)?.guard ?? (refusesByName(info) || refusesInside(info) ? 'partly' : undefined));
    if (!guard) return;
    const asksHeader = info.decorators.some(({ value }) => value.some(isOfHttpAuth)) || readsHeaderAlone(info);
    hooks.push({ guard: hasExceptions(info) ? 'partly' : guard, by: `before_request: ${info.name}`, of, asksHeader });
  };
  for (const info of applicationFunctions(interpreter))
    for (const { value } of info.decorators)
      for (const atom of value) {
        // Without parentheses the decorator itself is the method of an application or blueprint.
        if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute') continue;
        if (FOR_ALL.includes(atom.origin.name)) add(info, undefined);
        if (FOR_OWN.includes(atom.origin.name)) add(info, makers(atom.origin.of).length > 0 ? makers(atom.origin.of) : undefined);
      }
  for (const call of calls.named(...FOR_OWN, ...FOR_ALL))
    for (const atom of call.args.positional[0]?.value ?? [])
      if (atom.kind === 'function' || atom.kind === 'bound') {
        const of = makers(call.receiver);
        add(atom.info, FOR_ALL.includes(lastName(call)) || of.length === 0 ? undefined : of);
      }
  return hooks;
}

/** `auth.login_required` of Flask-HTTPAuth, which reads the header Authorization. https://flask-httpauth.readthedocs.io/ */
function isOfHttpAuth(atom: Atom): boolean {
  const call = callOf(atom);
  if (call) return call.names.some((name) => name.startsWith('flask_httpauth.'));
  if (atom.kind === 'symbol') return atom.name.startsWith('flask_httpauth.');
  return atom.kind === 'opaque' && atom.origin.via === 'attribute' && atom.origin.of.some(isOfHttpAuth);
}

/** A hook named for what it checks, which answers in place of the view: whom it lets through is not followed. */
function refusesByName({ name, node }: FunctionInfo): boolean {
  if (node.kind === 'lambda' || !/auth|login|permission|access/i.test(name)) return false;
  let refuses = false;
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'return' && one.value && !(one.value.kind === 'literal' && one.value.literal.type === 'none')) refuses = true;
      return !refuses;
    });
  return refuses;
}

/** A form of Flask-WTF checks its token when it is validated. https://flask-wtf.readthedocs.io/en/latest/csrf/ */
function validatesForm(view: View): boolean {
  const bodies = [...handlersOf(view).values(), ...(view.info ? [view.info] : [])];
  return bodies.some(({ node }) => {
    let found = false;
    if (node.kind === 'function')
      for (const statement of node.body)
        walk(statement, (one) => {
          if (one.kind === 'attribute' && one.name === 'validate_on_submit') found = true;
          return !found;
        });
    return found;
  });
}
