import type { Interpreter } from '../evaluate/interpreter.ts';
import { namesOf, typeNames } from '../evaluate/names/names.ts';
import { ROOT_BRANCH } from '../evaluate/values/branch.ts';
import type { HeapObject } from '../evaluate/values/heap.ts';
import { Note } from '../evaluate/values/note.ts';
import { sourceKinds, valuesBefore } from '../evaluate/values/taint.ts';
import type { Atom, Value } from '../evaluate/values/value.ts';
import { type ListId, originLists, typeLists } from './name-lists.ts';

/** What a value was, was taken out of, or was computed from, on its way, as far as rules ask: gathered once per value. */
export interface Provenance {
  /** Lists of names on which one of the names on the way is. */
  readonly names: ReadonlySet<ListId>;
  /** Lists of names on which one of the types on the way is. */
  readonly types: ReadonlySet<ListId>;
  /** Kinds of the sources on the way, by the library models; `ENVIRONMENT` where it was read from there. */
  readonly sources: ReadonlySet<string>;
}
/** Stands among the kinds of sources for what is read from the environment. */
export const ENVIRONMENT = 'environment variable';
export const NO_PROVENANCE: Provenance = { names: new Set(), types: new Set(), sources: new Set() };

/** Steps back that are followed; further than any code a person would still call related, and little for the stack. */
const MAX_STEPS = 40;
/** Elements of collections that are looked at on the way. */
const MAX_CONTENTS = 64;

const known = new Note<Provenance>();

export function provenanceOf(interpreter: Interpreter, value: Value): Provenance {
  const [only] = value;
  if (value.length === 1 && only) return ofAtom(interpreter, only, 0, undefined);
  return value.reduce((all, atom) => union(all, ofAtom(interpreter, atom, 0, undefined)), NO_PROVENANCE);
}

function ofAtom(interpreter: Interpreter, atom: Atom, step: number, within: ReadonlySet<HeapObject> | undefined): Provenance {
  if (atom.kind === 'constant' || step > MAX_STEPS) return NO_PROVENANCE;
  const remembered = known.get(atom);
  if (remembered) return remembered;
  if (atom.kind === 'container') return ofContent(interpreter, atom.object, step, within);
  let result = ownProvenance(interpreter, atom);
  for (const before of valuesBefore(atom)) result = union(result, ofValue(interpreter, before, step + 1, within));
  if (atom.kind === 'opaque' && atom.content) return union(result, ofContent(interpreter, atom.content, step, within));
  known.set(atom, result);
  return result;
}

/** Of what a collection holds. It may still change: what was gathered holds as long as the same values are in it, and these cannot. */
function ofContent(interpreter: Interpreter, object: HeapObject, step: number, within: ReadonlySet<HeapObject> | undefined): Provenance {
  if (within?.has(object) || (within?.size ?? 0) > 3) return NO_PROVENANCE;
  const held = object.everything(ROOT_BRANCH);
  const { keys } = object;
  const last = gathered.get(object);
  if (last?.held === held && last.keys === keys) return last.provenance;
  const inside = new Set(within).add(object);
  const all = held.slice(0, MAX_CONTENTS);
  const provenance = union(ofValue(interpreter, all, step + 1, inside), ofValue(interpreter, keys, step + 1, inside));
  if (!all.some(mayChange) && !keys.some(mayChange)) gathered.set(object, { held, keys, provenance });
  return provenance;
}
const gathered = new Note<{ readonly held: Value; readonly keys: Value; readonly provenance: Provenance }>();

function mayChange(atom: Atom): boolean {
  return atom.kind === 'container' || (atom.kind === 'opaque' && atom.content !== undefined);
}

function ofValue(interpreter: Interpreter, value: Value, step: number, within: ReadonlySet<HeapObject> | undefined): Provenance {
  let result = NO_PROVENANCE;
  for (const atom of value) result = union(result, ofAtom(interpreter, atom, step, within));
  return result;
}

function ownProvenance(interpreter: Interpreter, atom: Atom): Provenance {
  const names = unite(originLists.ofAll(namesOf(interpreter, atom)), originLists.ofAll(callNames(atom)));
  const types = typeLists.ofAll(typeNames(interpreter, atom));
  const kinds = sourceKinds(interpreter, atom);
  return shared(names, types, atom.kind === 'environment' ? ENVIRONMENT_ONLY : kinds.length > 0 ? new Set(kinds) : NO_PROVENANCE.sources);
}

const ENVIRONMENT_ONLY: ReadonlySet<string> = new Set([ENVIRONMENT]);

/** Names of the library function whose result a value is. */
export const callNames = (atom: Atom): readonly string[] => (atom.kind === 'opaque' && atom.origin.via === 'call' ? atom.origin.names : []);

/** Most values lead back to nothing that a rule names, and the others to few things: each combination is there once. */
function union(a: Provenance, b: Provenance): Provenance {
  if (a === b || b === NO_PROVENANCE) return a;
  if (a === NO_PROVENANCE) return b;
  const unions = unionsOf.get(a) ?? new Map<Provenance, Provenance>();
  unionsOf.set(a, unions);
  const known = unions.get(b);
  if (known) return known;
  const made = shared(unite(a.names, b.names), unite(a.types, b.types), unite(a.sources, b.sources));
  unions.set(b, made);
  return made;
}
const unionsOf = new Map<Provenance, Map<Provenance, Provenance>>();

function shared(names: ReadonlySet<ListId>, types: ReadonlySet<ListId>, sources: ReadonlySet<string>): Provenance {
  if (names.size + types.size + sources.size === 0) return NO_PROVENANCE;
  const key = [names, types, sources].map((set) => [...set].sort().join()).join(' ');
  const known = provenances.get(key) ?? { names, types, sources };
  provenances.set(key, known);
  return known;
}
const provenances = new Map<string, Provenance>();

function unite<Item>(a: ReadonlySet<Item>, b: ReadonlySet<Item>): ReadonlySet<Item> {
  return b.size === 0 || a === b ? a : a.size === 0 ? b : new Set([...a, ...b]);
}
