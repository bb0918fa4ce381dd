import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import { isTruthy } from './fold.ts';
import type { Atom, Value } from './value.ts';

/** Whether a value is true in a condition; `undefined` when it may be either. */
export function truthOf(value: Value): boolean | undefined {
  let result: boolean | undefined;
  for (const atom of value) {
    const truth = truthOfAtom(atom);
    if (truth === undefined || (result !== undefined && truth !== result)) return undefined;
    result = truth;
  }
  return result;
}

export function truthOfAtom(atom: Atom): boolean | undefined {
  switch (atom.kind) {
    case 'constant':
      return isTruthy(atom.literal);
    case 'text':
      return atom.segments.some((segment) => typeof segment === 'string' && segment !== '') ? true : undefined;
    case 'function':
    case 'class':
    case 'bound':
    case 'module':
    case 'partial':
      return true;
    case 'container':
      // What a branch put there that may not have run is perhaps not there.
      if (atom.object.size > 0) return atom.object.holdsForSure() ? true : undefined;
      return atom.object.open ? undefined : false;
    case 'object':
      // Of what any instance stands for it is not known whether there is one.
      return atom.object !== atom.info.anyInstance && isAlwaysTrue(atom.info) ? true : undefined;
    case 'symbol':
    case 'opaque':
    case 'super':
    case 'environment':
      return undefined;
  }
}

/** Classes of libraries that say nothing of whether an instance is true. */
const PLAIN = new Set(['builtins.object', 'abc.ABC', 'typing.Generic', 'typing.Protocol']);

/** Whether instances are true as long as nobody says otherwise. https://docs.python.org/3/reference/datamodel.html#object.__bool__ */
function isAlwaysTrue(info: ClassInfo): boolean {
  return ancestors(info).every((one) =>
    one.kind === 'class' ? !one.info.namespace.has('__bool__') && !one.info.namespace.has('__len__') : PLAIN.has(one.name),
  );
}
