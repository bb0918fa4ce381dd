import { compileRegex, hasWords, wordsOf } from '../name-match.ts';
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
    const phrases = listOfStrings(pattern.words).map(wordsOf);
    tests.push((name) => phrases.some((phrase) => hasWords(wordsOf(name), phrase)));
  }
  if (pattern.ends !== undefined) {
    const phrases = listOfStrings(pattern.ends).map(wordsOf);
    tests.push((name) =>
      phrases.some((phrase) => phrase.length <= wordsOf(name).length && hasWords(wordsOf(name).slice(-phrase.length), phrase)),
    );
  }
  if (pattern.without !== undefined) {
    const phrases = listOfStrings(pattern.without).map(wordsOf);
    tests.push((name) => !phrases.some((phrase) => hasWords(wordsOf(name), phrase)));
  }
  return (name) => name !== undefined && tests.every((test) => test(name));
}
