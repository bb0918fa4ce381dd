import { ancestors, type ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { LoginState } from '../route.ts';
import { classAttribute, elementsOf, lastPart } from '../values.ts';
import {
  BEFORE_HANDLERS,
  handlersOf,
  isAroundAll,
  libraryBases,
  methodOf,
  type View,
  type Wrapper,
  wrapperOf,
  wrappersOf,
} from '../view.ts';
import { type Guard, isGuardMixin } from './guard-names.ts';
import { guardInBody } from './guards-in-body.ts';
import { guardOfWrapper } from './guards-of-wrappers.ts';

/**
 * What a view itself asks of who calls it (by one method): its decorators, its classes, its body. What stands around it is for the framework
 * to say.
 */
export function loginOfView(interpreter: Interpreter, view: View, method?: string): LoginState {
  return byDecorator(view) ?? byClass(interpreter, view) ?? byBody(interpreter, view, method) ?? unguarded(view);
}

/** Libraries guard some of their own views; what the others ask for is not known. */
function unguarded(view: View): LoginState {
  return view.place ? { state: 'none', by: '' } : { state: 'unknown', by: 'not in the project' };
}

function byDecorator(view: View): LoginState | undefined {
  for (const wrapper of view.wrappers) {
    const guard = guardOfWrapper(wrapper);
    if (guard) return { state: guard, by: `@${lastPart(wrapper.name)}` };
  }
  return undefined;
}

function byClass(interpreter: Interpreter, view: View): LoginState | undefined {
  const { owner } = view;
  if (!owner) return undefined;
  const mixin = libraryBases(owner).find(isGuardMixin);
  if (mixin !== undefined) return { state: 'required', by: lastPart(mixin) };
  for (const wrapper of classWrappers(owner).filter(isAroundAll)) {
    const guard = guardOfWrapper(wrapper);
    if (guard) return { state: guard, by: `@${lastPart(wrapper.name)}` };
  }
  for (const wrapper of listedWrappers(owner)) {
    const guard = guardOfWrapper(wrapper);
    if (guard) return { state: guard, by: `@${lastPart(wrapper.name)}` };
  }
  for (const name of BEFORE_HANDLERS) {
    const method = methodOf(owner, name);
    if (!method) continue;
    for (const wrapper of wrappersOf(method)) {
      const guard = guardOfWrapper(wrapper);
      if (guard) return { state: guard, by: `@${lastPart(wrapper.name)}` };
    }
    const guard = guardInBody(interpreter, method);
    if (guard) return { state: guard.guard, by: `checked in ${name}()` };
  }
  return undefined;
}

/** The decorators of a class and of those that it extends. */
function classWrappers(owner: ClassInfo): readonly Wrapper[] {
  return ancestors(owner).flatMap((one) => (one.kind === 'class' ? one.info.decorators.flatMap(({ value }) => wrapperOf(value)) : []));
}

/**
 * Flask's views, Flask-RESTful's resources and Coaster's class views list decorators.
 * https://flask.palletsprojects.com/en/stable/views/#view-decorators
 */
export function listedWrappers(owner: ClassInfo): readonly Wrapper[] {
  return ['decorators', 'method_decorators', '__decorators__'].flatMap((name) =>
    elementsOf(classAttribute(owner, name))
      // `method_decorators = {"patch": [needs_key]}`
      .flatMap((element) => (element.some(({ kind }) => kind === 'container') ? elementsOf(element) : [element]))
      .flatMap((element) => wrapperOf(element)),
  );
}

/** Each handler of a class, or the function itself. */
function byBody(interpreter: Interpreter, view: View, method: string | undefined): LoginState | undefined {
  const handlers = [...(view.info ? [] : handlersOf(view))].filter(([verb]) => method === undefined || verb === method);
  // `@method_decorator(login_required, name="post")` above the class
  const named = view.owner ? classWrappers(view.owner).filter((one) => !isAroundAll(one) && guardOfWrapper(one)) : [];
  if (handlers.length === 0) {
    const inherited = named.find(({ on }) => method === undefined || on === method.toLowerCase());
    if (inherited) return { state: 'required', by: `@${lastPart(inherited.name)}` };
    const own = view.info && guardInBody(interpreter, view.info);
    return own && { state: own.guard, by: own.by };
  }
  const guards = handlers.map(([verb, handler]) => {
    const wrapper = [...wrappersOf(handler), ...named.filter(({ on }) => on === handler.name)].find((one) => guardOfWrapper(one));
    if (wrapper) return { verb, guard: 'required' as Guard, by: `@${lastPart(wrapper.name)}` };
    const body = guardInBody(interpreter, handler);
    return { verb, guard: body?.guard, by: body?.by ?? '' };
  });
  const met = guards.filter(({ guard }) => guard !== undefined);
  const [first] = met;
  if (!first) return undefined;
  const all = guards.every(({ guard }) => guard === 'required');
  return all ? { state: 'required', by: first.by } : { state: 'partly', by: `${first.by} (${met.map(({ verb }) => verb).join(', ')})` };
}
