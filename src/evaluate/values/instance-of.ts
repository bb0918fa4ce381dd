import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import type { Atom } from './value.ts';

/** Whether an alternative is an instance of a class of the project; `undefined` where that is not known. */
export function isInstance(atom: Atom, info: ClassInfo): boolean | undefined {
  switch (atom.kind) {
    case 'object':
      if (ancestors(atom.info).some((one) => one.kind === 'class' && one.info === info)) return true;
      // What an annotation names may be of a class below it.
      return atom.object === atom.info.anyInstance || atom.info.node === info.node ? undefined : false;
    case 'constant':
    case 'text':
    case 'container':
      return extendsBuiltin(info) ? undefined : false;
    case 'opaque':
      return atom.type !== undefined && BUILTIN.test(atom.type) && !extendsBuiltin(info) ? false : undefined;
    default:
      return undefined;
  }
}

/** A class with bases that are not of the project may be a kind of text, number or collection itself. */
function extendsBuiltin(info: ClassInfo): boolean {
  return ancestors(info).some((one) => one.kind === 'library' && one.name !== 'builtins.object' && one.name !== 'abc.ABC');
}
const BUILTIN = /^builtins\.(?:str|bytes|int|float|bool|list|dict|tuple|set)$/;
