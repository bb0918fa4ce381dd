import { findInClass } from '../../evaluate/classes/attributes.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { libraryAncestors } from '../../evaluate/names/names.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import { reachesSource } from '../../evaluate/values/taint.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';

/** Objects in objects that are looked into: a page, its author, and the author's address. */
const MAX_DEPTH = 3;
/** Attributes of one object that are looked at. */
const MAX_ATTRIBUTES = 64;

/** Rows: what a form puts into them its fields have looked at, and the rest is stored. */
const ROW = /^(?:django\.db\.models|flask_sqlalchemy|sqlalchemy|peewee|mongoengine)\./;

/** Whether an instance of a class of the project, or one in a list, keeps something that comes from outside. */
export function keepsFromOutside(interpreter: Interpreter, frame: Frame, value: Value, depth = MAX_DEPTH): boolean {
  if (depth === 0) return false;
  return value.some((atom) => {
    if ((atom.kind !== 'object' && !isContainer(atom)) || isRow(interpreter, atom)) return false;
    const kept = atom.object.everything(frame.branch).slice(0, MAX_ATTRIBUTES);
    return (atom.kind === 'object' && reachesSource(interpreter, kept)) || keepsFromOutside(interpreter, frame, kept, depth - 1);
  });
}

function isRow(interpreter: Interpreter, atom: Atom): boolean {
  return atom.kind === 'object' && libraryAncestors(interpreter, atom.info).some((name) => ROW.test(name));
}

/** Whether an attribute of an instance is computed where it is read: a property or, where the language calls it, a method. */
export function isComputed(frame: Frame, object: Value, key: string): boolean {
  return object.some(
    (atom) => atom.kind === 'object' && (findInClass(atom.info, key, frame)?.value.some(({ kind }) => kind === 'function') ?? false),
  );
}
