import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';

/**
 * Methods of class-based views that run before the one that answers, or hand on to it.
 * https://flask.palletsprojects.com/en/stable/api/#flask.views.View.dispatch_request,
 * https://docs.djangoproject.com/en/stable/ref/class-based-views/base/#django.views.generic.base.View.dispatch,
 * https://www.django-rest-framework.org/api-guide/views/#dispatch-methods, https://www.tornadoweb.org/en/stable/web.html#tornado.web.RequestHandler.prepare
 */
const FIRST = new Set(['dispatch', 'dispatch_request', 'setup', 'initial', 'prepare']);
const ANSWERS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'list', 'create', 'retrieve', 'update', 'destroy']);
const VIEWS = /^(?:flask\.views\.|django\.views\.|rest_framework\.|tornado\.web\.RequestHandler$)/;

/** What such a method makes sure of holds in the methods of its class that answer, and of those that inherit from it. */
export function classViewHooks(): FrameworkHooks {
  return {
    attributeType: () => undefined,
    parameterType: () => undefined,
    parameterSource: () => undefined,
    isCalledFirst: (info) => FIRST.has(info.name) && isOfView(info),
    isCalledBefore: (first, view) =>
      ANSWERS.has(view.name) && (view.owner ? ancestors(view.owner) : []).some((one) => one.kind === 'class' && one.info === first.owner),
  };
}

function isOfView({ owner }: FunctionInfo): boolean {
  return owner !== undefined && ancestors(owner).some((one) => one.kind === 'library' && VIEWS.test(one.name));
}
