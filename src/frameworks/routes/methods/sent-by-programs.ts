import type { Site } from '../../../evaluate/values/value.ts';
import type { Decorator } from '../../../ir/nodes.ts';
import { around } from '../guards/staff-only.ts';

/** Methods that no link and no form sends, and whose answers no browser shows as a page. https://html.spec.whatwg.org/#form-submission-algorithm */
const OF_PROGRAMS = /^(?:put|patch|delete)$/i;

/** Whether a place stands in a view that answers such methods alone: `@app.delete("/files/<path:name>")`, the method `put()` of a view class. */
export function isSentByProgramsAlone({ module, node }: Site): boolean {
  const inner = around(module.unit.body, node);
  return inner.some((one, at) => {
    if (one.kind !== 'function') return false;
    if (inner[at - 1]?.kind === 'class' && OF_PROGRAMS.test(one.name)) return true;
    const methods = one.decorators.flatMap((decorator) => methodsOf(decorator) ?? []);
    return methods.length > 0 && methods.every((method) => OF_PROGRAMS.test(method));
  });
}

/** The methods that a decorator routes to a view; `undefined` where it is none that does. */
function methodsOf({ expression }: Decorator): readonly string[] | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute') return undefined;
  const { name } = expression.callee;
  if (/^(?:get|post|put|patch|delete)$/.test(name)) return [name];
  if (name !== 'route' && name !== 'api_route') return undefined;
  const given = expression.args.find((one) => one.name === 'methods')?.value;
  if (given?.kind !== 'list' && given?.kind !== 'tuple' && given?.kind !== 'set') return ['GET'];
  return given.elements.map((one) => (one.kind === 'literal' && one.literal.type === 'str' ? one.literal.value : '*'));
}
