import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { namesOf } from '../../../evaluate/names/names.ts';
import { reachesSource, sourceKinds } from '../../../evaluate/values/taint.ts';
import { type Atom, type AttributeOrigin, NOTHING, type Value } from '../../../evaluate/values/value.ts';
import { isFileOfUpload } from '../atom-kinds.ts';
import { rowsOf } from '../calls.ts';
import { HARMS, type HarmName } from '../harms.ts';
import { CONVERTING, MESSAGE_PARTS } from '../passing.ts';

/** Why an attribute does no such harm, whatever its object holds; `undefined` where it may. */
export function reasonOfHarmlessAttribute(interpreter: Interpreter, harm: HarmName, origin: AttributeOrigin): string | undefined {
  const { name, of } = origin;
  const isOf = (test: (atom: Atom) => boolean): boolean => of.length > 0 && of.every(test);
  if (isDeclared(harm, name)) return 'its names are those that the class declares';
  if (harm === 'exposure' && !MESSAGE_PARTS.has(name)) return 'of an exception its text counts alone';
  if (isOf((atom) => isLookedUp(interpreter, atom))) return 'it is a part of what was looked up';
  if (isKeyOfRow(interpreter, origin)) return 'the database gave it this key';
  if (isPartOfChosenRow(interpreter, harm, origin)) return 'a field of the form chose the row that has it';
  if (harm === 'path' && name === 'name' && isOf(isFileOfUpload)) return 'the server names the temporary file of an upload';
  if (harm === 'path' && name === 'name' && isOf((atom) => isFileInBody(interpreter, atom)))
    return 'an upload is named without its folders';
  return undefined;
}

/**
 * `request.data["photo"]` that has a name: texts, numbers and what JSON holds have none, so an upload of Django, which keeps the last part of
 * the name that was sent. https://docs.djangoproject.com/en/stable/ref/files/uploads/#django.core.files.uploadedfile.UploadedFile.name
 */
function isFileInBody(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  if (origin.via === 'checked' || origin.via === 'element')
    return origin.of.length > 0 && origin.of.every((one) => isFileInBody(interpreter, one));
  const isGet = origin.via === 'call' && /\.get(?:list)?$/.test((origin.names[0] ?? '').replace(/\(\)$/, ''));
  const table = origin.via === 'item' ? origin.of : isGet ? origin.receiver : undefined;
  return table?.length !== 0 && (table?.every((one) => namesOf(interpreter, one).some((name) => BODIES.test(name))) ?? false);
}
const BODIES = /^rest_framework\.request\.Request\.(?:data|POST|FILES)$/;

/** What declares the fields of a form or the columns of a table that was made of something from outside. */
const DECLARED = /^(?:fields|base_fields|declared_fields|_meta|Meta|columns)$/;

/** `form.fields`: names that the class declares, whatever the form was filled with. */
function isDeclared(harm: HarmName, attribute: string): boolean {
  return HARMS[harm].names === true && DECLARED.test(attribute);
}

/** `authenticate(name, password)`: what a function that is not at hand finds has attributes of its own. */
function isLookedUp(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.type !== undefined || atom.origin.via !== 'call' || atom.origin.receiver) return false;
  const [name = ''] = atom.origin.names;
  const isKnown = name.startsWith('builtins.') || rowsOf(interpreter, atom.origin).length > 0;
  return !isKnown && !CONVERTING.test(name.split('.').at(-1) ?? '') && sourceKinds(interpreter, atom).length === 0;
}

/** `service.id` of what a call found or made by something: its key is the database's. What a call reads or converts has the key that was sent. */
function isKeyOfRow(interpreter: Interpreter, { name, of }: AttributeOrigin): boolean {
  return /^(?:id|pk)$/.test(name) && of.length > 0 && of.every((atom) => isFound(interpreter, atom));
}

/**
 * `form.cleaned_data["author"].folder`: texts and numbers have no such attributes, so what the field gave is a row that it chose by what was sent.
 * Files that were sent have their own; the address of one is made by the storage that has it, and leads there. https://docs.djangoproject.com/en/stable/ref/forms/fields/#modelchoicefield
 */
function isPartOfChosenRow(interpreter: Interpreter, harm: HarmName, { name, of }: AttributeOrigin): boolean {
  const isOfStorage = name === 'url' && (harm === 'redirect' || harm === 'ssrf');
  return (isOfStorage || !OF_UPLOADS.test(name)) && areAccepted(interpreter, of);
}
/** https://docs.djangoproject.com/en/stable/ref/files/uploads/#uploaded-files, and parts of a URL or date that a field made. */
const OF_UPLOADS =
  /^(?:name|size|content_type|content_type_extra|charset|file|image|temporary_file_path|url|path|netloc|hostname|scheme|query|value)$/;

/** `form.cleaned_data["author"]`, or one of those chosen. */
function isAccepted(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  switch (origin.via) {
    case 'item':
      return areAccepted(interpreter, origin.of, (one) => isCleanedData(one) || isAccepted(interpreter, one));
    case 'element':
    case 'checked':
      return areAccepted(interpreter, origin.of);
    case 'call':
      return /\.get$/.test(origin.names[0] ?? '') && areAccepted(interpreter, origin.receiver ?? NOTHING, isCleanedData);
    default:
      return false;
  }
}

/** Whether such is all that comes from outside: `form.cleaned_data["authors"] or Author.objects.all()`. */
function areAccepted(interpreter: Interpreter, value: Value, test = (atom: Atom) => isAccepted(interpreter, atom)): boolean {
  return value.some(test) && value.every((atom) => test(atom) || !reachesSource(interpreter, [atom]));
}

function isCleanedData(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  if (origin.via === 'checked') return origin.of.length > 0 && origin.of.every(isCleanedData);
  return origin.via === 'attribute' && origin.name === 'cleaned_data';
}

function isFound(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque' || sourceKinds(interpreter, atom).length > 0) return false;
  const { origin } = atom;
  if (origin.via === 'checked' || origin.via === 'element') return origin.of.every((one) => isFound(interpreter, one));
  const method = origin.via === 'call' ? (origin.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) : undefined;
  return method !== undefined && !CONVERTING.test(method) && !/valid/i.test(method);
}
