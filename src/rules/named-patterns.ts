import { UserError } from '../util/user-error.ts';
import { isObject, type Json, type JsonObject, wordsIn } from './term.ts';

/**
 * Puts the patterns that a rule names under `patterns` in the places that ask for them with `like`, so that what a rule says twice stands in
 * it once; where nothing else is asked, the pattern itself stands there, and what a named list holds stands in the list that asks for it. It
 * happens before anything is compiled: evaluation knows no names of patterns.
 * @throws UserError where a name is not defined or a pattern asks for itself.
 */
export function expandPatterns(file: string, rule: JsonObject): JsonObject {
  const named = wordsIn(rule.patterns);
  if (Object.keys(named).length === 0 && !JSON.stringify(rule).includes('"like"')) return rule;
  const done = new Map<string, Json>();

  const patternOf = (name: string, open: readonly string[]): Json => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const pattern = named[name];
    if (pattern === undefined) throw new UserError(`${file}: no pattern is named “${name}” under the key “patterns” of this rule.`);
    if (open.includes(name)) throw new UserError(`${file}: the pattern “${name}” asks for itself, by ${[...open, name].join(' → ')}.`);
    const expanded = inside(pattern, [...open, name]);
    done.set(name, expanded);
    return expanded;
  };
  const inside = (json: Json, open: readonly string[]): Json => {
    if (Array.isArray(json))
      return json.flatMap((item: Json): Json => {
        const whole = inside(item, open);
        return nameIn(item) !== undefined && Array.isArray(whole) ? whole : [whole];
      });
    if (!isObject(json)) return json;
    const name = nameIn(json);
    if (name !== undefined) return patternOf(name, open);
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [
        key,
        // A report holds texts, not patterns.
        key === 'report' ? value : key === 'like' && typeof value === 'string' ? patternOf(value, open) : inside(value, open),
      ]),
    );
  };

  const { patterns: _patterns, match = [], facts, ...rest } = rule;
  return { ...rest, match: inside(match, []), ...(facts === undefined ? {} : { facts: inside(facts, []) }) };
}

/** The pattern that `{ "like": "name" }` stands for, where it says nothing else. */
function nameIn(json: Json): string | undefined {
  return isObject(json) && Object.keys(json).length === 1 && typeof json.like === 'string' ? json.like : undefined;
}
