import { findInClass } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import type { Atom, Value } from './value.ts';

/**
 * The text that an object of a class made of `str` is: what it was made from. `undefined` of other objects, and where the class has a say in it.
 * https://docs.python.org/3/library/stdtypes.html#str
 */
export function textBelow(interpreter: Interpreter, frame: Frame, atom: Atom): Value | undefined {
  if (atom.kind !== 'object' || atom.object === atom.info.anyInstance) return undefined;
  if (!libraryAncestors(interpreter, atom.info).includes('builtins.str')) return undefined;
  if (TEXT.some((name) => findInClass(atom.info, name, frame))) return undefined;
  const [only, ...others] = atom.object.madeWith?.positional ?? [];
  return only && others.length === 0 ? only.value : undefined;
}
const TEXT = ['__new__', '__init__', '__str__'];

/** A value in which such objects are the texts that they are. */
export function withTexts(interpreter: Interpreter, frame: Frame, value: Value): Value {
  return value.some((atom) => atom.kind === 'object') ? value.flatMap((atom) => textBelow(interpreter, frame, atom) ?? [atom]) : value;
}
