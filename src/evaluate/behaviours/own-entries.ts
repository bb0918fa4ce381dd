import type { Span } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { instanceOfSuper } from '../calls/super-receiver.ts';
import { findInClass } from '../classes/attributes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import { isContainer, slotOfKey } from '../values/container.ts';
import { reachesSource } from '../values/taint.ts';
import { join, NONE, NOTHING, type ObjectAtom, type Value } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * Entries of objects whose class is made of `dict`: they are kept in the object, beside its attributes.
 * https://docs.python.org/3/library/collections.html#userdict-objects
 */
export const ownEntryBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `super().__setitem__(key, value)` */
  'put-own-entry': ({ interpreter, frame, args, receiver }) => {
    const [key, value] = args.positional.map((passed) => passed.value);
    for (const atom of instanceOfSuper(frame, receiver ?? NOTHING))
      if (atom.kind === 'object') putEntry(interpreter, frame, atom, key ?? NOTHING, value ?? NOTHING);
    return NONE;
  },
  /** `super().__getitem__(key)`, `registry.get(key, default)` */
  'take-own-entry': ({ interpreter, frame, args, receiver, node, row }) => {
    const [key, fallback] = args.positional.map((passed) => passed.value);
    const [only, ...others] = instanceOfSuper(frame, receiver ?? NOTHING);
    if (only?.kind !== 'object' || others.length > 0 || !key) return undefined;
    const value = entryOf(interpreter, frame, only, key, node);
    return value && row.name.endsWith('.get') ? join(value, fallback ?? NONE) : value;
  },
};

/** Under this what was put under keys that are not known. */
const ANY = '[*]';
/** The slot of an entry in the object. */
const entrySlot = (slot: string): string => `[${slot}]`;

function isMapping(interpreter: Interpreter, { info }: ObjectAtom): boolean {
  return libraryAncestors(interpreter, info).some((name) => MAPPINGS.some((mapping) => interpreter.library.isSubclass(name, mapping)));
}
const MAPPINGS = ['builtins.dict', 'collections.UserDict'];

/** `registry[key] = value`, where the class has no `__setitem__` of its own, or that comes to it. */
export function putEntry(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value, value: Value): void {
  if (!isMapping(interpreter, atom)) return;
  const { object } = atom;
  if (reachesSource(interpreter, value)) object.marks++;
  const slot = slotOfKey(key);
  if (slot !== undefined && object !== atom.info.anyInstance) object.write(entrySlot(slot), value, frame.branch);
  else object.widen(slot === undefined ? ANY : entrySlot(slot), value, frame.branch);
}

/** `registry[key]`: what was put there, or given when it was made, else what `__missing__` gives; `undefined` where that is not known. */
export function entryOf(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value, node: Span): Value | undefined {
  const slot = slotOfKey(key);
  if (slot === undefined || !isMapping(interpreter, atom) || atom.object === atom.info.anyInstance) return undefined;
  const anywhere = atom.object.read(ANY, frame.branch);
  const written = atom.object.read(entrySlot(slot), frame.branch) ?? givenEntry(atom, slot, frame);
  if (written) return anywhere ? join(written, anywhere) : written;
  const missing = findInClass(atom.info, '__missing__', frame)?.value[0];
  if (anywhere || missing?.kind !== 'function' || !isAllKnown(atom)) return anywhere;
  const made = callFunction(interpreter, frame, missing.info, positional({ value: key, node }), [atom], node);
  interpreter.ended = false;
  return made;
}

/** What it was made with under the key: `Settings(debug=True)`, `Settings({"debug": True})`. */
function givenEntry({ object }: ObjectAtom, slot: string, frame: Frame): Value | undefined {
  const { keywords = [], positional: [first] = [] } = object.madeWith ?? {};
  const named = slot.startsWith('s:') ? keywords.find(({ name }) => name === slot.slice(2))?.value : undefined;
  const [only, ...others] = first?.value ?? NOTHING;
  return named ?? (only && others.length === 0 && isContainer(only, 'dict') ? only.object.read(slot, frame.branch) : undefined);
}

function isAllKnown({ object }: ObjectAtom): boolean {
  const { openKeywords = false, positional: passed = [] } = object.madeWith ?? {};
  return !openKeywords && passed.every(({ value }) => value.every((one) => isContainer(one, 'dict') && !one.object.open));
}
