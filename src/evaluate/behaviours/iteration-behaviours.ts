import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callPassed, callValue } from '../calls/calls.ts';
import { filterElements } from '../checks/filter-elements.ts';
import type { Frame } from '../frame.ts';
import { isContainer, keysOf, knownElements, listOf, sequence, slotOfKey } from '../values/container.ts';
import type { HeapObject } from '../values/heap.ts';
import { elementOf } from '../values/types.ts';
import { type Atom, join, NOTHING, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed, siteOfPassed } from './behaviour.ts';
import { iteratorOver } from './sequence-stores.ts';
import { awaited } from './task-behaviours.ts';

/** What is made of the elements of others: `zip`, `iter`, `map`, `gather`. */
export const iterationBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `iter(lambda: file.read(1024), b"")`: what the function gives, until it gives the second. */
  'iterate-calls': (call) => {
    const [callee, sentinel] = call.args.positional;
    if (!sentinel) return callee && iteratorOver(call, callee.value);
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
  /** `gather(one(), other())`: what each of them gives, in their order. */
  'list-arguments': ({ interpreter, args: { positional: passed, openPositional, spread }, origin: { site }, frame }) => {
    const given = passed.map(({ value }) => awaited(value));
    if (!openPositional) return sequence('list', given, site, frame.branch);
    return listOf(given.reduce(join, awaited(elementOf(interpreter, spread, { via: 'element', of: spread, site }))), site);
  },
  'filter-elements': filterElements,
  /** `map(f, xs)`: what the function gives for each element, where they are few and known. */
  'apply-to-elements': (call) => {
    const callee = firstPassed(call);
    const lists = call.args.positional.slice(1);
    const [list] = lists;
    if (!callee || !list) return undefined;
    const { interpreter, frame, node, origin } = call;
    const known = lists.length === 1 ? fewElements(list.value, frame) : undefined;
    if (known) {
      const given = known.map((value) => callPassed(interpreter, frame, callee, positional({ value, node: list.node }), node));
      return sequence('list', given, origin.site, frame.branch);
    }
    const elements = lists.map(({ value, node }, at) => ({
      value: elementOf(interpreter, value, { via: 'element', of: value, site: siteOfPassed(call, at + 1) }),
      node,
    }));
    return listOf(callPassed(interpreter, frame, callee, positional(...elements), node), origin.site);
  },
  /** `reduce(f, xs, start)`: for each element where they are few and known, else once for the start, once for what that gave. */
  reduce: (call) => {
    const [callee, elements, start] = call.args.positional.map((passed) => passed.value);
    if (!callee || !elements) return undefined;
    const { interpreter, frame, node } = call;
    const step = (before: Value, next: Value): Value =>
      callValue(interpreter, frame, callee, positional({ value: before, node }, { value: next, node }), node);
    const [first, ...others] = [...(start ? [start] : []), ...(fewElements(elements, frame) ?? [])];
    if (first && fewElements(elements, frame)) return others.reduce(step, first);
    const next = elementOf(interpreter, elements, { via: 'element', of: elements, site: siteOfPassed(call, 1) });
    const once = step(start ?? next, next);
    return join(once, step(once, next));
  },
};

/** Elements that a function is applied to one by one; of more it is told what any of them may be. */
const MAX_APPLIED = 8;

function fewElements(value: Value, frame: Frame): readonly Value[] | undefined {
  const [only, ...others] = value;
  const elements = only && others.length === 0 && isContainer(only) ? knownElements(only, frame.branch) : undefined;
  return elements && elements.length <= MAX_APPLIED ? elements : undefined;
}

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

/** `dict(pairs)` of which not all is known: the first of each pair is a key. */
export function writeSomePairs({ interpreter, frame, origin: { site } }: BehaviourCall, object: HeapObject, atom: Atom): void {
  const pairs = keysOf(interpreter, atom, site);
  const keys = pairs.flatMap((one) =>
    isContainer(one, 'tuple') ? (one.object.read('0', frame.branch) ?? one.object.everything(frame.branch)) : [one],
  );
  object.keys = join(object.keys, keys);
  // `dict(part.split("=") for part in parts)`: what is taken out is a part of such a pair, and no pair. Of what is no list it is not
  // known whether it gives pairs or is a mapping itself.
  const arePairs = isContainer(atom) && pairs.every((one) => one.kind === 'opaque' || isContainer(one, 'list'));
  object.writeAnywhere(arePairs ? elementOf(interpreter, pairs, { via: 'element', of: pairs, site }) : [atom]);
}
