import type { CallOrigin } from '../../../evaluate/values/value.ts';
import { lastPart } from '../values.ts';
import { type View, wrappersOf } from '../view.ts';

/**
 * A view as Flask knows it: the function as it was where the route stands. Decorators above the route wrap what nobody asks; those that exempt a
 * function from a check note its name and leave it as it is. https://flask.palletsprojects.com/en/stable/patterns/viewdecorators/
 */
export function asRegistered(view: View, route: CallOrigin): View {
  const { info } = view;
  const at = info?.decorators.findIndex(({ node }) => node.expression === route.site.node) ?? -1;
  if (!info || at < 1) return view;
  const above = wrappersOf(info, info.decorators.slice(0, at)).filter(({ name }) => lastPart(name) === 'exempt');
  return { ...view, wrappers: [...above, ...wrappersOf(info, info.decorators.slice(at + 1))] };
}
