import { findInClass } from '../../../evaluate/classes/attributes.ts';
import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { libraryAncestors, namesOf } from '../../../evaluate/names/names.ts';
import { reachesSource } from '../../../evaluate/values/taint.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import { isTaking } from '../passing.ts';

/** What is only filled from the body of a request by POST. https://docs.djangoproject.com/en/stable/ref/request-response/#django.http.HttpRequest.POST */
const BODIES: ReadonlySet<string> = new Set(['django.http.HttpRequest.POST', 'django.http.HttpRequest.FILES']);
const VIEW = /^django\.views\.generic\.(?:base\.)?View$/;
const WITHOUT_BODY = /^(?:get|head|options)$/;

/** Whether a value is read of the body of a request that has none: `request.POST["next"]` where a class of views answers GET. */
export function isOfEmptyBody(interpreter: Interpreter, frame: Frame, atom: Atom): boolean {
  return isReadOfBody(interpreter, atom) && isAnsweringWithoutBody(interpreter, frame);
}

function isReadOfBody(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  const isRead = (one: Atom): boolean => isReadOfBody(interpreter, one);
  switch (origin.via) {
    case 'attribute':
      return namesOf(interpreter, atom).some((name) => BODIES.has(name));
    case 'item':
    case 'element':
    case 'checked':
      return origin.of.length > 0 && origin.of.every(isRead);
    case 'call': {
      const method = (origin.names[0] ?? '').split('.').at(-1) ?? '';
      const { receiver, args } = origin;
      if (!receiver || receiver.length === 0 || !isTaking(method) || !receiver.every(isRead)) return false;
      return ![...args.positional, ...args.keywords].some(({ value }) => reachesSource(interpreter, value));
    }
    default:
      return false;
  }
}

/** Whether what runs there was called, in the end, by the method that answers GET. */
function isAnsweringWithoutBody(interpreter: Interpreter, frame: Frame): boolean {
  let entry = frame;
  while (entry.caller) entry = entry.caller.frame;
  const { info } = entry;
  if (!info?.owner || !WITHOUT_BODY.test(info.name)) return false;
  // `post = get`
  const isPostToo = findInClass(info.owner, 'post', entry)?.value.some((atom) => atom.kind === 'function' && atom.info.node === info.node);
  return !isPostToo && libraryAncestors(interpreter, info.owner).some((name) => VIEW.test(name));
}
