import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import type { HeapObject } from '../../../evaluate/values/heap.ts';
import { stringOf } from '../../../evaluate/values/text.ts';
import type { Origin, Value } from '../../../evaluate/values/value.ts';
import { type Passed, withoutTaken, withTaken } from '../passed.ts';
import { isTaking } from '../passing.ts';

/** What to remember of a step that takes something out of what is looked at next: the keys that are taken of it, the outermost last. */
export function takenBy(origin: Origin, passed: Passed): Passed {
  switch (origin.via) {
    case 'item':
      return withKey(passed, origin.key);
    case 'element':
    case 'checked':
      return passed;
    case 'call': {
      const method = (origin.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
      if (!origin.receiver || !isTaking(method)) return withoutTaken(passed);
      return method === 'get' || method === 'pop' ? withKey(passed, origin.args.positional[0]?.value) : passed;
    }
    default:
      return withoutTaken(passed);
  }
}

function withKey(passed: Passed, key: Value | undefined): Passed {
  const text = key && stringOf(key);
  return text === undefined ? passed : withTaken(passed, `s:${text}`);
}

/** What of a collection may be meant: what stands under the key that is taken, where it has that, else all of it. */
export function partsTaken(object: HeapObject, passed: Passed): readonly [Value, Passed] {
  const slot = passed.taken?.at(-1);
  const value = slot !== undefined && object.has(slot) ? object.read(slot, ROOT_BRANCH) : undefined;
  if (!value || object.open) return [object.everything(ROOT_BRANCH), passed];
  return [value, withTaken(withoutTaken(passed), ...(passed.taken?.slice(0, -1) ?? []))];
}
