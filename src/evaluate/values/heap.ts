import type { CallArguments } from '../calls/arguments.ts';
import { type Branch, branchEnds } from './branch.ts';
import type { Noted } from './note.ts';
import { join, NOTHING, type Site, type Value } from './value.ts';

interface Layer {
  readonly branch: Branch;
  readonly value: Value;
  readonly under: Layer | undefined;
}

/** Layers of one slot beyond this are folded together: a long row of branches that all write the same key. */
const MAX_LAYERS = 8;
/** Entries kept apart per object. A 20,000-entry literal says no more to a rule than its first entries. */
export const MAX_SLOTS = 1024;

let nextId = 1;

/** Counts writes of anything but constants, in all objects: what was found out about contents holds as long as it stands still. */
export const heapClock = { time: 0 };

function tick(value: Value): void {
  if (value.some((atom) => atom.kind !== 'constant')) heapClock.time++;
}

/**
 * A list, dict, instance or class namespace, by the place that created it. Slots hold what was written under a key.
 *
 * Instead of copying all objects at each branch, a slot keeps a pile of layers, one per branch that wrote it. A reader takes
 * layers from the top down to the first one whose branch it is in: that one was certainly written, those above may have been.
 */
export class HeapObject implements Noted {
  notes: Noted['notes'];
  readonly id = nextId++;
  readonly site: Site;
  private readonly slots = new Map<string, Layer>();
  /** What was written under keys that are not known, or beyond `MAX_SLOTS`. */
  rest: Value = NOTHING;
  /** Set once keys may exist that `slots` does not name. */
  open = false;
  /** The keys' own values for dicts, where they are not plain strings; the elements of sets. */
  keys: Value = NOTHING;
  /** Number of elements of a list, tuple or set; `undefined` when not known. */
  length: number | undefined;

  /** Elements that fit in; one more pushes one out at the other end: `deque(maxlen=3)`. */
  capacity: number | undefined;
  /** Names of the elements of a named tuple. */
  fields: readonly string[] | undefined;
  /** Makes what a dict holds under a key that was not written: `defaultdict(list)`. */
  missing: (() => Value) | undefined;
  /** Keys written after all that was written under unknown keys, and where: nothing else is under them for whoever comes from there. */
  private last: Map<string, Branch> | undefined;
  /** What a class of the project without an `__init__` of its own was called with: its library base got it. */
  madeWith: CallArguments | undefined;
  /** What a generator returns once it has given all its elements. */
  returned: Value | undefined;
  /** Runs a generator once more where it is sent something, and says what it may give then. */
  resume: ((sent: Value) => Value) | undefined;
  /** How often it was written: a call that reads it gives something else afterwards. */
  writes = 0;
  /** How often something from outside was written into it. */
  marks = 0;

  /** What `everything` gave last, and what that depended on. */
  private whole:
    | {
        readonly branch: Branch;
        readonly writes: number;
        readonly rest: Value;
        readonly size: number;
        readonly ends: number;
        readonly value: Value;
      }
    | undefined;

  /** Where it was created: what is written there or outside happens for sure whenever the object exists. */
  readonly branch: Branch;

  constructor(site: Site, branch: Branch) {
    this.site = site;
    this.branch = branch;
  }

  write(key: string, value: Value, branch: Branch): void {
    this.last ??= new Map();
    const before = this.last.get(key);
    if (!before || !branch.isWithin(before)) this.last.set(key, branch);
    this.put(key, value, branch);
  }

  private put(key: string, value: Value, branch: Branch): void {
    this.writes++;
    tick(value);
    const top = this.slots.get(key);
    if (!top) {
      if (this.slots.size >= MAX_SLOTS) {
        this.rest = join(this.rest, value);
        this.open = true;
        return;
      }
      this.slots.set(key, { branch, value, under: undefined });
    } else if (top.branch === branch) this.slots.set(key, { branch, value, under: top.under });
    else if (depth(top) < MAX_LAYERS) this.slots.set(key, { branch, value, under: top });
    else this.slots.set(key, { branch: bottom(top).branch, value: join(value, all(top)), under: undefined });
  }

  /** Adds a possibility to a key, whatever else it may hold. */
  widen(key: string, value: Value, branch: Branch): void {
    this.put(key, join(this.read(key, branch) ?? NOTHING, value), branch);
  }

  /** Writes under a key that is not known: any slot may hold it afterwards. */
  writeAnywhere(value: Value): void {
    this.writes++;
    this.last = undefined;
    tick(value);
    this.rest = join(this.rest, value);
    this.open = true;
  }

  /** What a reader in `branch` finds under the key; `undefined` when nothing was written there. */
  read(key: string, branch: Branch): Value | undefined {
    let layer = this.slots.get(key);
    if (!layer) return undefined;
    let value: Value | undefined;
    while (layer) {
      if (branch.isWithin(layer.branch)) return value ? join(value, layer.value) : layer.value;
      if (!layer.branch.isGoneFor(branch)) value = value ? join(value, layer.value) : layer.value;
      layer = layer.under;
    }
    return value;
  }

  /** Whether a reader in `branch` finds what was written there for sure, and nothing from before. */
  isWrittenFor(key: string, branch: Branch): boolean {
    for (let layer = this.slots.get(key); layer; layer = layer.under) if (branch.isWithin(layer.branch)) return true;
    return false;
  }

  /** Whether something was written under the key on every way. */
  isSure(key: string): boolean {
    const layer = this.slots.get(key);
    return layer !== undefined && this.branch.isWithin(bottom(layer).branch);
  }

  /** Whether something is in it on every way. */
  holdsForSure(): boolean {
    for (const key of this.slots.keys()) if (this.isSure(key)) return true;
    return false;
  }

  /** Whether what was written under the key is all that can be there. */
  isLast(key: string, branch: Branch): boolean {
    const written = this.last?.get(key);
    return written !== undefined && branch.isWithin(written);
  }
  has(key: string): boolean {
    return this.slots.has(key);
  }
  delete(key: string): void {
    this.slots.delete(key);
  }
  keyNames(): IterableIterator<string> {
    return this.slots.keys();
  }
  get size(): number {
    return this.slots.size;
  }

  /** Everything that any slot may hold. Remembered until it is written again: what conditions are about asks for it at each of them. */
  everything(branch: Branch): Value {
    const { whole, rest, writes } = this;
    const { size } = this.slots;
    if (size === 0) return rest;
    if (
      whole?.branch === branch &&
      whole.writes === writes &&
      whole.rest === rest &&
      whole.size === size &&
      whole.ends === branchEnds.count
    )
      return whole.value;
    let value = rest;
    for (const key of this.slots.keys()) value = join(value, this.read(key, branch) ?? NOTHING);
    this.whole = { branch, writes, rest, size, ends: branchEnds.count, value };
    return value;
  }

  clear(): void {
    this.slots.clear();
    this.rest = NOTHING;
    this.open = false;
    this.length = 0;
  }
}

function depth(layer: Layer): number {
  let count = 0;
  for (let at: Layer | undefined = layer; at; at = at.under) count++;
  return count;
}
function bottom(layer: Layer): Layer {
  let at = layer;
  while (at.under) at = at.under;
  return at;
}
function all(layer: Layer): Value {
  let value: Value = NOTHING;
  for (let at: Layer | undefined = layer; at; at = at.under) value = join(value, at.value);
  return value;
}
