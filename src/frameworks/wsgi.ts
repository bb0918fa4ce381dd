import type { FrameworkHooks } from '../evaluate/interpreter.ts';

/**
 * Applications without a framework: `environ` of a callable that takes `start_response` holds the request.
 * https://peps.python.org/pep-3333/#the-application-framework-side
 */
export function wsgiHooks(): FrameworkHooks {
  return {
    parameterType: () => undefined,
    attributeType: () => undefined,
    parameterSource: (info, name) =>
      (name === 'environ' || name === 'env') && info.node.params.some((parameter) => parameter.name === 'start_response')
        ? ['request']
        : undefined,
  };
}
