import type { CallArguments } from '../calls/arguments.ts';
import { contentOf, isContainer } from '../values/container.ts';
import { constantText } from '../values/text.ts';
import { type Atom, type Site, str, type Value } from '../values/value.ts';
import type { Check } from './check.ts';

/**
 * What it says of the elements of one collection that another holds all of them: each is one of those. The collection stands for its elements.
 * https://docs.python.org/3/library/stdtypes.html#frozenset.issubset
 */
export function subsetChecks(part: Value, whole: Value, here: Site): readonly Check[] {
  const elements = part.flatMap(contentOf);
  const text = elements.flatMap((element) => textOfCharacter(element) ?? []);
  // `set(name) <= set("abc")`: no other characters are in the text.
  if (text.length > 0 && text.length === elements.length) {
    const characters = whole.map(charactersOf);
    const of = characters.includes(undefined) ? whole : str(characters.join(''));
    return [{ fact: { kind: 'member', of }, holds: true, subject: text, site: here }];
  }
  return [{ fact: { kind: 'member', of: whole }, holds: true, subject: elements, site: here }];
}

/** The text whose characters an element stands for. */
function textOfCharacter(atom: Atom): Atom | undefined {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'element') return undefined;
  const [only, ...others] = atom.origin.of;
  if (!only || others.length > 0) return undefined;
  const isText = only.kind === 'text' || (only.kind === 'opaque' && only.type === 'builtins.str') || constantText([only]) !== undefined;
  return isText ? only : undefined;
}

/** The characters in a text, or in a set of characters; `undefined` where they are not known. */
function charactersOf(atom: Atom): string | undefined {
  const text = constantText([atom]);
  if (text !== undefined) return text;
  if (!isContainer(atom)) return undefined;
  const parts = contentOf(atom).map((element) => constantText([textOfCharacter(element) ?? element]));
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join('');
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
