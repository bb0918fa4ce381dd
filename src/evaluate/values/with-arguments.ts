import type { CallArguments } from '../calls/arguments.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import type { Check, CheckFact } from '../checks/check.ts';
import { ROOT_BRANCH } from './branch.ts';
import { HeapObject } from './heap.ts';
import { type Atom, type ContainerAtom, join, NOTHING, type OpaqueAtom, type Origin, opaqueAtom, type Value } from './value.ts';

/** Values that are made anew for one result; one that is made of more is not known. */
const MAX_MADE = 300;
/** Values inside one another that are followed down to a parameter. */
const MAX_DEPTH = 24;

/**
 * The result of a function that was looked at on its own, made of the arguments of one call: each parameter in it becomes what was passed. `undefined`
 * where too much would have to be made.
 */
export function withArguments(result: Value, info: FunctionInfo, bound: ReadonlyMap<string, Value>): Value | undefined {
  const making = new Making(info, bound);
  const made = making.value(result);
  return making.isGivenUp ? undefined : made;
}

class Making {
  private readonly info: FunctionInfo;
  private readonly bound: ReadonlyMap<string, Value>;
  /** A value that leads to itself stays as it is there. */
  private readonly made = new Map<Atom, Value>();
  private depth = 0;
  isGivenUp = false;

  constructor(info: FunctionInfo, bound: ReadonlyMap<string, Value>) {
    this.info = info;
    this.bound = bound;
  }

  /** The very same value where no parameter is in it. */
  value(value: Value): Value {
    let made: Value = NOTHING;
    let isOther = false;
    for (const atom of value) {
      const one = this.atom(atom);
      if (one.length !== 1 || one[0] !== atom) isOther = true;
      made = join(made, one);
    }
    return isOther ? made : value;
  }

  private atom(atom: Atom): Value {
    if (atom.kind === 'constant' || atom.kind === 'symbol') return [atom];
    const known = this.made.get(atom);
    if (known) return known;
    if (this.isGivenUp || this.made.size >= MAX_MADE || this.depth >= MAX_DEPTH) {
      this.isGivenUp = true;
      return [atom];
    }
    this.made.set(atom, [atom]);
    this.depth++;
    const made = this.make(atom);
    this.depth--;
    this.made.set(atom, made);
    return made;
  }

  private make(atom: Atom): Value {
    switch (atom.kind) {
      case 'opaque':
        return this.opaque(atom);
      case 'text': {
        const segments = atom.segments.map((one) => (typeof one === 'string' ? one : this.part(one, 'value', this.value(one.value))));
        const origin = this.origin(atom.origin);
        return origin === atom.origin && segments.every((one, at) => one === atom.segments[at]) ? [atom] : [{ ...atom, segments, origin }];
      }
      case 'container':
        return [this.container(atom)];
      case 'bound': {
        const self = this.value(atom.self);
        return self === atom.self ? [atom] : [{ ...atom, self }];
      }
      default:
        return [atom];
    }
  }

  private opaque(atom: OpaqueAtom): Value {
    const { origin } = atom;
    if (origin.via === 'parameter') return origin.info === this.info ? (this.bound.get(origin.name) ?? [atom]) : [atom];
    const made = this.origin(origin);
    return made === origin ? [atom] : [opaqueAtom(made, atom.type, atom.of, atom.content)];
  }

  private container(atom: ContainerAtom): Atom {
    const { object } = atom;
    const slots = [...object.keyNames()].map((slot) => [slot, object.read(slot, ROOT_BRANCH) ?? NOTHING] as const);
    const made = slots.map(([slot, value]) => [slot, this.value(value)] as const);
    const rest = this.value(object.rest);
    const keys = this.value(object.keys);
    if (rest === object.rest && keys === object.keys && made.every(([, value], at) => value === slots[at]?.[1])) return atom;
    const copy = new HeapObject(object.site, ROOT_BRANCH);
    for (const [slot, value] of made) copy.write(slot, value, ROOT_BRANCH);
    if (object.open) copy.writeAnywhere(rest);
    copy.keys = keys;
    copy.length = object.length;
    return { ...atom, object: copy };
  }

  private origin<T extends Origin>(origin: T): T;
  private origin(origin: Origin): Origin {
    switch (origin.via) {
      case 'attribute':
      case 'element':
        return this.part(origin, 'of', this.value(origin.of));
      case 'item':
        return this.part(this.part(origin, 'of', this.value(origin.of)), 'key', this.value(origin.key));
      case 'checked':
        return this.part(this.part(origin, 'of', this.value(origin.of)), 'check', this.check(origin.check));
      case 'operation': {
        const operands = origin.operands.map((one) => this.value(one));
        return operands.every((one, at) => one === origin.operands[at]) ? origin : { ...origin, operands };
      }
      case 'call': {
        const receiver = origin.receiver && this.value(origin.receiver);
        return this.part(this.part(origin, 'receiver', receiver), 'args', this.args(origin.args));
      }
      default:
        return origin;
    }
  }

  private args(args: CallArguments): CallArguments {
    const positional = args.positional.map((one) => this.part(one, 'value', this.value(one.value)));
    const keywords = args.keywords.map((one) => this.part(one, 'value', this.value(one.value)));
    const spread = this.value(args.spread);
    const isSame =
      spread === args.spread &&
      positional.every((one, at) => one === args.positional[at]) &&
      keywords.every((one, at) => one === args.keywords[at]);
    return isSame ? args : { ...args, positional, keywords, spread };
  }

  private check(check: Check): Check {
    return this.part(this.part(check, 'subject', this.value(check.subject)), 'fact', this.fact(check.fact));
  }

  private fact(fact: CheckFact): CheckFact {
    if (fact.kind !== 'call') return fact;
    return this.part(this.part(fact, 'receiver', fact.receiver && this.value(fact.receiver)), 'args', this.args(fact.args));
  }

  /** With another part, or the very same where the part is. */
  private part<T, Key extends keyof T>(whole: T, key: Key, part: T[Key]): T {
    return whole[key] === part ? whole : { ...whole, [key]: part };
  }
}
