import { UserError } from '../util/user-error.ts';
import { isObject, type Json, type JsonObject } from './term.ts';

/** `<field>` in a key or a text of a matcher. */
const PLACEHOLDER = /<([a-z]+)>/g;

/**
 * Writes a matcher that stands for several, one for each word of a list, once for each: `"each": {"field": ["password", "token"]}` puts the
 * word in for `<field>`, in keys and in texts. It happens before anything is compiled, in the matchers of a rule and in facts.
 * @throws UserError where a word is asked for that `each` does not list, or one that it lists is not asked for.
 */
export function repeatMatchers(file: string, source: JsonObject): JsonObject {
  if (!JSON.stringify(source).includes('"each":')) return source;
  const { match, facts } = source;
  const all = (matchers: Json): readonly Json[] =>
    (Array.isArray(matchers) ? matchers : [matchers]).flatMap((matcher: Json): readonly Json[] =>
      isObject(matcher) ? written(file, matcher) : [matcher],
    );
  return {
    ...source,
    ...(match === undefined ? {} : { match: all(match) }),
    ...(isObject(facts) ? { facts: Object.fromEntries(Object.entries(facts).map(([name, matchers]) => [name, all(matchers)])) } : {}),
  };
}

function written(file: string, { each, ...matcher }: JsonObject): readonly JsonObject[] {
  if (!isObject(each)) return [matcher];
  const lists = Object.entries(each).map(([name, words]) => ({ name, words: words as readonly string[] }));
  const asked = new Set([...JSON.stringify(matcher).matchAll(PLACEHOLDER)].map(([, name]) => name));
  for (const { name } of lists)
    if (!asked.delete(name)) throw new UserError(`${file}: “each” lists words for <${name}>, which the matcher does not ask for.`);
  const [unknown] = asked;
  if (unknown !== undefined) throw new UserError(`${file}: the matcher asks for <${unknown}>, which “each” does not list.`);
  let ways: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const { name, words } of lists) ways = words.flatMap((word) => ways.map((way) => new Map([...way, [name, word]])));
  return ways.map((way) => filled(matcher, way) as JsonObject);
}

function filled(json: Json, words: ReadonlyMap<string, string>): Json {
  const fill = (text: string): string => text.replace(PLACEHOLDER, (whole, name: string) => words.get(name) ?? whole);
  if (typeof json === 'string') return fill(json);
  if (Array.isArray(json)) return json.map((item: Json) => filled(item, words));
  return isObject(json) ? Object.fromEntries(Object.entries(json).map(([key, value]) => [fill(key), filled(value, words)])) : json;
}
