import { argument } from '../calls/arguments.ts';
import { container, copyInto, isContainer, keysOf, orderedElements, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { int, join, NONE, opaque } from '../values/value.ts';
import { type Behaviour, firstPassed } from './behaviour.ts';

/** Dicts that are made of their keys. */
export const mappingBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `dict.fromkeys(keys, value)` https://docs.python.org/3/library/stdtypes.html#dict.fromkeys */
  'make-from-keys': (call) => {
    const keys = firstPassed(call);
    const value = argument(call.args, 1, 'value')?.value ?? NONE;
    if (!keys) return undefined;
    const object = new HeapObject(call.origin.site, call.frame.branch);
    const slots = orderedElements(keys, call.frame.branch)?.map(slotOfKey);
    for (const slot of slots ?? []) if (slot !== undefined) object.write(slot, value, call.frame.branch);
    if (!slots || slots.includes(undefined)) {
      object.writeAnywhere(value);
      for (const atom of keys) object.keys = join(object.keys, keysOf(call.interpreter, atom, call.origin.site));
    }
    return container('dict', object);
  },
  /** `Counter(values)`: how often each is among them. https://docs.python.org/3/library/collections.html#collections.Counter */
  'make-counter': (call) => {
    const object = new HeapObject(call.origin.site, call.frame.branch);
    const { site } = call.origin;
    for (const atom of firstPassed(call) ?? []) {
      if (isContainer(atom, 'dict')) copyInto(object, atom.object, call.frame.branch);
      else {
        object.writeAnywhere(opaque({ via: 'operation', operands: [], site }, 'builtins.int'));
        object.keys = join(object.keys, keysOf(call.interpreter, atom, site));
      }
    }
    for (const { name, value } of call.args.keywords) object.write(`s:${name}`, value, call.frame.branch);
    object.missing = () => int(0);
    return container('dict', object);
  },
};
