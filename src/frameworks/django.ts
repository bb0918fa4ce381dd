import { ancestors } from '../evaluate/class-info.ts';
import type { FunctionInfo } from '../evaluate/function-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';

const REQUEST = 'django.http.HttpRequest';
const DRF_REQUEST = 'rest_framework.request.Request';
/** Class names from whose instances `self.request` is a request, wherever they come from. */
const VIEW_LIKE = /(View|ViewSet|Mixin|APIView|Wizard|Consumer|Middleware)$/;

/**
 * What Django adds to the language: the first parameter called `request` of a function is the request, and so is `self.request` in views.
 * https://docs.djangoproject.com/en/stable/topics/http/views/, …/topics/class-based-views/
 * Only in projects that use Django: elsewhere the name says nothing.
 */
export function djangoHooks(usesDjango: boolean): FrameworkHooks {
  return {
    parameterType: (info, name, index) => (usesDjango && name === 'request' && index <= 1 ? requestOf(info) : undefined),
    parameterSource: () => undefined,
    attributeType: (names, name) => {
      if (!usesDjango || name !== 'request') return undefined;
      if (names.some((ancestor) => ancestor.startsWith('rest_framework.'))) return DRF_REQUEST;
      return names.some((ancestor) => VIEW_LIKE.test(ancestor)) ? REQUEST : undefined;
    },
  };
}

/** DRF hands its own request to API views. */
function requestOf(info: FunctionInfo): string {
  const inherited = info.owner
    ? ancestors(info.owner).some((ancestor) => ancestor.kind === 'library' && ancestor.name.startsWith('rest_framework.'))
    : false;
  const decorated = info.decorators.some((decorator) =>
    decorator.value.some(
      (atom) => atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names.includes('rest_framework.decorators.api_view'),
    ),
  );
  return inherited || decorated ? DRF_REQUEST : REQUEST;
}
