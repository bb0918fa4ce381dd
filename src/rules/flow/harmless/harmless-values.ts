import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { namesOf } from '../../../evaluate/names/names.ts';
import { isContainer } from '../../../evaluate/values/container.ts';
import { sourceKinds } from '../../../evaluate/values/taint.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { hasDeclaredNames, isAttribute, isFileOfPicked, isShownQuoted } from '../atom-kinds.ts';
import { cleansHarm, isHarmlessType, isTurnedBack } from '../calls.ts';
import { isWithoutSeparator } from '../checks/extension.ts';
import { isFromHarmlessField } from '../checks/form-fields.ts';
import { HARMS, type HarmName } from '../harms.ts';
import type { Passed } from '../passed.ts';
import { PLAIN } from '../passing.ts';
import { isTurnedBackOf } from './brought-back.ts';
import { headerOf } from './entry-kinds.ts';
import { areKeysTaken } from './inside-of.ts';
import { isOfReadingAlone } from './parse-errors.ts';
import { isPlainText } from './query-document.ts';

interface Question {
  readonly interpreter: Interpreter;
  readonly harm: HarmName;
  readonly frame: Frame;
  readonly isLink?: boolean;
}

/** Whether what is used there is no such thing itself: an open file is no path, though its name could become one; a dict is no name of a template. */
export function isHarmlessItself({ interpreter, harm }: Question, atom: Atom): boolean {
  if (harm === 'log') return isShownQuoted(atom);
  // The context, where an older signature has the name of the template. https://starlette.dev/templates/
  if (harm === 'template-name') return isContainer(atom, 'dict') || (atom.kind === 'opaque' && atom.type === 'builtins.dict');
  return harm === 'path' && (isFile(interpreter, atom) || isContent(interpreter, atom));
}

/** `upload.read()`: bytes that a file gave are what is in it, while other bytes may well be a path: `open(b64decode(name))`. */
function isContent(interpreter: Interpreter, atom: Atom): boolean {
  const areBytes = atom.kind === 'text' ? atom.bytes : atom.kind === 'opaque' && atom.type === 'builtins.bytes';
  if (!areBytes || (atom.kind !== 'text' && atom.kind !== 'opaque') || atom.origin.via !== 'call') return false;
  return atom.origin.receiver?.some((one) => isFile(interpreter, one)) ?? false;
}

function isFile({ library }: Interpreter, atom: Atom): boolean {
  if (isFileOfPicked(atom)) return true;
  const { type } = atom.kind === 'opaque' ? atom : {};
  return type !== undefined && library.classRow(type, 'file') === true;
}

/** Why a value can do no such harm, by what it is and whatever it was tested for; `undefined` where it may. `kinds`: of the source that it is, if any. */
export function reasonOfHarmlessValue(
  { interpreter, harm, frame, isLink }: Question,
  atom: Atom,
  kinds: readonly string[],
  passed: Passed,
): string | undefined {
  const isSource = kinds.length > 0;
  if (BY_LINE_BREAK.has(harm) && passed.undone.length === 0 && headerOf(interpreter, atom) !== undefined)
    return 'no line break is in a header that was sent';
  if ((isSource || isAttribute(atom)) && isCleaned(interpreter, harm, atom, passed)) return 'it can do no such harm';
  if (harm === 'fields' && isAttribute(atom) && areKeysTaken(passed) && isCleaned(interpreter, 'keys', atom, passed))
    return 'its names are those of the declared fields';
  if (isSource && harm === 'exposure' && isOfReadingAlone(atom)) return 'it tells what of a text could not be read';
  if (isSource && HARMS[harm].names && hasDeclaredNames(atom)) return 'its names are those of the declared fields';
  // The library says itself what of a source is one; a parameter is judged by its annotation.
  const isJudgedByType = !isSource || (atom.kind === 'opaque' && atom.origin.via === 'parameter');
  const isHarmless = atom.kind === 'opaque' && (isJudgedByType ? isHarmlessType(interpreter, atom.type) : PLAIN.has(atom.type ?? ''));
  if (isHarmless && !isTurnedBack(interpreter, atom, passed.undone)) return `it is of type ${atom.type}, which does not hold it as text`;
  if (harm === 'path' && isWithoutSeparator(atom)) return 'no separator is in this part of a name';
  // A field that takes care of a file's name does not look at what is in the file.
  const accepted = passed.read.includes(CONTENT) ? 'archive' : harm;
  if (isFromHarmlessField(interpreter, frame, accepted, atom) || (isLink && isFromHarmlessField(interpreter, frame, 'link', atom)))
    return 'the field that accepted it gives nothing that could do such harm';
  if (harm === 'nosql' && !passed.read.includes('json') && isPlainText(atom)) return 'a string is compared as it is';
  return undefined;
}

/** Harms that a line break alone does. */
const BY_LINE_BREAK: ReadonlySet<HarmName> = new Set(['log', 'header']);
/** What library models say is read out of a file: the members of an archive. */
const CONTENT = 'content';

/** Whether a library says of this very value that it cannot do the harm: the path of a request is no foreign address. */
function isCleaned(interpreter: Interpreter, harm: HarmName, atom: Atom, { undone }: Passed): boolean {
  const names = atom.kind === 'opaque' && atom.origin.via === 'call' ? atom.origin.names : namesOf(interpreter, atom);
  return names.some((name) => {
    const row = interpreter.library.row(name);
    return row !== undefined && cleansHarm(row, harm) && !(harm === 'redirect' && isTurnedBackOf([row], undone));
  });
}

/** Whether a value is taken out of the path of a URL, and so a text. */
export function isPartOfUrl(interpreter: Interpreter, value: Value): boolean {
  return (
    value.length > 0 &&
    value.every((atom) => {
      const kinds = sourceKinds(interpreter, atom);
      return kinds.length > 0 && kinds.every((kind) => kind === 'segment');
    })
  );
}
