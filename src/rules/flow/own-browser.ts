import type { Interpreter } from '../../evaluate/interpreter.ts';
import { namesOf } from '../../evaluate/names.ts';
import type { Atom, Value } from '../../evaluate/value.ts';
import { isExempt } from '../../frameworks/routes/staff-only.ts';
import { isSetByClientAlone } from './entry-kinds.ts';
import type { HarmName } from './harms.ts';

/** Harms that somebody does to another, whose browser sends the request. */
export const BY_LINK: ReadonlySet<HarmName> = new Set(['html', 'redirect']);
/** What is sent with a form. Django lets none through that another site made. https://docs.djangoproject.com/en/stable/ref/csrf/ */
const SENT_BY_FORM: ReadonlySet<string> = new Set(['django.http.HttpRequest.POST', 'django.http.HttpRequest.FILES']);
/** Files of which whoever sends them chose the name. */
const FILES: ReadonlySet<string> = new Set([
  'django.http.HttpRequest.FILES',
  'werkzeug.wrappers.Request.files',
  'werkzeug.datastructures.FileStorage.filename',
  'starlette.datastructures.UploadFile.filename',
]);

/**
 * Whether nobody else can make a browser send it: no link does it, nor a form on another site. What of it comes back to that browser harms
 * nobody else. A redirect is told all the same where a form sent it: the page with the form most often took it from its own address.
 */
export function isOfOwnBrowser(interpreter: Interpreter, harm: HarmName, atom: Atom): boolean {
  if (!BY_LINK.has(harm)) return false;
  if (isSetByClientAlone(interpreter, atom)) return true;
  if (harm !== 'html' || atom.kind !== 'opaque') return false;
  const names = namesOf(interpreter, atom);
  if (names.some((name) => FILES.has(name))) return true;
  const isSent = names.some((name) => SENT_BY_FORM.has(name)) || isOfSentForm(interpreter, atom);
  return isSent && !isExempt(atom.origin.site);
}

/** `form.cleaned_data` of a form that was made with what a form sent: `ReviewForm(request.POST)`. */
function isOfSentForm(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute' || atom.origin.name !== 'cleaned_data') return false;
  const forms = atom.origin.of;
  return (
    forms.length > 0 && forms.every((form) => form.kind === 'object' && isMadeWith(interpreter, form.object.madeWith?.positional ?? []))
  );
}

function isMadeWith(interpreter: Interpreter, passed: readonly { readonly value: Value }[]): boolean {
  const [data] = passed;
  return data?.value.some((one) => namesOf(interpreter, one).some((name) => SENT_BY_FORM.has(name))) ?? false;
}
