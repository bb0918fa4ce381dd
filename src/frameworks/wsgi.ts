import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';

/**
 * Applications without a framework: `environ` of a callable that takes `start_response` holds the request.
 * https://peps.python.org/pep-3333/#the-application-framework-side
 * Werkzeug makes one of a function that takes its request. https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Request.application
 */
export function wsgiHooks(): FrameworkHooks {
  return {
    parameterType: (info, _, index) => (index === (info.owner ? 1 : 0) && isApplication(info) ? 'werkzeug.wrappers.Request' : undefined),
    attributeType: () => undefined,
    parameterSource: (info, name) =>
      (name === 'environ' || name === 'env') && info.node.params.some((parameter) => parameter.name === 'start_response')
        ? ['request']
        : undefined,
  };
}

/** `@Request.application`, also of the project's own class of requests. */
function isApplication(info: FunctionInfo): boolean {
  return info.decorators.some(({ value }) =>
    value.some(
      (atom) =>
        (atom.kind === 'symbol' && /^werkzeug\..*Request\.application$/.test(atom.name)) ||
        (atom.kind === 'opaque' &&
          atom.origin.via === 'attribute' &&
          atom.origin.name === 'application' &&
          atom.origin.of.some((one) => one.kind === 'class')),
    ),
  );
}
