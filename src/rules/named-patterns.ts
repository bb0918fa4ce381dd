import { UserError } from '../util/user-error.ts';
import { isObject, type Json, type JsonObject, wordsIn } from './term.ts';

/**
 * Puts the patterns that a rule names under `patterns` in the places that ask for them with `like`, so that what a rule says twice stands in
 * it once; where nothing else is asked, the pattern itself stands there. It happens before anything is compiled: evaluation knows no names of patterns.
 * @throws UserError where a name is not defined or a pattern asks for itself.
 */
export function expandPatterns(file: string, rule: JsonObject): JsonObject {
  const named = wordsIn(rule.patterns);
  if (Object.keys(named).length === 0 && !JSON.stringify(rule).includes('"like"')) return rule;
  const done = new Map<string, JsonObject>();

  const patternOf = (name: string, open: readonly string[]): JsonObject => {
    const known = done.get(name);
    if (known) return known;
    const pattern = named[name];
    if (!isObject(pattern)) throw new UserError(`${file}: no pattern is named “${name}” under the key “patterns” of this rule.`);
    if (open.includes(name)) throw new UserError(`${file}: the pattern “${name}” asks for itself, by ${[...open, name].join(' → ')}.`);
    const expanded = inside(pattern, [...open, name]) as JsonObject;
    done.set(name, expanded);
    return expanded;
  };
  const inside = (json: Json, open: readonly string[]): Json => {
    if (Array.isArray(json)) return json.map((item: Json) => inside(item, open));
    if (!isObject(json)) return json;
    const keys = Object.keys(json);
    if (keys.length === 1 && typeof json.like === 'string') return patternOf(json.like, open);
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
