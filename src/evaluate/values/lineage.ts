import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import { ROOT_BRANCH } from './branch.ts';
import { isContainer } from './container.ts';
import { Note } from './note.ts';
import { valuesBefore } from './taint.ts';
import { type Atom, NOTHING, type OpaqueAtom, type Origin, sameAtom, type Value } from './value.ts';

/** Steps back that are looked at: `urlsplit(url.strip()).netloc` is three from `url`. */
const MAX_DEPTH = 8;
/** Values that are looked at; what was computed from more is a mixture of which no condition says anything of one part. */
const MAX_ANCESTORS = 256;
/** Reads within reads that are compared: `request.args["x"]` is two. */
const MAX_READS = 6;

interface Ancestor {
  readonly depth: number;
  /** The value that was computed from it, one step nearer; `undefined` at the start. */
  readonly next: Atom | undefined;
}

/** What a value was computed from, in few steps. Kept with the value, since conditions ask again and again. */
class Lineage {
  private readonly ancestors = new Map<Atom, Ancestor>();
  private readonly reads = new Map<string, OpaqueAtom[]>();

  constructor(start: Atom) {
    this.ancestors.set(start, { depth: 0, next: undefined });
    // A map is walked in the order of its entries, those added on the way included: breadth first.
    for (const [atom, { depth }] of this.ancestors) {
      this.addRead(atom);
      const isNote = isChecked(atom);
      if (depth >= MAX_DEPTH && !isNote) continue;
      for (const before of isContainer(atom) ? [atom.object.everything(ROOT_BRANCH)] : valuesBefore(atom))
        for (const one of before) {
          if (this.ancestors.size >= MAX_ANCESTORS) return;
          if (one.kind !== 'constant' && one.kind !== 'symbol' && !this.ancestors.has(one))
            this.ancestors.set(one, { depth: isNote ? depth : depth + 1, next: atom });
        }
    }
  }

  /** The value itself where it is among them, or another read of the same. */
  find(atom: Atom): (Ancestor & { readonly atom: Atom }) | undefined {
    const here = this.ancestors.get(atom);
    if (here) return { ...here, atom };
    const plain = unchecked(atom);
    const reads = plain.kind === 'opaque' ? this.reads.get(readKey(plain)) : undefined;
    if (!reads) return undefined;
    for (const read of reads) {
      const ancestor = isSameRead(read, plain, MAX_READS) ? this.ancestors.get(read) : undefined;
      if (ancestor) return { ...ancestor, atom: read };
    }
    return undefined;
  }

  /** From a value that was found, the values computed on the way, the nearest to it first. */
  *wayFrom(found: Ancestor): Iterable<Atom> {
    for (let { next } = found; next; next = this.ancestors.get(next)?.next) yield next;
  }

  private addRead(atom: Atom): void {
    if (atom.kind !== 'opaque' || isChecked(atom)) return;
    const key = readKey(atom);
    const known = this.reads.get(key);
    if (known) known.push(atom);
    else this.reads.set(key, [atom]);
  }
}

const lineages = new Note<Lineage | undefined>();
/** Values whose lineages are kept, the oldest first. */
let keepers: Atom[] = [];
/** Lineages kept. Conditions and rules ask for those of what was tested just now; large functions would fill the memory with them. */
const MAX_LINEAGES = 4096;

function lineageOf(atom: Atom): Lineage {
  let lineage = lineages.get(atom);
  if (!lineage) {
    lineage = new Lineage(atom);
    lineages.set(atom, lineage);
    keepers.push(atom);
    if (keepers.length > MAX_LINEAGES) {
      for (const old of keepers.slice(0, MAX_LINEAGES / 2)) lineages.set(old, undefined);
      keepers = keepers.slice(MAX_LINEAGES / 2);
    }
  }
  return lineage;
}

/** Whether a value is another one or was computed from it, in few steps. */
export function leadsTo(from: Atom, to: Atom, steps: number): boolean {
  // Conditions noted on a value are no steps: the lineage of what they were noted on serves them all.
  const start = unchecked(from);
  if (start === unchecked(to)) return true;
  const found = lineageOf(start).find(to);
  return found !== undefined && found.depth <= steps;
}

/** What a value went through until it was another one, that one first; `undefined` when it does not lead there within so many steps. */
export function wayBetween(from: Atom, to: Atom, steps: number): readonly Atom[] | undefined {
  if (from === to) return [];
  const lineage = lineageOf(from);
  const found = lineage.find(to);
  return found && found.depth <= steps ? [...lineage.wayFrom(found)].reverse() : undefined;
}

function isChecked(atom: Atom): boolean {
  return (atom.kind === 'opaque' || atom.kind === 'text') && atom.origin.via === 'checked';
}

/** What two reads of the same have in common for sure. Asked for every variable at every condition, so it is kept. */
function readKey(atom: OpaqueAtom): string {
  const known = readKeys.get(atom);
  if (known !== undefined) return known;
  const key = findReadKey(atom);
  readKeys.set(atom, key);
  return key;
}
const readKeys = new Note<string>();

function findReadKey({ origin, type }: OpaqueAtom): string {
  switch (origin.via) {
    case 'global':
    case 'attribute':
      return `${origin.via} ${origin.name}`;
    case 'parameter':
      return type !== undefined && origin.info.owner ? `parameter ${origin.name}` : `parameter ${origin.site.node.start}`;
    case 'call': {
      const item = itemRead(origin);
      return item ? itemKey(item.key) : `call ${origin.names[0] ?? ''}`;
    }
    case 'item':
      return itemKey(origin.key);
    default:
      return origin.via;
  }
}

/** A handler of a large form reads hundreds of fields out of one thing: only reads under the same key can be the same. */
function itemKey([key, ...more]: Value): string {
  if (key?.kind !== 'constant' || more.length > 0 || !('value' in key.literal)) return 'item';
  return `item ${key.literal.type} ${key.literal.value}`;
}

/** What is read under which key: `args["x"]`, `args.get("x")`. */
function itemRead(origin: Origin): Pick<Origin & { readonly via: 'item' }, 'of' | 'key' | 'slice'> | undefined {
  if (origin.via === 'item') return origin;
  if (origin.via !== 'call' || !origin.receiver || !/\.get(?:\(\))?$/.test(origin.names[0] ?? '')) return undefined;
  const key = origin.args.positional[0]?.value;
  return key && { of: origin.receiver, key };
}

/**
 * Whether the second read gives what stands elsewhere in the same thing where the first gives nothing: what is known of `request.POST["next"]` says
 * nothing of the end of `request.POST.get("next", request.GET.get("next"))`.
 */
function readsElsewhere(first: Origin, second: Origin, steps: number): boolean {
  const [given, other] = [otherwiseOf(first), otherwiseOf(second)];
  const holder = holderOf(second);
  return other.some(
    (atom) =>
      atom.kind === 'opaque' &&
      holderOf(atom.origin).some((one) => holder.some((own) => isSameReadOf(one, own, steps))) &&
      !given.some((one) => isSameReadOf(one, atom, steps)),
  );
}

/** What `args.get(key, otherwise)` is passed besides the key. */
function otherwiseOf(origin: Origin): Value {
  return (origin.via === 'call' && itemRead(origin) && origin.args.positional[1]?.value) || NOTHING;
}

/** What the thing that is read from is a part of: the request, of `request.GET["next"]`. */
function holderOf(origin: Origin): Value {
  return (itemRead(origin)?.of ?? NOTHING).flatMap((atom) =>
    atom.kind === 'opaque' && atom.origin.via === 'attribute' ? atom.origin.of : [],
  );
}

/** Whether two values were read by the same expression from the same thing: `request.args["x"]` tested, and read again. */
function isSameRead(first: Atom, second: Atom, steps: number): boolean {
  const a = unchecked(first);
  const b = unchecked(second);
  if (a === b) return true;
  if (steps <= 0 || a.kind !== b.kind) return false;
  if (a.kind === 'constant' || a.kind === 'symbol') return sameAtom(a, b);
  if (a.kind === 'object' && b.kind === 'object') return a.object === b.object;
  if (a.kind !== 'opaque' || b.kind !== 'opaque') return false;
  // The same value under the type that a parameter's annotation gave it.
  if (a.origin === b.origin) return true;
  const from = a.origin;
  const other = b.origin;
  const same = (one: Value, two: Value): boolean =>
    one.length === two.length && one.every((atom, at) => isSameReadOf(atom, two[at], steps));
  const [item, otherItem] = [itemRead(from), itemRead(other)];
  if (item && otherItem) {
    if (item.slice !== otherItem.slice || (item.key.length === 0 && item.slice === undefined)) return false;
    return same(item.key, otherItem.key) && same(item.of, otherItem.of) && !readsElsewhere(from, other, steps);
  }
  if (a.type !== b.type) return false;
  switch (from.via) {
    case 'global':
      return other.via === 'global' && from.name === other.name;
    case 'parameter':
      return other.via === 'parameter' && (from.site.node === other.site.node || (a.type !== undefined && isPassedOn(from, other)));
    case 'attribute':
      return other.via === 'attribute' && from.name === other.name && same(from.of, other.of);
    case 'call':
      return (
        other.via === 'call' &&
        from.names.length > 0 &&
        from.names[0] === other.names[0] &&
        from.receiver !== undefined &&
        same(from.receiver, other.receiver ?? []) &&
        from.args.positional.length === other.args.positional.length &&
        from.args.positional.every((passed, at) => same(passed.value, other.args.positional[at]?.value ?? []))
      );
    default:
      return false;
  }
}

/** The request that a view is called with goes to each of its methods: `dispatch(self, request)`, and then `get(self, request)`. */
function isPassedOn(one: ParameterOrigin, other: ParameterOrigin): boolean {
  const owner = one.info.owner;
  const heir = other.info.owner;
  if (!owner || !heir || one.name !== other.name) return false;
  const isAbove = (info: ClassInfo, above: ClassInfo): boolean =>
    ancestors(info).some((ancestor) => ancestor.kind === 'class' && ancestor.info === above);
  return isAbove(heir, owner) || isAbove(owner, heir);
}
type ParameterOrigin = Origin & { readonly via: 'parameter' };

/** A value as it was before conditions on it were noted. */
function unchecked(atom: Atom): Atom {
  if ((atom.kind !== 'opaque' && atom.kind !== 'text') || atom.origin.via !== 'checked') return atom;
  const [only, ...others] = atom.origin.of;
  if (!only || others.length > 0) return atom;
  let plain = plains.get(atom);
  if (!plain) {
    plain = unchecked(only);
    plains.set(atom, plain);
  }
  return plain;
}
const plains = new Note<Atom>();

function isSameReadOf(a: Atom, b: Atom | undefined, steps: number): boolean {
  return b !== undefined && isSameRead(a, b, steps - 1);
}
