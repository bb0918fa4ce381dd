import type { Origin } from '../../../evaluate/values/value.ts';
import type { HarmName } from '../harms.ts';
import { type Passed, withRead } from '../passed.ts';

/** Give what stands under a key, or under each. */
const GIVING_ENTRIES = /\.(?:get|getlist|pop|values)$/;
/** Marks of what was taken out of something. */
const KEY = 'key';
const ENTRY = 'entry';

/**
 * What to remember of what something is taken out of. Fields are named by keys as well, and of a dict it matters then whether one of its keys was
 * taken, or what stands under one: `for key, value in data.items()`, `data["order"]`.
 */
export function insideOf(harm: HarmName, origin: Origin, passed: Passed): Passed {
  if (harm !== 'fields') return passed;
  switch (origin.via) {
    case 'element':
      return withRead(passed, [KEY]);
    case 'item':
      return isFirst(origin) ? passed : withRead(passed, [ENTRY]);
    case 'call':
      return GIVING_ENTRIES.test(origin.names[0] ?? '') ? withRead(passed, [ENTRY]) : passed;
    default:
      return passed;
  }
}

/** Whether it is the keys of a dict that were taken, and nothing under one. */
export function areKeysTaken({ read }: Passed): boolean {
  return read.includes(KEY) && !read.includes(ENTRY);
}

/** `key` of `key, value`. */
function isFirst({ key }: Origin & { readonly via: 'item' }): boolean {
  const [only, ...others] = key;
  return others.length === 0 && only?.kind === 'constant' && only.literal.type === 'int' && Number(only.literal.value) === 0;
}
