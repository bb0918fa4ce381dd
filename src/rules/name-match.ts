import { RE2JS } from 're2js';

/** A regular expression of a rule, in linear time (re2js); the whole text need not match. */
export function compileRegex(pattern: string): (text: string) => boolean {
  const regex = RE2JS.compile(pattern);
  return (text) => regex.matcher(text).find();
}

/**
 * Qualified names of a rule against those of a value. `*` stands for any characters (`*.execute`, `flask_security.*`);
 * a trailing `()` of a value's name (the result of a call) may be left out in the rule.
 */
export function compileNames(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const exact = new Set<string>();
  const globs: ((name: string) => boolean)[] = [];
  for (const pattern of patterns) {
    if (pattern.includes('*')) globs.push(glob(pattern));
    else exact.add(pattern);
  }
  if (globs.length === 0) return (names) => names.some((name) => exact.has(name) || (name.endsWith('()') && exact.has(name.slice(0, -2))));
  // The same names are asked for again and again; matching a list of globs costs far more than remembering.
  const answers = new Map<string, boolean>();
  const matches = (name: string): boolean => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const called = name.endsWith('()') ? name.slice(0, -2) : undefined;
    const answer =
      exact.has(name) ||
      (called !== undefined && exact.has(called)) ||
      globs.some((test) => test(name) || (called !== undefined && test(called)));
    if (answers.size > MAX_ANSWERS) answers.clear();
    answers.set(name, answer);
    return answer;
  };
  return (names) => names.some(matches);
}
/** Names remembered per pattern list; enough for those of one file after another. */
const MAX_ANSWERS = 4_000;

function glob(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  const middle = parts.slice(1, -1);
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const part of middle) {
      const found = name.indexOf(part, at);
      if (found < 0 || found + part.length > name.length - last.length) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** `maxLoginTokens`, `MAX_LOGIN_TOKENS`, `max-login-tokens` → `max login tokens`. */
export function wordsOf(name: string): readonly string[] {
  const known = splitNames.get(name);
  if (known) return known;
  const words = splitName(name);
  // The same few thousand names are asked for by every rule; the table is emptied before it can grow without bound.
  if (splitNames.size > MAX_SPLIT_NAMES) splitNames.clear();
  splitNames.set(name, words);
  return words;
}
const splitNames = new Map<string, readonly string[]>();
const MAX_SPLIT_NAMES = 50_000;

function splitName(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Whether the words of `phrase` (`api_key`) stand next to each other in a name. */
export function hasWords(words: readonly string[], phrase: readonly string[]): boolean {
  for (let start = 0; start + phrase.length <= words.length; start++) {
    if (phrase.every((word, offset) => words[start + offset] === word)) return true;
  }
  return false;
}
