import type { HarmName } from '../harms.ts';

/** Types of which nothing is left that could be text of somebody's choice. */
export const NUMERIC_TYPES: ReadonlySet<string> = new Set([
  'int',
  'float',
  'complex',
  'bool',
  'Decimal',
  'Fraction',
  'UUID',
  'date',
  'datetime',
  'Integral',
  'Number',
]);
const TEXTS = new Set(['str', 'bytes']);
/** Classes that all errors of programs have above them. https://docs.python.org/3/library/exceptions.html#exception-hierarchy */
const EXCEPTIONS = new Set(['Exception', 'BaseException']);

/** What is sent as a file is opened as it is: no name chooses another one. `file.filename` is something else. */
const FILES = new Set(['FileStorage', 'UploadedFile', 'InMemoryUploadedFile', 'TemporaryUploadedFile', 'UploadFile', 'IOBase', 'BytesIO']);

/** Whether it makes a value harmless that `isinstance` says it is (`holds`), or is not, of one of these types; `isItself`: it was asked of the value as it is. */
export function isHarmlessByType(harm: HarmName, types: readonly string[], holds: boolean, isItself: boolean): boolean {
  // What was sent and is no text names no file: it is an upload, a number or a list.
  if (!holds && harm === 'path' && isItself && types.includes('str')) return true;
  // `if isinstance(chunk, Exception): raise chunk`: what goes on is none.
  if (!holds) return harm === 'exposure' && isItself && types.some((type) => EXCEPTIONS.has(type));
  if (types.length === 0) return false;
  if (types.every((type) => NUMERIC_TYPES.has(type))) return true;
  if (harm === 'exposure') return isItself && types.every((type) => TEXTS.has(type));
  if (harm === 'path') return isItself && types.every((type) => FILES.has(type));
  return harm === 'nosql' && types.every((type) => TEXTS.has(type) || NUMERIC_TYPES.has(type));
}
