import type { Event } from '../evaluate/events.ts';
import type { MatcherSource, RuleSource } from './rule-source.ts';
import { type Compiler, type EventTest, isObject, type Json, type JsonObject, listOfStrings, type ValueTest } from './term.ts';
import { eventTerms } from './terms/event-terms.ts';
import { valueTerms } from './terms/value-terms.ts';

/** A matcher ready to be asked. */
export interface Matcher {
  readonly source: MatcherSource;
  readonly kind: Event['kind'];
  readonly test: EventTest;
  /** For calls: last parts of the names it wants (`run`, `execute`); absent when any call may match. */
  readonly lastParts: readonly string[] | undefined;
  /** For stores: the forms it wants. */
  readonly forms: readonly string[] | undefined;
  /** For stores: the exact names it wants; absent when the name is described otherwise. */
  readonly names: readonly string[] | undefined;
}

/** A rule ready to run. */
export interface CompiledRule {
  readonly source: RuleSource;
  readonly matchers: readonly Matcher[];
  readonly facts: ReadonlyMap<string, readonly Matcher[]>;
}

/** Words that are cheap to ask come first. */
const CHEAP = [
  'form',
  'op',
  'name',
  'callee',
  'import',
  'role',
  'path',
  'awaited',
  'target',
  'swallows',
  'imported-from',
  'main-guard',
  'class',
  'function',
];

const compiler: Compiler = {
  value(pattern: JsonObject): ValueTest {
    const tests = Object.entries(pattern).map(([key, argument]) => termOf(valueTerms, key).compile(argument, compiler));
    const [only] = tests;
    if (tests.length === 1 && only) return only;
    return (subject, context) => tests.every((test) => test(subject, context));
  },
  condition(pattern: JsonObject): EventTest {
    const keys = Object.keys(pattern).sort((a, b) => rank(a) - rank(b));
    const tests = keys.map((key) => termOf(eventTerms, key).compile(pattern[key] ?? null, compiler));
    return (context) => tests.every((test) => test(context));
  },
};

function rank(key: string): number {
  const at = CHEAP.indexOf(key);
  return at < 0 ? CHEAP.length : at;
}

function termOf<Term>(terms: { readonly [key: string]: Term }, key: string): Term {
  const term = terms[key];
  if (!term) throw new Error(`internal error: the schema accepted the unknown word “${key}”`);
  return term;
}

export function compileMatcher(source: MatcherSource): Matcher {
  const kind = source.on as Event['kind'];
  const { callee, form, name } = source.condition;
  return {
    source,
    kind,
    test: compiler.condition(source.condition),
    lastParts: kind === 'call' && callee !== undefined ? lastParts(listOfStrings(callee)) : undefined,
    forms: kind === 'store' && form !== undefined ? listOfStrings(form) : undefined,
    names: kind === 'store' && name !== undefined ? exactNames(name) : undefined,
  };
}

function exactNames(name: Json): readonly string[] | undefined {
  if (typeof name === 'string' || Array.isArray(name)) return listOfStrings(name);
  return isObject(name) && name.is !== undefined ? listOfStrings(name.is) : undefined;
}

/** The parts behind the last dot; `undefined` when one of them is open (`flask.*`). */
function lastParts(patterns: readonly string[]): readonly string[] | undefined {
  const parts = patterns.map((pattern) => lastPart(pattern));
  return parts.some((part) => part.includes('*')) ? undefined : parts;
}

/** `foo.bar().baz` → baz, `foo.bar()` → bar. */
export function lastPart(name: string): string {
  const bare = name.endsWith('()') ? name.slice(0, -2) : name;
  return bare.slice(bare.lastIndexOf('.') + 1);
}

export function compileRule(source: RuleSource): CompiledRule {
  return {
    source,
    matchers: source.match.map(compileMatcher),
    facts: compileFacts(source.facts),
  };
}

export function compileFacts(facts: RuleSource['facts']): ReadonlyMap<string, readonly Matcher[]> {
  return new Map(Object.entries(facts).map(([name, matchers]) => [name, matchers.map(compileMatcher)]));
}
