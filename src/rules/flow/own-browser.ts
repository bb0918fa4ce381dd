import type { Interpreter } from '../../evaluate/interpreter.ts';
import { namesOf } from '../../evaluate/names.ts';
import type { Atom } from '../../evaluate/value.ts';
import { isSetByClientAlone } from './entry-kinds.ts';
import type { HarmName } from './harms.ts';

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
