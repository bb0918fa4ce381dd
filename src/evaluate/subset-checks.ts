import type { CallArguments } from './arguments.ts';
import type { Check } from './check.ts';
import { isContainer } from './container.ts';
import type { Atom, Site, Value } from './value.ts';

/**
 * What it says of the elements of one collection that another holds all of them: each is one of those. The collection stands for its elements.
 * https://docs.python.org/3/library/stdtypes.html#frozenset.issubset
 */
export function subsetChecks(part: Value, whole: Value, here: Site): readonly Check[] {
  return [{ fact: { kind: 'member', of: whole }, holds: true, subject: part.flatMap(elementsOf), site: here }];
}

/** `set(fields) <= ALLOWED`: with numbers the sign says something else. */
export function isSet(value: Value): boolean {
  return value.length > 0 && value.every((atom) => isContainer(atom, 'set'));
}

/** `keys.issubset(ALLOWED)` and `ALLOWED.issuperset(keys)` being true, `keys.difference(ALLOWED)` being empty; `undefined` for other calls. */
export function subsetCall(
  names: readonly string[],
  receiver: Value | undefined,
  { positional: [first, ...others] }: CallArguments,
  holds: boolean,
  here: Site,
): readonly Check[] | undefined {
  const method = names[0]?.split('.').at(-1);
  if (!receiver || !first || others.length > 0) return undefined;
  if (method === 'issuperset' && holds) return subsetChecks(first.value, receiver, here);
  if ((method === 'issubset' && holds) || (method === 'difference' && !holds)) return subsetChecks(receiver, first.value, here);
  return undefined;
}

/** What is in a collection, by the value that it was made of. */
function elementsOf(atom: Atom): Value {
  return isContainer(atom) ? atom.object.everything(atom.object.branch) : [atom];
}
