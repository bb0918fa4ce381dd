import { originLists, thingLists, typeLists } from './name-lists.ts';
import { compileRegex, wordsOf } from './name-match.ts';
import { type Compiler, isObject, type Json, type Key, type Keys, listOfStrings } from './term.ts';

/** From the one that spares most tests on: a name that is called is rarer than a kind of value that is passed. */
const SPARING: readonly Key['in'][] = ['callee', 'name', 'name-test', 'sources', 'names', 'word', 'types', 'mention', 'mentioned-word'];

/** All must hold: looking for the rarest is enough. */
export function best(all: readonly Keys[]): Keys {
  let chosen: Keys;
  for (const keys of all) if (keys && (!chosen || cost(keys) < cost(chosen))) chosen = keys;
  return chosen;
}
function cost(keys: readonly Key[]): number {
  return Math.max(0, ...keys.map((key) => SPARING.indexOf(key.in)));
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

/** The value pattern that is the argument. */
export function keysWithin(pattern: Json, compiler: Compiler): Keys {
  return compiler.keysOfValue(isObject(pattern) ? pattern : {});
}
export function keysOfAny(patterns: Json, compiler: Compiler): Keys {
  return either((Array.isArray(patterns) ? patterns : []).map((pattern) => keysWithin(pattern, compiler)));
}
export function keysOfAll(patterns: Json, compiler: Compiler): Keys {
  return best((Array.isArray(patterns) ? patterns : []).map((pattern) => keysWithin(pattern, compiler)));
}
