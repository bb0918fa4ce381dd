import { compileRegex, wordsOf } from '../name-match.ts';
import { isObject, type Json, listOfStrings, REGEX_SCHEMA, type Schema } from '../term.ts';

export type NameTest = (name: string | undefined) => boolean;

/** How rules describe a plain name (of a variable, key, function, class). */
export const NAME_SCHEMA: Schema = {
  oneOf: [
    { type: 'string' },
    { type: 'array', items: { type: 'string' }, minItems: 1 },
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        is: { type: 'array', items: { type: 'string' }, description: 'exactly one of these' },
        matches: { ...REGEX_SCHEMA, description: 'a regular expression (RE2) found in the name' },
        words: {
          type: 'array',
          items: { type: 'string' },
          description: 'words of the name, however it is spelled: api_key finds apiKey and MY_API_KEY',
        },
        ends: { type: 'array', items: { type: 'string' }, description: 'the last words of the name' },
        without: { type: 'array', items: { type: 'string' }, description: 'words that the name must not have' },
      },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['like'],
      properties: { like: { type: 'string', description: 'such a name as the rule describes so under `patterns`' } },
    },
  ],
};

/** All keys given must hold; a bare string or list means exactly that name. An unknown name matches nothing. */
export function compileName(pattern: Json): NameTest {
  if (!isObject(pattern)) {
    const names = new Set(listOfStrings(pattern));
    return (name) => name !== undefined && names.has(name);
  }
  const tests: ((name: string) => boolean)[] = [];
  if (pattern.is !== undefined) {
    const names = new Set(listOfStrings(pattern.is));
    tests.push((name) => names.has(name));
  }
  if (typeof pattern.matches === 'string') {
    const matches = compileRegex(pattern.matches);
    tests.push((name) => matches(name));
  }
  if (pattern.words !== undefined) {
    const phrases = phrasesOf(pattern.words);
    tests.push((name) => findPhrase(wordsOf(name), phrases) !== undefined);
  }
  if (pattern.ends !== undefined) {
    const phrases = phrasesOf(pattern.ends);
    tests.push((name) => {
      const words = wordsOf(name);
      return words.some((word, at) =>
        phrases.get(word)?.some((phrase) => at + phrase.length === words.length && standsAt(words, at, phrase)),
      );
    });
  }
  if (pattern.without !== undefined) {
    const phrases = phrasesOf(pattern.without);
    tests.push((name) => findPhrase(wordsOf(name), phrases) === undefined);
  }
  return (name) => name !== undefined && tests.every((test) => test(name));
}

type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Phrases by their first word: most names have none of these, and lists are long. */
function phrasesOf(list: Json): Phrases {
  const phrases = new Map<string, (readonly string[])[]>();
  for (const phrase of listOfStrings(list).map(wordsOf)) {
    const [first] = phrase;
    if (first === undefined) continue;
    const others = phrases.get(first);
    if (others) others.push(phrase);
    else phrases.set(first, [phrase]);
  }
  return phrases;
}

function findPhrase(words: readonly string[], phrases: Phrases): readonly string[] | undefined {
  for (let at = 0; at < words.length; at++) {
    const found = phrases.get(words[at] ?? '')?.find((phrase) => standsAt(words, at, phrase));
    if (found) return found;
  }
  return undefined;
}

function standsAt(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((word, offset) => words[at + offset] === word);
}
