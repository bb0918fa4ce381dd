import type { LiteralValue } from '../../ir/nodes.ts';
import { MAX_ELEMENTS } from '../budget.ts';
import type { Interpreter } from '../interpreter.ts';
import { type Branch, ROOT_BRANCH } from './branch.ts';
import { HeapObject } from './heap.ts';
import { elementOf } from './types.ts';
import {
  type Atom,
  type ContainerAtom,
  type ContainerForm,
  constant,
  join,
  NOTHING,
  NOWHERE,
  type Site,
  str,
  type Value,
} from './value.ts';

/** The slot of a dict key that is one known constant; `undefined` for others. */
export function slotOfKey(key: Value): string | undefined {
  const atom = key[0];
  if (key.length !== 1 || !atom) return undefined;
  if (isContainer(atom, 'tuple')) return slotOfTuple(atom);
  return atom.kind === 'constant' ? slotOfLiteral(atom.literal) : undefined;
}

/** `grid[0, 1]`: a tuple of known keys. */
function slotOfTuple(tuple: ContainerAtom): string | undefined {
  const slots = knownElements(tuple, tuple.object.branch)?.map(slotOfKey);
  return slots?.every((slot) => slot !== undefined) ? TUPLE + JSON.stringify(slots) : undefined;
}
const TUPLE = 't:';

function slotOfLiteral(literal: LiteralValue): string | undefined {
  switch (literal.type) {
    case 'str':
      return `s:${literal.value}`;
    case 'int':
    case 'float':
      return `n:${literal.value}`;
    case 'bool':
      return `n:${literal.value ? 1 : 0}`;
    case 'bytes':
      return `b:${literal.value}`;
    case 'none':
      return 'none';
    case 'complex':
    case 'ellipsis':
      return undefined;
  }
}

/** The keys of a mapping that is not known. */
export function keysOf(interpreter: Interpreter, mapping: Atom, site: Site): Value {
  return elementOf(interpreter, [mapping], { via: 'element', of: [mapping], site });
}

/** The key that a dict slot stands for. */
export function keyOfSlot(slot: string): Value {
  if (slot.startsWith('s:')) return str(slot.slice(2));
  if (slot.startsWith('n:')) return constant({ type: 'int', value: Number(slot.slice(2)) });
  if (slot.startsWith(TUPLE)) {
    const slots: readonly string[] = JSON.parse(slot.slice(TUPLE.length));
    return sequence('tuple', slots.map(keyOfSlot), NOWHERE, ROOT_BRANCH);
  }
  if (slot.startsWith('b:')) return constant({ type: 'bytes', value: slot.slice(2) });
  return constant({ type: 'none' });
}

export function container(form: ContainerForm, object: HeapObject): Value {
  return [{ kind: 'container', form, object }];
}

/** A list, tuple or set of these elements. Past `MAX_ELEMENTS` they are kept together. */
export function sequence(form: 'list' | 'tuple' | 'set', elements: readonly Value[], site: Site, branch: Branch, open = false): Value {
  const object = new HeapObject(site, branch);
  elements.forEach((element, index) => {
    if (index < MAX_ELEMENTS) object.write(String(index), element, branch);
    else object.writeAnywhere(element);
  });
  object.length = open ? undefined : elements.length;
  if (open) object.open = true;
  return container(form, object);
}

/** A list whose elements are known only together. */
export function listOf(element: Value, site: Site, form: 'list' | 'tuple' | 'set' = 'list'): Value {
  const object = new HeapObject(site, ROOT_BRANCH);
  object.writeAnywhere(element);
  return container(form, object);
}

/** The elements in order where all are known; `undefined` when there may be others. */
export function knownElements(atom: ContainerAtom, branch: Branch): readonly Value[] | undefined {
  if (atom.object.open || atom.form === 'dict') return undefined;
  const elements: Value[] = [];
  for (const key of atom.object.keyNames()) elements.push(atom.object.read(key, branch) ?? NOTHING);
  return elements;
}

/** The elements of a list or tuple, where the value is nothing else and all are known. */
export function orderedElements(value: Value, branch: Branch): readonly Value[] | undefined {
  const [only, ...others] = value;
  return only && others.length === 0 && isContainer(only) && only.form !== 'set' ? knownElements(only, branch) : undefined;
}

/** Anything that iterating over the container may give. */
export function anyElement(atom: ContainerAtom, branch: Branch): Value {
  if (atom.form !== 'dict') return atom.object.everything(branch);
  let keys = atom.object.keys;
  for (const slot of atom.object.keyNames()) keys = join(keys, keyOfSlot(slot));
  return keys;
}

export function isContainer(atom: Atom, form?: ContainerForm): atom is ContainerAtom {
  return atom.kind === 'container' && (form === undefined || atom.form === form);
}

/** What is in a collection, whoever put it there; of anything else that itself. */
export function contentOf(atom: Atom): Value {
  return isContainer(atom) ? atom.object.everything(atom.object.branch) : [atom];
}

/** Adds an element at the end; in a branch that may not run the position is not known. */
export function append(atom: ContainerAtom, value: Value, branch: Branch, certain: boolean): void {
  const { object } = atom;
  if (object.length !== undefined && certain && object.length < MAX_ELEMENTS) {
    object.write(String(object.length), value, branch);
    object.length++;
  } else {
    object.writeAnywhere(value);
    object.length = undefined;
  }
}

/** Copies all entries of a dict (or positions of a sequence) into another. */
export function copyInto(target: HeapObject, source: HeapObject, branch: Branch): void {
  for (const slot of source.keyNames()) target.write(slot, source.read(slot, branch) ?? NOTHING, branch);
  if (source.open) target.writeAnywhere(source.rest);
  target.keys = join(target.keys, source.keys);
}
