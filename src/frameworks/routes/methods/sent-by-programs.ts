import type { Site } from '../../../evaluate/values/value.ts';
import type { Decorator, Stmt } from '../../../ir/nodes.ts';
import { around } from '../guards/staff-only.ts';

/** Methods that no link and no form sends, and whose answers no browser shows as a page. https://html.spec.whatwg.org/#form-submission-algorithm */
const OF_PROGRAMS = /^(?:put|patch|delete)$/i;

/** Whether a place stands in a view that answers such methods alone: `@app.delete("/files/<path:name>")`, the method `put()` of a view class. */
export function isSentByProgramsAlone({ module, node }: Site): boolean {
  const inner = around(module.unit.body, node);
  return inner.some((one, at) => {
    if (one.kind !== 'function') return false;
    if (inner[at - 1]?.kind === 'class' && OF_PROGRAMS.test(one.name)) return true;
    if (one.body.some(refusesForms)) return true;
    const methods = one.decorators.flatMap((decorator) => methodsOf(decorator) ?? []);
    return methods.length > 0 && methods.every((method) => OF_PROGRAMS.test(method));
  });
}

/**
 * `if request.content_type != "application/json": return HttpResponse(status=415)`: no form sends that.
 * https://html.spec.whatwg.org/#form-submission-algorithm
 */
function refusesForms(statement: Stmt): boolean {
  if (statement.kind !== 'if' || !/^(?:return|raise)$/.test(statement.then.at(-1)?.kind ?? '')) return false;
  const { test } = statement;
  if (test.kind === 'unary') return test.op === 'not' && test.operand.kind === 'attribute' && test.operand.name === 'is_json';
  if (test.kind !== 'compare' || test.rest.length !== 1) return false;
  const [only] = test.rest;
  const isAsked = test.first.kind === 'attribute' && /^(?:content_type|mimetype)$/.test(test.first.name);
  return (
    isAsked &&
    only?.op === '!=' &&
    only.right.kind === 'literal' &&
    only.right.literal.type === 'str' &&
    /json/.test(only.right.literal.value)
  );
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
