import type { Names } from '../evaluate/values/name-table.ts';
import { isObject, type Json, listOfStrings } from './term.ts';

/** A list of name patterns, by number: the same list has the same number wherever it stands. */
export type ListId = number;

interface Glob {
  readonly list: ListId;
  readonly test: (name: string) => boolean;
}
/** A glob that is open at both ends, with its longest literal part. */
interface OpenGlob extends Glob {
  readonly part: string;
}

/**
 * All lists of qualified names that rules hold, and on which of them a name is: one look-up per name answers for every rule. In patterns
 * `*` stands for any characters (`*.execute`, `flask_security.*`); a trailing `()` of a name (the result of a call) may be left out.
 */
export class NameLists {
  private readonly ids = new Map<string, ListId>();
  private readonly exact = new Map<string, ListId[]>();
  private readonly globsByLastPart = new Map<string, Glob[]>();
  private readonly globsByFirstPart = new Map<string, Glob[]>();
  private readonly openGlobs: OpenGlob[] = [];
  /** Finds whether any open glob is worth testing: one of their longest literal parts is in the name. */
  private openParts: RegExp | undefined;
  private readonly answers = new Map<string, ReadonlySet<ListId>>();
  private answersOfAll = new WeakMap<Names, ReadonlySet<ListId>>();

  /** The number of a list of patterns that was added. */
  idOf(patterns: readonly string[]): ListId | undefined {
    return this.ids.get(patterns.join('\n'));
  }

  /** The number of a list of patterns. */
  add(patterns: readonly string[]): ListId {
    const key = patterns.join('\n');
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const list = this.ids.size;
    this.ids.set(key, list);
    this.answers.clear();
    this.answersOfAll = new WeakMap();
    for (const pattern of patterns) {
      if (pattern.includes('*')) this.addGlob(pattern, list);
      else push(this.exact, pattern, list);
    }
    return list;
  }

  /** The lists that a name is on. */
  of(name: string): ReadonlySet<ListId> {
    const known = this.answers.get(name);
    if (known) return known;
    const lists = this.find(name);
    const answer = lists.length === 0 ? NONE : new Set(lists);
    if (this.answers.size > MAX_ANSWERS) this.answers.clear();
    this.answers.set(name, answer);
    return answer;
  }

  /** The lists that one of these names is on. Remembered by the list of names, see `Names`. */
  ofAll(names: Names): ReadonlySet<ListId> {
    const [only] = names;
    if (only === undefined) return NONE;
    if (names.length === 1) return this.of(only);
    const known = this.answersOfAll.get(names);
    if (known) return known;
    const lists = new Set(names.flatMap((name) => [...this.of(name)]));
    const answer = lists.size === 0 ? NONE : lists;
    this.answersOfAll.set(names, answer);
    return answer;
  }

  private addGlob(pattern: string, list: ListId): void {
    const entry = { list, test: glob(pattern) };
    const last = lastPart(pattern);
    const first = pattern.slice(0, Math.max(0, pattern.indexOf('.')));
    if (!last.includes('*') && last.length < pattern.length) push(this.globsByLastPart, last, entry);
    else if (first !== '' && !first.includes('*')) push(this.globsByFirstPart, first, entry);
    else {
      this.openGlobs.push({ ...entry, part: longestPart(pattern) });
      this.openParts = undefined;
    }
  }

  private mayMatchOpenGlob(name: string): boolean {
    if (this.openGlobs.length === 0) return false;
    this.openParts ??= new RegExp([...new Set(this.openGlobs.map(({ part }) => escapeRegex(part)))].join('|'));
    return this.openParts.test(name);
  }

  private find(name: string): readonly ListId[] {
    const called = name.endsWith('()') ? name.slice(0, -2) : undefined;
    const lists = [...(this.exact.get(name) ?? []), ...(called === undefined ? [] : (this.exact.get(called) ?? []))];
    const dot = name.indexOf('.');
    for (const globs of [
      this.globsByLastPart.get(name.slice(name.lastIndexOf('.') + 1)) ?? [],
      called === undefined ? [] : (this.globsByLastPart.get(lastPart(called)) ?? []),
      dot < 0 ? [] : (this.globsByFirstPart.get(name.slice(0, dot)) ?? []),
      this.mayMatchOpenGlob(name) ? this.openGlobs : [],
    ])
      for (const { list, test } of globs) if (test(name) || (called !== undefined && test(called))) lists.push(list);
    return lists;
  }
}
const NONE: ReadonlySet<ListId> = new Set();
/** Names remembered; enough for those of one file after another. */
const MAX_ANSWERS = 100_000;

/** Lists that rules hold against what is called, imported, extended and so on. */
export const thingLists = new NameLists();
/** Lists that rules hold against what a value was on its way, and against its types; apart, so that most values are on none of them. */
export const originLists = new NameLists();
export const typeLists = new NameLists();

/** The lists that `from` asks for anywhere in a rule or in facts. */
export function originListsIn(pattern: Json): readonly (readonly string[])[] {
  if (Array.isArray(pattern)) return pattern.flatMap(originListsIn);
  if (!isObject(pattern)) return [];
  return Object.entries(pattern).flatMap(([word, argument]) => (word === 'from' ? [listOfStrings(argument)] : originListsIn(argument)));
}

/**
 * Makes such lists known. It must happen before the first value is met: on which lists a value's origins are is found out once for each value.
 */
export function addOriginLists(lists: readonly (readonly string[])[]): void {
  for (const list of lists) originLists.add(list);
}

function longestPart(pattern: string): string {
  return pattern.split('*').reduce((longest, part) => (part.length > longest.length ? part : longest));
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What stands behind the last dot. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

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

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
