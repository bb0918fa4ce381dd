import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { namesOf } from '../../../evaluate/names/names.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import type { HarmName } from '../harms.ts';
import { isSetByClientAlone } from './entry-kinds.ts';

/** Harms that somebody does to another, whose browser sends the request. */
export const BY_LINK: ReadonlySet<HarmName> = new Set(['html', 'redirect']);
/** Files that were sent, and their names: whoever sends one chose it on the own machine. */
const OF_FILES: ReadonlySet<string> = new Set([
  'django.http.HttpRequest.FILES',
  'django.core.files.uploadedfile.UploadedFile.name',
  'werkzeug.wrappers.Request.files',
  'werkzeug.datastructures.FileStorage.filename',
  'starlette.datastructures.UploadFile.filename',
]);

/** Whether neither a link nor a plain form on another site makes a browser send it: what of it comes back harms most often whoever sent it alone. */
export function isOfOwnBrowser(interpreter: Interpreter, harm: HarmName, atom: Atom): boolean {
  if (!BY_LINK.has(harm)) return false;
  return isSetByClientAlone(interpreter, atom) || namesOf(interpreter, atom).some((name) => OF_FILES.has(name));
}

/** A header that scripts of the own pages send, and methods that look for it. https://docs.djangoproject.com/en/stable/releases/3.1/#id2 */
const OF_SCRIPTS = /^(?:is_ajax|is_xhr|htmx|HTTP_X_REQUESTED_WITH|X-Requested-With|HTTP_HX_REQUEST|HX-Request)$/i;

/** Whether a page is given to scripts of the own pages alone, as a condition around it says: `if request.is_ajax():`. */
export function isGivenToScripts({ guards, outer }: Frame): boolean {
  return [...guards, ...outer].some(({ test, holds }) => {
    let isFound = false;
    const look = (node: Expr, isSo: boolean): void =>
      walk(node, (one) => {
        if (one.kind === 'unary' && one.op === 'not') {
          look(one.operand, !isSo);
          return false;
        }
        const name = one.kind === 'attribute' ? one.name : one.kind === 'literal' && one.literal.type === 'str' ? one.literal.value : '';
        if (isSo && OF_SCRIPTS.test(name)) isFound = true;
        return true;
      });
    look(test, holds);
    return isFound;
  });
}
