import { originLists, thingLists, typeLists } from './name-lists.ts';
import { compileRegex, wordsOf } from './name-match.ts';
import { type Compiler, type Gate, isObject, type Json, type Key, type Keys, listOfStrings, wordsIn } from './term.ts';

/** From the one that spares most tests on: a name that is called is rarer than a kind of value that is passed. */
const SPARING: readonly Key['in'][] = [
  'sink',
  'callee',
  'name',
  'name-test',
  'sources',
  'names',
  'word',
  'types',
  'gate',
  'mention',
  'mentioned-word',
];

/** All must hold: looking for the rarest is enough. Several gates are one that asks them all. */
export function best(all: readonly Keys[]): Keys {
  let chosen: Keys;
  let least = Number.POSITIVE_INFINITY;
  for (const keys of all) {
    const price = keys ? cost(keys) : least;
    if (price >= least) continue;
    chosen = keys;
    least = price;
  }
  if (chosen?.[0]?.in !== 'gate') return chosen;
  const gates = all.flatMap((keys) => (keys?.length === 1 && keys[0]?.in === 'gate' ? [keys[0]] : []));
  return gates.length > 1 ? [gates.reduce(both)] : chosen;
}
function both(one: Gate, other: Gate): Gate {
  return { in: 'gate', id: `${one.id} and ${other.id}`, test: (context) => one.test(context) && other.test(context) };
}
function cost(keys: readonly Key[]): number {
  let highest = 0;
  for (const key of keys) highest = Math.max(highest, SPARING.indexOf(key.in));
  return highest;
}

/** One must hold: any of what they look for. */
export function either(all: readonly Keys[]): Keys {
  const keys: Key[] = [];
  for (const one of all) {
    if (!one) return undefined;
    keys.push(...one);
  }
  return keys;
}

const LISTS = { callee: thingLists, ancestors: thingLists, names: originLists, types: typeLists };

/** A list of qualified names. */
export function keysOfNames(place: 'callee' | 'ancestors' | 'names' | 'types'): (argument: Json, compiler: Compiler) => Keys {
  return (argument) => {
    const names = listOfStrings(argument);
    // Everything is text or a number somewhere on its way: such types spare nothing, and provenance leaves them out.
    if (place === 'types' && names.some((name) => name.startsWith('builtins.') || name.startsWith('*'))) return undefined;
    return [{ in: place, list: LISTS[place].add(names) }];
  };
}

/** A description of a plain name, see `NAME_SCHEMA`. */
export function keysOfName(pattern: Json): Keys {
  const found = namesAndWords(pattern);
  if (found) return found.map(({ text, isWord }) => ({ in: isWord ? 'word' : 'name', text }));
  return isObject(pattern) && typeof pattern.matches === 'string' ? [{ in: 'name-test', test: compileRegex(pattern.matches) }] : undefined;
}

/** A description of a name that an expression mentions. */
export function keysOfMention(pattern: Json): Keys {
  return namesAndWords(pattern)?.map(({ text, isWord }) => ({ in: isWord ? 'mentioned-word' : 'mention', text }));
}

function namesAndWords(pattern: Json): readonly { readonly text: string; readonly isWord: boolean }[] | undefined {
  if (!isObject(pattern)) return listOfStrings(pattern).map((text) => ({ text, isWord: false }));
  if (pattern.is !== undefined) return namesAndWords(pattern.is);
  const phrases = pattern.words ?? pattern.ends;
  if (phrases === undefined) return undefined;
  const words = listOfStrings(phrases).map((phrase) => wordsOf(phrase)[0]);
  return words.every((word) => word !== undefined) ? words.map((text) => ({ text, isWord: true })) : undefined;
}

/** The value pattern that is the argument, about the same value. */
export function keysOfSame(pattern: Json, compiler: Compiler): Keys {
  return compiler.keysOfValue(wordsIn(pattern));
}
/** The value pattern that is the argument, about a part of the value: what the value itself is says nothing of that. */
export function keysWithin(pattern: Json, compiler: Compiler): Keys {
  const keys = keysOfSame(pattern, compiler);
  return keys?.some((key) => key.in === 'gate') ? undefined : keys;
}
/** The same about a part that may have been written in another place. */
export function keysElsewhere(pattern: Json, compiler: Compiler): Keys {
  const keys = keysWithin(pattern, compiler);
  return keys?.some((key) => key.in === 'mention' || key.in === 'mentioned-word') ? undefined : keys;
}
export function keysOfAny(patterns: Json, compiler: Compiler): Keys {
  return either((Array.isArray(patterns) ? patterns : []).map((pattern) => keysOfSame(pattern, compiler)));
}
export function keysOfAll(patterns: Json, compiler: Compiler): Keys {
  return best((Array.isArray(patterns) ? patterns : []).map((pattern) => keysOfSame(pattern, compiler)));
}
