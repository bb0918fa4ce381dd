import type { Span } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { instanceOfSuper } from '../calls/super-receiver.ts';
import { findInClass } from '../classes/attributes.ts';
import { configuredItem, setItem } from '../expressions/subscripts.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import { isContainer, keyOfSlot, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, join, NONE, NOTHING, type ObjectAtom, type OpaqueAtom, opaqueAtom, str, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';

/**
 * Entries of objects whose class is made of `dict`: they are kept in the object, beside its attributes.
 * https://docs.python.org/3/library/collections.html#userdict-objects
 */
export const ownEntryBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `super().__setitem__(key, value)` */
  'put-own-entry': ({ interpreter, frame, args, receiver, node }) => {
    const [key, value] = args.positional.map((passed) => passed.value);
    for (const atom of instanceOfSuper(frame, receiver ?? NOTHING))
      if (atom.kind === 'object') putEntry(interpreter, frame, atom, key ?? NOTHING, value ?? NOTHING);
      else if (atom.kind === 'opaque' && atom.content) setItem(interpreter, frame, [atom], key ?? NOTHING, value ?? NOTHING, node);
    return NONE;
  },
  /** `super().__getitem__(key)`, `registry.get(key, default)` */
  'take-own-entry': ({ interpreter, frame, args, receiver, node, row }) => {
    const [key, fallback] = args.positional.map((passed) => passed.value);
    const [only, ...others] = instanceOfSuper(frame, receiver ?? NOTHING);
    if (!only || others.length > 0 || !key) return undefined;
    if (only.kind === 'opaque') return copiedEntry(frame, only, key) ?? configuredItem(interpreter, only, key);
    if (only.kind !== 'object') return undefined;
    const value = entryOf(interpreter, frame, only, key, node);
    return value && row.name.endsWith('.get') ? join(value, fallback ?? NONE) : value;
  },
  /** `self.update(pairs, name=value)`, on such an object and on a copy. */
  'put-own-entries': (call) => {
    for (const atom of instanceOfSuper(call.frame, call.receiver ?? NOTHING)) fillEntries(call, atom);
    return NONE;
  },
  /** `request.POST.copy()`: what is written to it afterwards is in it instead of what was sent. */
  'copy-entries': ({ frame, receiver, row, origin }) => {
    const [only] = receiver ?? NOTHING;
    const type = row.returns === '$self' ? only?.kind === 'opaque' && only.type : row.returns;
    return type ? [opaqueAtom(origin, type, undefined, new HeapObject(origin.site, frame.branch))] : undefined;
  },
};

/** What was put under a key of a copy for sure; `undefined` where it may be what was sent. */
function copiedEntry(frame: Frame, { content }: OpaqueAtom, key: Value): Value | undefined {
  const slot = slotOfKey(key);
  if (slot === undefined || !content || content.open || !content.isWrittenFor(slot, frame.branch)) return undefined;
  return content.read(slot, frame.branch);
}

function fillEntries({ interpreter, frame, args, node }: BehaviourCall, atom: Atom): void {
  if (atom.kind !== 'object' && (atom.kind !== 'opaque' || !atom.content)) return;
  const put = (key: Value, value: Value): void => setItem(interpreter, frame, [atom], key, value, node);
  for (const one of args.positional.flatMap((passed) => passed.value)) {
    const known = isContainer(one, 'dict') ? [...one.object.keyNames()] : [];
    for (const slot of known) put(keyOfSlot(slot), (isContainer(one) && one.object.read(slot, frame.branch)) || NOTHING);
    if (!isContainer(one, 'dict')) put(NOTHING, [one]);
    else if (one.object.open) put(NOTHING, one.object.rest);
  }
  for (const { name, value } of args.keywords) put(str(name), value);
  if (args.openKeywords) put(NOTHING, args.spread);
}

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
  if (!isMapping(interpreter, atom) || atom.object === atom.info.anyInstance) return undefined;
  if (slot === undefined) return anyEntry(interpreter, frame, atom, key, node);
  const anywhere = atom.object.read(ANY, frame.branch);
  const written = atom.object.read(entrySlot(slot), frame.branch) ?? givenEntry(atom, slot, frame);
  if (written) return anywhere ? join(written, anywhere) : written;
  return anywhere || !isAllKnown(atom) ? anywhere : missingEntry(interpreter, frame, atom, key, node);
}

function missingEntry(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value, node: Span): Value | undefined {
  const missing = findInClass(atom.info, '__missing__', frame)?.value[0];
  if (missing?.kind !== 'function') return undefined;
  const made = callFunction(interpreter, frame, missing.info, positional({ value: key, node }), [atom], node);
  interpreter.ended = false;
  return made;
}

/** `registry[name]`: any of them, or what `__missing__` makes of the key. */
function anyEntry(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value, node: Span): Value | undefined {
  const { object } = atom;
  const { keywords = [], positional: [first] = [] } = object.madeWith ?? {};
  const slots = [...object.keyNames()].filter((slot) => slot.startsWith('['));
  const values = [
    ...slots.map((slot) => object.read(slot, frame.branch) ?? NOTHING),
    ...keywords.map(({ value }) => value),
    ...(first?.value ?? NOTHING).map((one) => (isContainer(one, 'dict') ? one.object.everything(frame.branch) : NOTHING)),
    missingEntry(interpreter, frame, atom, key, node) ?? NOTHING,
  ];
  const any = values.reduce(join, NOTHING);
  return any.length > 0 && isAllKnown(atom) ? any : undefined;
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
