import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import type { Atom, ContainerAtom, Value } from '../../../evaluate/values/value.ts';

/** Operators whose operand is a value, or names one: a document there is compared or stored, not run. https://www.mongodb.com/docs/manual/reference/operator/query/ */
const TAKING_VALUES =
  /^s:\$(?:eq|ne|gte?|lte?|n?in|all|size|type|exists|mod|regex|options|text|search|near|nearSphere|geometry|maxDistance|set|setOnInsert|inc|mul|min|max|push|addToSet|pull|unset|rename|each|limit|skip|sort)$/;

/** Methods of text whose results are text. https://docs.python.org/3/library/stdtypes.html#string-methods */
const GIVING_TEXT =
  /^(?:l?r?strip|lower|upper|casefold|title|capitalize|swapcase|encode|decode|format|replace|removeprefix|removesuffix|zfill|ljust|rjust|center|translate|join|isoformat)$/;

/** What of a query document could be an operator: values of its fields, the documents that `$and` and the like join, and keys. */
export function queryParts(atom: ContainerAtom): Value {
  if (atom.form !== 'dict') return atom.object.everything(ROOT_BRANCH);
  const values = [...atom.object.keyNames()]
    .filter((slot) => !TAKING_VALUES.test(slot))
    .flatMap((slot) => atom.object.read(slot, ROOT_BRANCH) ?? []);
  return [...values, ...atom.object.rest, ...atom.object.keys];
}

/** A string can be no operator: only JSON and the like give documents. */
export function isPlainText(atom: Atom): boolean {
  if (atom.kind === 'text') return atom.origin.via !== 'checked';
  return atom.kind === 'opaque' && (atom.type === 'builtins.str' || atom.type === 'builtins.bytes');
}

export function givesText(method: string): boolean {
  return GIVING_TEXT.test(method);
}
