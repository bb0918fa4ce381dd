import { NO_ARGUMENTS } from './arguments.ts';
import type { Behaviour } from './behaviour.ts';
import { callPassed } from './calls.ts';
import { isContainer, knownElements, listOf, sequence, slotOfKey } from './container.ts';
import type { Frame } from './frame.ts';
import type { HeapObject } from './heap.ts';
import { elementOf } from './types.ts';
import { type Atom, NOTHING, type Value } from './value.ts';

/** What is made of the elements of others: `zip`, `iter`. */
export const iterationBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `iter(lambda: file.read(1024), b"")`: what the function gives, until it gives the second. */
  'iterate-calls': (call) => {
    const [callee, sentinel] = call.args.positional;
    if (!sentinel) return callee?.value;
    return callee && listOf(callPassed(call.interpreter, call.frame, callee.value, NO_ARGUMENTS, call.node), call.origin.site);
  },
  zip: (call) => {
    const lists = call.args.positional.map((passed) => (passed.value.length === 1 ? passed.value[0] : undefined));
    const known = lists.map((atom) => (atom && isContainer(atom) ? knownElements(atom, call.frame.branch) : undefined));
    if (call.args.openPositional || lists.length === 0) return undefined;
    const { site } = call.origin;
    const tuple = (values: readonly Value[]) => sequence('tuple', values, site, call.frame.branch);
    if (known.every((elements) => elements !== undefined)) {
      const length = Math.min(...known.map((elements) => elements.length));
      const rows = Array.from({ length }, (_, at) => tuple(known.map((elements) => elements[at] ?? NOTHING)));
      return sequence('list', rows, site, call.frame.branch);
    }
    return listOf(
      tuple(call.args.positional.map(({ value }) => elementOf(call.interpreter, value, { via: 'element', of: value, site }))),
      site,
    );
  },
};

/** `dict([("a", 1), ("b", 2)])`: each pair is an entry, where all are known. */
export function writePairs(object: HeapObject, atom: Atom, certain: boolean, frame: Frame): boolean {
  const pairs = certain && isContainer(atom) ? knownElements(atom, frame.branch) : undefined;
  const entries = pairs?.map((pair) => {
    const [only, ...others] = pair;
    const elements = only && others.length === 0 && isContainer(only) ? knownElements(only, frame.branch) : undefined;
    const slot = elements?.length === 2 ? slotOfKey(elements[0] ?? NOTHING) : undefined;
    return slot === undefined ? undefined : { slot, value: elements?.[1] ?? NOTHING };
  });
  if (!entries || entries.includes(undefined)) return false;
  for (const entry of entries) if (entry) object.write(entry.slot, entry.value, frame.branch);
  return true;
}
