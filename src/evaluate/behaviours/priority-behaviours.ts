import type { Branch } from '../values/branch.ts';
import { container, isContainer, knownElements } from '../values/container.ts';
import { foldCompare } from '../values/fold.ts';
import type { HeapObject } from '../values/heap.ts';
import { type ContainerAtom, NONE, NOTHING, type Value } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';
import { refill, takeElement } from './list-methods.ts';
import { keyOf } from './sort-keys.ts';
import { putInto, stores } from './stores.ts';

/**
 * Collections that give the smallest element first: heaps, priority queues. They are kept in order as long as all that decides it is known: the
 * elements themselves, or what their tuples start with. https://docs.python.org/3/library/heapq.html
 */
export const priorityBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `heappush(heap, item)` */
  'push-ordered': (call) => {
    const [heap, item] = call.args.positional.map(({ value }) => value);
    for (const atom of heap ?? NOTHING) if (isContainer(atom)) insertOrdered(atom, item ?? NOTHING, call.frame.branch);
    return NONE;
  },
  /** `heappop(heap)` */
  'pop-ordered': (call) => {
    const [only, ...others] = call.args.positional[0]?.value ?? NOTHING;
    if (!only || others.length > 0 || !isContainer(only)) return undefined;
    const taken = takeElement(only, isOrdered(only, call.frame.branch) ? 0 : undefined, call.frame.branch);
    return taken.length > 0 ? taken : undefined;
  },
  /** `heapify(values)` */
  'order-elements': (call) => {
    for (const atom of call.args.positional[0]?.value ?? NOTHING) {
      const elements = isContainer(atom) && atom.object.branch === call.frame.branch ? knownElements(atom, call.frame.branch) : undefined;
      const keys = elements?.map((element) => keyOf(element, call.frame.branch));
      if (!isContainer(atom) || !elements || !keys?.every((key) => key !== undefined)) continue;
      const order = keys.map((key, at) => ({ key, at })).sort((a, b) => (foldCompare('<', a.key, b.key) ? -1 : a.at - b.at));
      refill(
        atom,
        order.map(({ at }) => elements[at] ?? NOTHING),
        call.frame.branch,
      );
    }
    return undefined;
  },
  /** `queue.put((2, item))` of a priority queue. */
  'enqueue-ordered': (call) => {
    const item = call.args.positional[0]?.value ?? NOTHING;
    for (const { content } of stores(call.receiver)) {
      const list = asList(content);
      const isOnItsWay = content.length !== undefined && !content.open && content.branch === call.frame.branch;
      if (list && isOnItsWay) insertOrdered(list, item, call.frame.branch);
      else putInto(call, content, item);
    }
    return undefined;
  },
};

function insertOrdered(self: ContainerAtom, item: Value, branch: Branch): void {
  const elements = self.object.branch === branch ? knownElements(self, branch) : undefined;
  const key = keyOf(item, branch);
  const keys = elements?.map((element) => keyOf(element, branch));
  if (!elements || key === undefined || !keys?.every((one) => one !== undefined)) {
    self.object.writeAnywhere(item);
    self.object.length = undefined;
    return;
  }
  const at = keys.findIndex((one) => foldCompare('<', key, one));
  refill(self, at < 0 ? [...elements, item] : [...elements.slice(0, at), item, ...elements.slice(at)], branch);
}

function isOrdered(self: ContainerAtom, branch: Branch): boolean {
  const keys = knownElements(self, branch)?.map((element) => keyOf(element, branch));
  return keys?.every((key, at) => key !== undefined && (at === 0 || foldCompare('<', key, keys[at - 1] ?? key) === false)) ?? false;
}

function asList(content: HeapObject): ContainerAtom | undefined {
  const [list] = container('list', content);
  return list?.kind === 'container' ? list : undefined;
}
