import type { Interpreter } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import type { Atom, Value } from '../values/value.ts';
import type { ClassInfo } from './class-info.ts';

/**
 * What is read of a class and is, by the model of its own class, about the class that it is read of: `Note.live` with `live = LiveManager()` in
 * the class, or in one that it inherits from.
 */
export function aboutClass(interpreter: Interpreter, value: Value, info: ClassInfo): Value {
  if (!value.some(({ kind }) => kind === 'object')) return value;
  const bases = libraryAncestors(interpreter, info);
  const isAbout = (own: ClassInfo): boolean =>
    libraryAncestors(interpreter, own).some((name) => bases.includes(interpreter.library.row(name)?.aboutClass ?? ''));
  return value.map((atom): Atom => (atom.kind === 'object' && isAbout(atom.info) ? { ...atom, of: [{ kind: 'class', info }] } : atom));
}
