import type { CallExpr, Span, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { encloses } from '../../../util/encloses.ts';
import type { Flow } from '../flow.ts';
import { isWhereNothingWasFound } from './nothing-found.ts';

/** Functions that look at a text, show it or make another one of it, and refuse none. */
const NOT_ASKING =
  /^(?:str|repr|len|format|print|isinstance|hasattr|getattr|bool|dict|list|tuple|set|sorted|min|max|escape|quote|quote_plus|url_for|reverse|reverse_lazy|render|render_template|render_to_string|format_html|mark_safe|Markup|join|append|add|update|debug|info|warning|error|exception|log|get_logger|bind|gettext|_|ugettext|lower|upper|strip|title|capitalize|replace|HttpResponse|Response|make_response)$/;

/**
 * Whether a part of the URL was passed to something that may refuse it before it is used: `lesson = find_lesson(key)`. It names a row or a file, and
 * a view answers otherwise where there is none: what is left was chosen by the project most often. It is not what that other answer tells back.
 */
export function isLookedUpBefore({ source, points, kinds }: Flow, use: Span): boolean {
  if (kinds.length === 0 || !kinds.every((kind) => kind === 'segment')) return false;
  const { node, module } = source;
  if (!('name' in node) || typeof node.name !== 'string') return false;
  const { name } = node;
  const isOnWay = (call: CallExpr): boolean =>
    points.some(
      ({ site }) =>
        (site.module === module && encloses(site.node, call)) ||
        isInOther(site.module === module ? node : undefined, site.module.unit.body, calledName(call), site.node),
    );
  const body = functionAround(module.unit.body, node);
  let isFound = false;
  for (const statement of body) {
    if (statement.start >= use.start) break;
    walk(statement, (one) => {
      if (one.kind === 'expression' && one.value.kind === 'call' && !encloses(one, use)) return false;
      if (one.kind === 'call' && one.end <= use.start && isAsking(one, name) && !isOnWay(one) && !isWhereNothingWasFound(body, one, use))
        isFound = true;
      return !isFound;
    });
    if (isFound) return true;
  }
  return false;
}

/** The statements of the innermost function that has the parameter. */
function functionAround(body: readonly Stmt[], parameter: Span): readonly Stmt[] {
  let found: readonly Stmt[] = [];
  for (const statement of body)
    if (encloses(statement, parameter))
      walk(statement, (one) => {
        if (!encloses(one, parameter)) return false;
        if (one.kind === 'function' && one.params.some((param) => encloses(param, parameter))) found = one.body;
        return true;
      });
  return found;
}

/** Whether something lies in a function of that name, other than that of the parameter: what the value itself went through did not only ask about it. */
function isInOther(parameter: Span | undefined, body: readonly Stmt[], name: string, node: Span): boolean {
  let isFound = false;
  for (const statement of body)
    if (encloses(statement, node))
      walk(statement, (one) => {
        if (!encloses(one, node)) return false;
        if (one.kind === 'function' && one.name === name && !(parameter && encloses(one, parameter))) isFound = true;
        return !isFound;
      });
  return isFound;
}

function isAsking(call: CallExpr, name: string): boolean {
  return !NOT_ASKING.test(calledName(call)) && call.args.some(({ value }) => value.kind === 'name' && value.id === name);
}

function calledName({ callee }: CallExpr): string {
  return callee.kind === 'attribute' ? callee.name : callee.kind === 'name' ? callee.id : '';
}
