import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { instanceOfSuper } from '../../evaluate/calls/super-receiver.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { FrameworkHooks } from '../../evaluate/interpreter.ts';
import { type CallOrigin, NOTHING, type Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import { lastPart, makers } from './values.ts';

/** Calls that make routes, or say something of all routes of an application or blueprint. */
const REGISTERS = [
  'route',
  'add_url_rule',
  'add_resource',
  'resource',
  'add_namespace',
  'namespace',
  'register_blueprint',
  'before_request',
  'before_app_request',
  'register',
  'init_app',
  'exempt',
  'CSRFProtect',
  'CsrfProtect',
  'SeaSurf',
  'Flask',
  'Quart',
  'APIFlask',
  'Api',
  'Admin',
  'AppBuilder',
  'add_view',
  'add_views',
  'add_view_no_menu',
  'add_api',
] as const;
/** What projects have helpers and loops for. */
const HELPED = new Set(['add_url_rule', 'add_resource', 'register']);
const LOOPED = new Set([...HELPED, 'add_namespace', 'register_blueprint', 'add_view']);
const SHORT = ['get', 'post', 'put', 'patch', 'delete'];
/** A route decorator that is called by hand: `app.route("/")(view)`. */
const DECORATING: readonly string[] = ['route', ...SHORT].map((one) => `${one}()`);
/** Of these short names only methods of an application or blueprint are meant. */
const APPLICATION =
  /^(?:flask|quart|flask_smorest|flask_openapi3|apiflask|flask_restx|flask_restful)\.|^@(?:app|bp|blueprint|\w+_bp|\w*blueprint)\./;

/** `app.route("/")(view)`. */
export interface Decorating {
  readonly decorator: CallOrigin;
  readonly view: Value;
}

/** Remembers registrations while the project is evaluated: what they say is read when everything is known. */
export class RouteCalls implements FrameworkHooks {
  readonly observed: ReadonlySet<string> = new Set([...REGISTERS, ...SHORT, ...DECORATING]);
  readonly registering: ReadonlySet<string> = LOOPED;
  private readonly registrars = new Set<Span>();
  private readonly bySite = new Map<Span, CallOrigin[]>();
  /** Those that run because something of the project calls what they stand in. */
  private readonly called = new Set<CallOrigin>();

  parameterType(): undefined {
    return undefined;
  }
  parameterSource(): undefined {
    return undefined;
  }
  attributeType(): undefined {
    return undefined;
  }

  observesIn(info: FunctionInfo): boolean {
    return this.registrars.has(info.node);
  }

  observe(name: string, _: unknown, call: CallOrigin, inside: Frame): void {
    if (call.site.module.file.role === 'test' || isCalledByTests(inside)) return;
    if (SHORT.includes(lastPart(name)) && !APPLICATION.test(name)) return;
    if (inside.info && HELPED.has(lastPart(name))) this.registrars.add(inside.info.node);
    // `super().route(rule)` is about the blueprint whose method it stands in.
    const receiver = call.receiver && instanceOfSuper(inside, call.receiver);
    const made = receiver === call.receiver ? call : { ...call, receiver };
    if (inside.caller) this.called.add(made);
    const known = this.bySite.get(call.site.node);
    if (!known) this.bySite.set(call.site.node, [made]);
    else if (known.length < MAX_WAYS) known.push(made);
  }

  /** What is called at a place; without the look at it where nothing is known of the object or of what is passed, if there is a better one. */
  at(node: Span): readonly CallOrigin[] {
    const calls = this.bySite.get(node) ?? [];
    const known = calls.filter((call) => makers(call.receiver).length > 0);
    if (known.length > 0) return known;
    const called = calls.filter((call) => this.called.has(call));
    return called.length > 0 ? called : calls;
  }

  /** Route decorators that were called by hand, with what they were put around. */
  byHand(): readonly Decorating[] {
    return [...this.bySite.keys()].flatMap((node) =>
      this.at(node).flatMap(({ called, names, args }) =>
        called && /\w\(\)$/.test(names[0] ?? '') ? [{ decorator: called, view: args.positional[0]?.value ?? NOTHING }] : [],
      ),
    );
  }

  /** All calls of these names, in the order of their places' first evaluation. */
  named(...names: readonly string[]): readonly CallOrigin[] {
    return [...this.bySite.keys()].flatMap((node) => this.at(node).filter((call) => names.includes(lastPart(call.names[0] ?? ''))));
  }
}
/** A helper of the application that a test calls with an application of its own. */
function isCalledByTests(frame: Frame): boolean {
  for (let at = frame.caller?.frame; at; at = at.caller?.frame) if (at.state.module.file.role === 'test') return true;
  return false;
}

/** One place in a helper that registers the views of a whole project. */
const MAX_WAYS = 500;

/**
 * What a call made with a function's decorator: `@bp.route("/")` gives the call. A `route()` of the project's own calls that of Flask at one
 * place for all its views: what it gave here counts, not what it gave to others.
 */
export function decoratorCalls(calls: RouteCalls, decorators: FunctionInfo['decorators']): readonly CallOrigin[] {
  return decorators.flatMap(({ value }) =>
    value.flatMap((atom) => {
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
      const { origin } = atom;
      const known = calls.at(origin.site.node);
      const own = known.filter((call) => call.args === origin.args);
      return own.length > 0 ? own : known;
    }),
  );
}
