import type { Atom, Site } from '../../evaluate/values/value.ts';
import { acceptedParameter } from '../../frameworks/accepted-parameter.ts';
import { holdsDeclaredNames } from '../../frameworks/webargs.ts';

const COLLECTIONS = new Set(['builtins.list', 'builtins.tuple', 'builtins.set', 'builtins.frozenset', 'builtins.dict']);

/** The text of a collection shows what is in it as `repr` does, line breaks as `\\n`. https://docs.python.org/3/library/stdtypes.html#str */
export function isShownQuoted(atom: Atom): boolean {
  return atom.kind === 'container' || (atom.kind === 'opaque' && atom.type !== undefined && COLLECTIONS.has(atom.type));
}

/** `upload.file`: the temporary file that holds what was sent. https://docs.djangoproject.com/en/stable/ref/files/file/#django.core.files.File.file */
export function isFileOfUpload(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  return origin.via === 'checked' ? origin.of.every(isFileOfUpload) : origin.via === 'attribute' && origin.name === 'file';
}

/**
 * `form["archive"].file`: no text has such an attribute, so what was picked is an upload, and this the open file that holds its content.
 * https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.FileField
 */
export function isFileOfPicked(atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute' || !/^(?:file|stream)$/.test(atom.origin.name)) return false;
  return atom.origin.of.length > 0 && atom.origin.of.every(isPicked);
}

/** An item, an element of a list, or what `get`, `getone` or `getall` of a mapping gives. */
function isPicked(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  if (origin.via === 'checked') return origin.of.length > 0 && origin.of.every(isPicked);
  if (origin.via === 'item' || origin.via === 'element') return true;
  return origin.via === 'call' && origin.receiver !== undefined && /\.get(?:one|all)?(?:\(\))?$/.test(origin.names[0] ?? '');
}

export function isAttribute(atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.origin.via === 'attribute';
}

/**
 * `validate(self, attrs)`, `create(self, validated_data)` of a serializer, and what a schema accepted for a view, have the names of declared
 * fields and no others. https://www.django-rest-framework.org/api-guide/serializers/#saving-instances
 */
export function hasDeclaredNames(atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'parameter') return false;
  const { info, name } = atom.origin;
  return acceptedParameter(info) === name || holdsDeclaredNames(info, name);
}

export function siteOf(atom: Atom): Site | undefined {
  return atom.kind === 'opaque' || atom.kind === 'text' || atom.kind === 'environment' ? atom.origin.site : undefined;
}
