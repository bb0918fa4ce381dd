import type { Branch } from '../values/branch.ts';
import { copyInto } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import type { Atom, Site, Value } from '../values/value.ts';
import { type Behaviour, firstPassed } from './behaviour.ts';

/** Collections within collections that are copied, too. */
const MAX_DEPTH = 3;

/** `copy.copy(x)`, `copy.deepcopy(x)`: what is written to the copy is not in the original. https://docs.python.org/3/library/copy.html */
export const copyBehaviours: Readonly<Record<string, Behaviour>> = {
  'copy-shallow': (call) => firstPassed(call)?.map((atom) => copied(atom, call.origin.site, call.frame.branch, 1)),
  'copy-deep': (call) => firstPassed(call)?.map((atom) => copied(atom, call.origin.site, call.frame.branch, MAX_DEPTH)),
};

function copied(atom: Atom, site: Site, branch: Branch, depth: number): Atom {
  const isAny = atom.kind === 'object' && atom.object === atom.info.anyInstance;
  if (depth === 0 || isAny || (atom.kind !== 'container' && atom.kind !== 'object')) return atom;
  const source = atom.object;
  const object = new HeapObject(site, branch);
  copyInto(object, source, branch);
  object.length = source.length;
  object.capacity = source.capacity;
  object.fields = source.fields;
  object.missing = source.missing;
  object.madeWith = source.madeWith;
  for (const slot of depth > 1 ? [...object.keyNames()] : []) {
    const value = object.read(slot, branch);
    const inner: Value | undefined = value?.map((one) => copied(one, site, branch, depth - 1));
    if (inner?.some((one, at) => one !== value?.[at])) object.write(slot, inner, branch);
  }
  return { ...atom, object };
}
