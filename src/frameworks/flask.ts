import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import { type Atom, NOTHING, type Value } from '../evaluate/values/value.ts';
import type { Decorator, Span } from '../ir/nodes.ts';
import type { Module } from '../semantics/module.ts';
import { convertersOf } from './flask-converters.ts';
import { passed, RouteTable, texts } from './route-table.ts';
import { pathTexts } from './routes/values.ts';
import { anglePatterns, isClean, kindsOf, type OwnConverter, typeOfPart, type UrlParameter } from './url-rule.ts';
import { sentArgument } from './webargs.ts';

const ROUTE_DECORATORS = new Set(['route', 'get', 'post', 'put', 'delete', 'patch', 'expose']);
/** A route decorator that is called by hand: `app.route("/")(view)`. */
const DECORATING = /\.route\(\)$|^(?:flask|quart)\.\w+\.(?:get|post|put|delete|patch)\(\)$/;
const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'dispatch_request']);
const VIEW_CLASSES = /^(?:flask\.views\.|flask_restful\.|flask_restx\.|flask_classful\.|flask_smorest\.|flask_appbuilder\.|quart\.views\.)/;

/**
 * What Flask and its extensions add to the language: URL parameters of views.
 * https://flask.palletsprojects.com/en/stable/quickstart/#variable-rules
 */
export function flaskHooks(modules: readonly Module[]): FrameworkHooks {
  const routes = new RouteTable();
  /** Functions that a call registers to be called before views: `app.before_request(check)`. */
  const registered = new Map<Span, Value | 'all'>();
  /** Errors that a call registers a function for: `app.register_error_handler(NotFound, tell)`. */
  const handlers = new Map<Span, Value>();
  let own: ReadonlyMap<string, OwnConverter> | undefined;
  const parametersOf: Parameters = (rule) => {
    if (IN_LIBRARY.test(rule)) return anglePatterns(rule);
    own ??= convertersOf(modules);
    return anglePatterns(rule, own);
  };
  return {
    parameterType: (info, name, index) =>
      (index === 0 && !info.owner ? handledError(info) : undefined) ??
      typeOfPart(decoratedParameter(info, name, parametersOf) ?? routes.known(info, name)),
    handledErrors: (info, index) => (index > 0 || info.owner ? NOTHING : [...handledBy(info), ...(handlers.get(info.node) ?? NOTHING)]),
    attributeType: () => undefined,
    parameterSource: (info, name) =>
      sentArgument(info, name) ??
      kindsOf(decoratedParameter(info, name, parametersOf) ?? routes.parameter(info, name) ?? methodParameter(info, name)),
    isHarmlessPart: (info, name) => isClean(decoratedParameter(info, name, parametersOf) ?? routes.parameter(info, name)),
    urlParameters: (info) => [...routes.names(info), ...rulesOf(info).flatMap((rule) => [...parametersOf(rule).keys()])],
    isRouted: (info) => routes.has(info) || handlers.has(info.node),
    askedTooEarly: (info) => routes.askedTooEarly(info),
    isCalledFirst: (info) => (firstOf(info) ?? registered.get(info.node)) !== undefined,
    isCalledBefore: (first, view) => {
      const of = firstOf(first) ?? registered.get(first.node);
      if (of === 'all') return routes.has(view) || rulesOf(view).length > 0;
      return (
        of !== undefined && view.decorators.some(({ value }) => value.some((atom) => receiverOf(atom).some((one) => of.includes(one))))
      );
    },
    observed: new Set([
      ...[...ROUTE_DECORATORS].map((one) => `${one}()`),
      'add_url_rule',
      'add_resource',
      'before_request',
      'before_app_request',
      'register_error_handler',
    ]),
    observe: (name, args, { receiver, called }) => {
      if (called && DECORATING.test(name)) {
        const decorated = args.positional[0]?.value;
        if (decorated)
          for (const rule of called.args.positional.slice(0, 1).flatMap((one) => texts(one.value)))
            routes.add(decorated, parametersOf(rule));
        return;
      }
      if (name.endsWith('.register_error_handler')) {
        for (const atom of passed(args, 1, 'f') ?? NOTHING)
          if (atom.kind === 'function') handlers.set(atom.info.node, passed(args, 0, 'code_or_exception') ?? NOTHING);
        return;
      }
      const first = scopeOf(name.slice(name.lastIndexOf('.') + 1), receiver ?? NOTHING);
      if (first) {
        for (const atom of args.positional[0]?.value ?? NOTHING) if (atom.kind === 'function') registered.set(atom.info.node, first);
        return;
      }
      const isResource = name.endsWith('.add_resource');
      const view = isResource ? args.positional[0]?.value : passed(args, 2, 'view_func');
      const rules = isResource ? args.positional.slice(1).flatMap((one) => texts(one.value)) : rulesWritten(passed(args, 0, 'rule'));
      if (view) for (const rule of rules) routes.add(view, parametersOf(rule));
    },
  };
}

/** A view answers whatever its rule is: `app.add_url_rule(f"/{name}", name, view)`. */
function rulesWritten(rule: Value | undefined): readonly string[] {
  const known = texts(rule);
  return known.length > 0 ? known : pathTexts(rule);
}

/** The parameters of a rule. */
type Parameters = (rule: string) => ReadonlyMap<string, UrlParameter>;
/** A rule without converters of the project: `/u/<name>/<int:page>`. */
const IN_LIBRARY = /^(?:[^<]|<(?:(?:string|int|float|path|uuid|any)(?:\([^>]*\))?:)?\w+>)*$/;

/** The blueprint before whose views a function is called, or all. https://flask.palletsprojects.com/en/stable/api/#flask.Flask.before_request */
function firstOf({ decorators, owner }: FunctionInfo): Value | 'all' | undefined {
  if (owner) return undefined;
  for (const { value } of decorators)
    for (const atom of value) {
      if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute') continue;
      const { name, of } = atom.origin;
      const scope = scopeOf(name, of);
      if (scope) return scope;
    }
  return undefined;
}

/** Before which views a function is called that is registered so. */
function scopeOf(name: string, of: Value): Value | 'all' | undefined {
  if (name === 'before_app_request') return 'all';
  if (name === 'before_request') return of.every((one) => one.kind === 'opaque' && one.type === 'flask.Blueprint') ? of : 'all';
  return undefined;
}

/** What a decorator is a method of: `bp` of `@bp.get("/")`. */
function receiverOf(atom: Atom): Value {
  return atom.kind === 'opaque' && atom.origin.via === 'call' ? (atom.origin.receiver ?? NOTHING) : NOTHING;
}

/** The parameter by the rules of the function's own route decorators, or of those of its class. */
function decoratedParameter(info: FunctionInfo, name: string, parametersOf: Parameters): UrlParameter | undefined {
  for (const rule of rulesOf(info)) {
    const parameter = parametersOf(rule).get(name);
    if (parameter !== undefined) return parameter;
  }
  return undefined;
}

/** The rules in the route decorators of a function, or of its class. */
function rulesOf(info: FunctionInfo): readonly string[] {
  return [...info.decorators, ...(info.owner?.decorators ?? [])].flatMap(({ value, node }) =>
    value.flatMap((atom) => {
      // What a decorator of the project's own made of the rule that it was called with: `@PluginView.route("/logs/<path:name>")`.
      if (atom.kind === 'function') return ownRule(node);
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
      const called = (atom.origin.names[0] ?? '').split('.').at(-1) ?? '';
      return ROUTE_DECORATORS.has(called) ? atom.origin.args.positional.flatMap((one) => texts(one.value)) : [];
    }),
  );
}

function ownRule({ expression: expr }: Decorator): readonly string[] {
  if (expr.kind !== 'call' || expr.callee.kind !== 'attribute' || !/^(?:route|expose)$/.test(expr.callee.name)) return [];
  const [rule] = expr.args;
  return rule?.value.kind === 'literal' && rule.value.literal.type === 'str' ? [rule.value.literal.value] : [];
}

/** What a function decorated with `errorhandler(SomeError)` is called with. */
function handledError(info: FunctionInfo): string | undefined {
  const [only] = handledBy(info);
  if (only?.kind === 'symbol') return only.name;
  if (only?.kind !== 'constant' || only.literal.type !== 'int') return undefined;
  // For a status the error is always one of HTTP, with a text for the client; that of 500 keeps what went wrong. https://flask.palletsprojects.com/en/stable/errorhandling/
  return Number(only.literal.value) === 500 ? 'werkzeug.exceptions.InternalServerError' : 'werkzeug.exceptions.HTTPException';
}

/** The errors, or status, that a function is decorated to handle. */
function handledBy({ decorators }: FunctionInfo): Value {
  return decorators.flatMap(({ value }) =>
    value.flatMap((atom) =>
      atom.kind === 'opaque' && atom.origin.via === 'call' && /(?:^|\.)(?:app_)?errorhandler$/.test(atom.origin.names[0] ?? '')
        ? (atom.origin.args.positional[0]?.value ?? NOTHING)
        : NOTHING,
    ),
  );
}

/** A method of a view class whose routes are not seen: its parameters are what the URL says, most often one segment. */
function methodParameter(info: FunctionInfo, name: string): UrlParameter | undefined {
  if (!info.owner || !VERBS.has(info.name) || info.node.params[0]?.name === name) return undefined;
  // What the URL says is passed by name: `*args` is always empty.
  if (info.node.params.some((one) => one.form === 'rest' && one.name === name)) return undefined;
  const isView = ancestors(info.owner).some((ancestor) => ancestor.kind === 'library' && VIEW_CLASSES.test(ancestor.name));
  // The rules are there, and none of them names it: some other decorator passes it.
  if (isView && rulesOf(info).length > 0) return undefined;
  return isView && !/(^|_)(id|pk|page|year|month|day|num|number|index|size|limit|offset)$/.test(name) ? 'segment' : undefined;
}
