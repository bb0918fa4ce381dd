import type { Check } from '../../evaluate/checks/check.ts';
import { UNQUOTED } from './harmless/removed.ts';

let next = 1;
const numbers = new WeakMap<Check, number>();

/** What was met between the sink and the value that is looked at. */
export interface Passed {
  /** Conditions that hold of what was made from it. */
  readonly checks: readonly Check[];
  /** Functions whose effect was turned back: decoding behind an encoder. */
  readonly undone: readonly string[];
  /** The quote that is open where the value is put into a text. */
  readonly quote?: string;
  /** Characters that were taken out of it. */
  readonly removed: string;
  /** Quotes that were doubled in it. */
  readonly doubled: string;
  /** Kinds of source that it became by being read: `json` behind `json.loads`. */
  readonly read: readonly string[];
  /** What leads up in a path was taken out of its text, whether the folders on the way are there or not: `abspath("a/b-/../../c")`. */
  readonly isFolded?: true;
  /** The name that a file has was taken of it: of what type the file is says nothing of that. */
  readonly isName?: true;
  /** It was put behind other text, as the end of a path that starts there. */
  readonly isBehind?: true;
  /** The keys of dicts under which it stands in what is looked at, the outermost last: `next` of `states.get(id)["next"]`. */
  readonly taken?: readonly string[];
  /** The same for the same. */
  readonly key: string;
  /** The same for the same but for the conditions. */
  readonly rest: string;
}
export const NOTHING_PASSED: Passed = keyed({ checks: [], undone: [], removed: '', doubled: '', read: [], key: '', rest: '' });

export function withCheck(passed: Passed, check: Check): Passed {
  if (passed.undone.length > 0 && isAboutEncoded(check)) return passed;
  return passed.checks.includes(check) ? passed : keyed({ ...passed, checks: [...passed.checks, check] });
}
/**
 * Whether a check only looks for characters that decoding brings back: `".." in raw` says nothing of `unquote(raw)`. Whatever is one of known
 * values, or has only some characters, stays so.
 */
function isAboutEncoded({ fact }: Check): boolean {
  if (fact.kind === 'any') return fact.ways.some((way) => way.every(isAboutEncoded));
  return fact.kind === 'contains' || (fact.kind === 'call' && /\.(?:starts|ends)with$/.test(fact.names[0] ?? ''));
}
export function withUndone(passed: Passed, names: readonly string[]): Passed {
  const more = names.filter((name) => !passed.undone.includes(name));
  return more.length === 0 ? passed : keyed({ ...passed, undone: [...passed.undone, ...more] });
}
export function withQuote(passed: Passed, quote: string | undefined): Passed {
  // What is around the whole text is around its parts, too.
  const isKnown = quote === undefined || (quote === UNQUOTED && passed.quote !== undefined);
  return isKnown ? passed : keyed({ ...passed, quote });
}
export function withRemoved(passed: Passed, removed: string): Passed {
  return removed === '' ? passed : keyed({ ...passed, removed: passed.removed + removed });
}

export function withDoubled(passed: Passed, doubled: string): Passed {
  return doubled === '' ? passed : keyed({ ...passed, doubled: passed.doubled + doubled });
}

export function withRead(passed: Passed, kinds: readonly string[]): Passed {
  const more = kinds.filter((kind) => !passed.read.includes(kind));
  return more.length === 0 ? passed : keyed({ ...passed, read: [...passed.read, ...more] });
}

export function withFolded(passed: Passed): Passed {
  return passed.isFolded ? passed : keyed({ ...passed, isFolded: true });
}

export function withName(passed: Passed): Passed {
  return passed.isName ? passed : keyed({ ...passed, isName: true });
}

/** Keys that are remembered; what stands in more dicts within dicts is not told apart. */
const MAX_TAKEN = 3;

export function withTaken(passed: Passed, ...keys: readonly string[]): Passed {
  const taken = [...(passed.taken ?? []), ...keys];
  return keys.length === 0 || taken.length > MAX_TAKEN ? passed : keyed({ ...passed, taken });
}

export function withoutTaken(passed: Passed): Passed {
  if (!passed.taken) return passed;
  const { taken: _, ...others } = passed;
  return keyed(others);
}

/** Of conditions on a value, those that say something of what was made from it on the way. */
export function stillTelling(passed: Passed, checks: readonly Check[]): readonly Check[] {
  if (passed.undone.length === 0 && !passed.isName) return checks;
  return checks.filter((check) => !(passed.undone.length > 0 && isAboutEncoded(check)) && !(passed.isName && isAboutType(check)));
}

function isAboutType({ fact }: Check): boolean {
  return fact.kind === 'call' && fact.names[0] === 'builtins.isinstance';
}

export function withBehind(passed: Passed): Passed {
  return passed.isBehind ? passed : keyed({ ...passed, isBehind: true });
}

/** Whether all that another passed was passed, and only conditions besides. */
export function isStricter(passed: Passed, other: Passed): boolean {
  return passed.rest === other.rest && other.checks.every((check) => passed.checks.includes(check));
}

function keyed(passed: Passed): Passed {
  const checks = passed.checks.map(numberOf).sort((a, b) => a - b);
  const rest = JSON.stringify([
    passed.undone,
    passed.quote,
    passed.removed,
    passed.doubled,
    passed.read,
    passed.isFolded,
    passed.isName,
    passed.isBehind,
    passed.taken,
  ]);
  return { ...passed, rest, key: `${checks.join()} ${rest}` };
}

function numberOf(check: Check): number {
  const known = numbers.get(check) ?? next++;
  numbers.set(check, known);
  return known;
}
