import { RE2JS, RE2JSException } from 're2js';
import { NameLists, thingLists } from './name-lists.ts';
import { nativeRegex } from './native-regex.ts';

/** A regular expression of a rule; the whole text need not match. Long texts take linear time (re2js), short ones what is quickest. */
export function compileRegex(pattern: string): (text: string) => boolean {
  const known = regexes.get(pattern);
  if (known) return known;
  // Most are never asked: compiling waits for the first question. Rules ask for the same names, paths and strings again and again.
  let linear: RE2JS | undefined;
  let native: RegExp | false | undefined;
  const findLinear = (text: string): boolean => {
    linear ??= RE2JS.compile(pattern);
    return linear.matcher(text).find();
  };
  const answers = new Map<string, boolean>();
  const matches = (text: string): boolean => {
    if (text.length > MAX_SHORT_LENGTH) return findLinear(text);
    const answered = answers.get(text);
    if (answered !== undefined) return answered;
    native ??= nativeRegex(pattern) ?? false;
    const answer = native ? native.test(text) : findLinear(text);
    if (answers.size > MAX_ANSWERS) answers.clear();
    answers.set(text, answer);
    return answer;
  };
  regexes.set(pattern, matches);
  return matches;
}

/** Whether a text is a regular expression that rules can hold. */
export function isRegex(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
}

const regexes = new Map<string, (text: string) => boolean>();
/** Names, paths and most strings of a program are shorter. */
const MAX_SHORT_LENGTH = 200;
/** Texts remembered per expression; enough for those of one file after another. */
const MAX_ANSWERS = 20_000;

/** Whether one of several qualified names is on a rule's list of names and globs. */
export function compileNames(patterns: readonly string[], shared = thingLists): (names: readonly string[]) => boolean {
  const known = shared.idOf(patterns);
  // A list that no event is looked up by is asked of few names: added to the others it would make all of them forget their answers.
  const lists = known === undefined ? new NameLists() : shared;
  const list = known ?? lists.add(patterns);
  return (names) => {
    for (const name of names) if (lists.of(name).has(list)) return true;
    return false;
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
