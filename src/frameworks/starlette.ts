import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import type { ClassInfo } from '../evaluate/classes/class-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import { NOTHING, type Value } from '../evaluate/values/value.ts';
import type { Decorator } from '../ir/nodes.ts';
import { passed, texts } from './route-table.ts';
import { bracePatterns, kindsOf, partOf } from './url-rule.ts';

const OPERATIONS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'api_route', 'websocket', 'route']);

/**
 * What FastAPI and Starlette add: parameters of path operations come from the request, but for those that a dependency gives.
 * https://fastapi.tiangolo.com/tutorial/path-params/, …/query-params/, …/body/
 * Django Ninja does the same behind the request of Django. https://django-ninja.dev/guides/input/query-params/
 */
export function starletteHooks(): FrameworkHooks {
  const dependencies = new Set<FunctionInfo | ClassInfo>();
  const handled = new Map<FunctionInfo, Value>();
  return {
    observed: new Set(['Depends', 'Security', 'add_exception_handler']),
    observe: (name, args) => {
      if (name.endsWith('.add_exception_handler')) {
        const [kind, handler] = [passed(args, 0, 'exc_class_or_status_code') ?? NOTHING, passed(args, 1, 'handler') ?? NOTHING];
        for (const atom of handler) if (atom.kind === 'function') handled.set(atom.info, [...(handled.get(atom.info) ?? NOTHING), ...kind]);
      } else if (name.startsWith('fastapi.'))
        for (const atom of passed(args, 0, 'dependency') ?? NOTHING)
          if (atom.kind === 'function' || atom.kind === 'class') dependencies.add(atom.info);
    },
    provider: (_info, _name, marks, annotated) =>
      marks.flatMap((atom) => {
        if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || !/^fastapi\..*(?:Depends|Security)$/.test(atom.origin.names[0] ?? ''))
          return [];
        const dependency = passed(atom.origin.args, 0, 'dependency');
        if (dependency) return dependency;
        // `Depends()` alone means the class of the annotation. https://fastapi.tiangolo.com/tutorial/dependencies/classes-as-dependencies/#shortcut
        return (annotated ?? NOTHING).flatMap((one): Value => {
          if (one.kind !== 'object') return NOTHING;
          dependencies.add(one.info);
          return [{ kind: 'class', info: one.info }];
        });
      }),
    // A handler is called with the request and the error. https://starlette.dev/exceptions/
    parameterType: (info, _, index) => (index === 1 ? errorType([...(handled.get(info) ?? NOTHING), ...decoratedErrors(info)]) : undefined),
    handledErrors: (info, index) => (index === 1 ? [...(handled.get(info) ?? NOTHING), ...decoratedErrors(info)] : NOTHING),
    attributeType: () => undefined,
    handedPart: (info, name) =>
      partOf(
        operationRules(info)
          .map((rule) => bracePatterns(rule).get(name))
          .find((one) => one !== undefined),
      ),
    parameterSource: (info, name) => {
      const isDependency = dependencies.has(info) || (info.name === '__init__' && info.owner && dependencies.has(info.owner));
      const rules = isDependency ? [''] : operationRules(info);
      if (rules.length === 0 || isInjected(info, name)) return undefined;
      for (const rule of rules) {
        const parameter = bracePatterns(rule).get(name);
        if (parameter !== undefined) return kindsOf(parameter);
      }
      return isBody(info, name) ? ['request', 'json'] : ['request'];
    },
  };
}

/** What a function decorated with `exception_handler(SomeError)` is called with. */
function decoratedErrors({ decorators }: FunctionInfo): Value {
  return decorators.flatMap(({ value }) =>
    value.flatMap((atom) =>
      atom.kind === 'opaque' && atom.origin.via === 'call' && /\.exception_handler$/.test(atom.origin.names[0] ?? '')
        ? (passed(atom.origin.args, 0, 'exc_class_or_status_code') ?? NOTHING)
        : NOTHING,
    ),
  );
}

/** The type of what is handled, where it is one; for a status other than 500 it is always an error of HTTP, with a text for the client. */
function errorType([only, ...others]: Value): string | undefined {
  if (!only || others.length > 0) return undefined;
  if (only.kind === 'class') return only.info.qualifiedName;
  if (only.kind === 'symbol') return only.name;
  const status = only.kind === 'constant' && only.literal.type === 'int' ? Number(only.literal.value) : 500;
  return status === 500 ? undefined : 'starlette.exceptions.HTTPException';
}

/** The paths of the operations that a function is, by its decorators. */
function operationRules(info: FunctionInfo): readonly string[] {
  return info.decorators.flatMap(({ value, node }) =>
    value.flatMap((atom) => {
      if (atom.kind === 'function') return passedOperation(node);
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
      // A router may be of a class of the project that descends from the library's.
      const isOperation = atom.origin.names.some(
        (name) => /^(?:fastapi|starlette|ninja)\./.test(name) && OPERATIONS.has(name.split('.').at(-1) ?? ''),
      );
      return isOperation ? ['', ...texts(atom.origin.args.positional[0]?.value)] : [];
    }),
  );
}

/** A decorator of the project's own that is told the operation to make: `@protected_route(router.post, "/{id}/files", [Scope.WRITE])`. */
function passedOperation({ expression: expr }: Decorator): readonly string[] {
  if (expr.kind !== 'call') return [];
  const isOperation = expr.args.some(
    ({ value }) =>
      value.kind === 'attribute' &&
      OPERATIONS.has(value.name) &&
      value.object.kind === 'name' &&
      /(?:router|app|api)$/i.test(value.object.id),
  );
  if (!isOperation) return [];
  return ['', ...expr.args.flatMap(({ value }) => (value.kind === 'literal' && value.literal.type === 'str' ? [value.literal.value] : []))];
}

/** What FastAPI passes itself: dependencies, the request, background tasks; types that it has checked are judged by their annotation. */
function isInjected(info: FunctionInfo, name: string): boolean {
  const parameter = info.node.params.find((one) => one.name === name);
  if (!parameter || (name === 'request' && !parameter.annotation)) return true;
  const text = info.module.text.slice(parameter.start, parameter.end);
  return /\b(?:Depends|Security|Request|Response|BackgroundTasks|WebSocket|HTTPConnection|SecurityScopes)\b/.test(text);
}

/** Parameters that FastAPI reads from a JSON body: they can be more than texts. https://fastapi.tiangolo.com/tutorial/body/ */
function isBody(info: FunctionInfo, name: string): boolean {
  const parameter = info.node.params.find((one) => one.name === name);
  const text = parameter && info.module.text.slice(parameter.start, parameter.end);
  return (
    text !== undefined && (/\bBody\(/.test(text) || /:\s*(?:dict|Dict|Any|Mapping|list\[(?:dict|Any)|List\[(?:Dict|Any))\b/.test(text))
  );
}
