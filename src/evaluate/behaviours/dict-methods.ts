import { foundChecks, missingChecks } from '../checks/found-checks.ts';
import { tellingOf } from '../checks/implied-checks.ts';
import { markValue } from '../checks/mark-checked.ts';
import { containerItem, itemAsCalled, setItem } from '../expressions/subscripts.ts';
import { anyElement, container, copyInto, isContainer, keyOfSlot, keysOf, listOf, sequence, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { truthOf } from '../values/truth.ts';
import { type ContainerAtom, join, NONE, NOTHING, opaque, type Value } from '../values/value.ts';
import type { MethodCall } from './value-methods.ts';

/** https://docs.python.org/3/library/stdtypes.html#mapping-types-dict */
export function dictMethod(call: MethodCall, self: ContainerAtom): Value | undefined {
  const { method, args, frame, origin } = call;
  const first = args.positional[0]?.value ?? NOTHING;
  const { branch } = frame;
  switch (method) {
    case 'get':
    case 'pop': {
      const fallback = args.positional[1]?.value ?? (method === 'get' ? NONE : NOTHING);
      const slot = slotOfKey(first);
      const found = itemAsCalled(call.interpreter, frame, self, first);
      if (slot !== undefined && self.object.has(slot) && !self.object.open) {
        // It is gone for sure only where the dict was made on this very way.
        if (method === 'pop' && self.object.branch === branch) self.object.delete(slot);
        return found ?? fallback;
      }
      const isAsked = !self.object.open && reachesSource(call.interpreter, first);
      const missing = isAsked ? markValue(call.interpreter, fallback, missingChecks(self, first, origin.site)) : fallback;
      const joined = join(found ?? NOTHING, missing);
      const value = joined.length > 0 ? joined : opaque(origin);
      if (!reachesSource(call.interpreter, first)) return value;
      return tellingOf(value, foundChecks([method], [self], args, origin.site), []);
    }
    case 'setdefault': {
      const value = args.positional[1]?.value ?? NONE;
      const slot = slotOfKey(first);
      if (slot !== undefined && self.object.has(slot)) return containerItem(frame, self, first);
      // What was put in under keys that are not known may be under this one.
      const before = self.object.open ? self.object.rest : NOTHING;
      setItem(call.interpreter, frame, [self], first, value, call.node);
      return join(before, value);
    }
    case 'update': {
      for (const atom of first) {
        if (isContainer(atom, 'dict')) copyInto(self.object, atom.object, branch);
        else {
          self.object.writeAnywhere([atom]);
          self.object.keys = join(self.object.keys, keysOf(call.interpreter, atom, origin.site));
        }
      }
      for (const { name, value } of args.keywords) self.object.write(`s:${name}`, value, branch);
      if (args.openKeywords) {
        self.object.writeAnywhere(args.spread);
        self.object.keys = join(self.object.keys, join(args.names ?? NOTHING, args.keys ?? NOTHING));
      }
      return NONE;
    }
    case 'copy': {
      const object = new HeapObject(origin.site, branch);
      copyInto(object, self.object, branch);
      return container('dict', object);
    }
    case 'keys': {
      const slots = slotsInOrder(self);
      return slots ? sequence('list', slots.map(keyOfSlot), origin.site, branch) : listOf(anyElement(self, branch), origin.site);
    }
    case 'values': {
      const values = slotsInOrder(self)?.map((slot) => self.object.read(slot, branch) ?? NOTHING);
      return values ? sequence('list', values, origin.site, branch) : listOf(self.object.everything(branch), origin.site);
    }
    case 'items': {
      const pairs = slotsInOrder(self)?.map((slot) =>
        sequence('tuple', [keyOfSlot(slot), self.object.read(slot, branch) ?? NOTHING], origin.site, branch),
      );
      if (pairs) return sequence('list', pairs, origin.site, branch);
      return listOf(sequence('tuple', [anyElement(self, branch), self.object.everything(branch)], origin.site, branch), origin.site);
    }
    case 'most_common':
    case 'elements': {
      const key = anyElement(self, branch);
      return listOf(
        method === 'elements' ? key : sequence('tuple', [key, opaque(origin, 'builtins.int')], origin.site, branch),
        origin.site,
      );
    }
    case 'popitem': {
      const isFirst = (args.positional[0] ?? args.keywords.find(({ name }) => name === 'last'))?.value;
      const end = isFirst ? truthOf(isFirst) : true;
      const slot = end === undefined ? undefined : [...self.object.keyNames()].at(end ? -1 : 0);
      if (slot === undefined || self.object.open || self.object.branch !== branch)
        return sequence('tuple', [anyElement(self, branch), self.object.everything(branch)], origin.site, branch);
      const value = self.object.read(slot, branch) ?? NOTHING;
      self.object.delete(slot);
      return sequence('tuple', [keyOfSlot(slot), value], origin.site, branch);
    }
    case 'move_to_end': {
      const slot = slotOfKey(first);
      const toEnd = (args.positional[1] ?? args.keywords.find(({ name }) => name === 'last'))?.value;
      const value = slot === undefined || self.object.open || self.object.branch !== branch ? undefined : self.object.read(slot, branch);
      if (slot === undefined || value === undefined || (toEnd && truthOf(toEnd) !== true)) self.object.writeAnywhere(NOTHING);
      else {
        self.object.delete(slot);
        self.object.write(slot, value, branch);
      }
      return NONE;
    }
    case 'clear':
      self.object.writeAnywhere(NOTHING);
      return NONE;
    default:
      return undefined;
  }
}

/** The keys of a small dict in the order in which they were written, where nothing else can be in it. */
function slotsInOrder({ object }: ContainerAtom): readonly string[] | undefined {
  if (object.open || object.size > MAX_ORDERED || object.keys.length > 0) return undefined;
  const slots = [...object.keyNames()];
  return slots.every((slot) => object.isSure(slot)) ? slots : undefined;
}
/** Larger ones are tables, of which any entry is as good as another. */
const MAX_ORDERED = 8;
