import type { Event } from '../evaluate/events.ts';
import { best } from './keys.ts';
import { addOriginLists } from './name-lists.ts';
import type { MatcherSource, RuleSource } from './rule-source.ts';
import {
  type Compiler,
  type EventTest,
  type Json,
  type JsonObject,
  type Keys,
  listOfStrings,
  type Terms,
  type ValueTest,
  wordsIn,
} from './term.ts';
import { eventTerms } from './terms/event-terms.ts';
import { valueTerms } from './terms/value-terms.ts';

export type StoreForm = (Event & { kind: 'store' })['form'];

/** A matcher ready to be asked. */
export interface Matcher {
  readonly source: MatcherSource;
  readonly kind: Event['kind'];
  readonly test: EventTest;
  /** What an event must show before it is worth testing. */
  readonly keys: Keys;
  /** For stores: the forms it wants. */
  readonly forms: readonly StoreForm[] | undefined;
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
  'set',
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
  value(pattern: Json | undefined): ValueTest {
    const tests = Object.entries(wordsIn(pattern)).map(([key, argument]) => termOf(valueTerms, key).compile(argument, compiler));
    const [only] = tests;
    if (tests.length === 1 && only) return only;
    return (subject, context) => tests.every((test) => test(subject, context));
  },
  condition(words: Json | undefined): EventTest {
    const pattern = wordsIn(words);
    const keys = Object.keys(pattern).sort((a, b) => rank(a) - rank(b));
    const tests = keys.map((key) => termOf(eventTerms, key).compile(pattern[key] ?? null, compiler));
    return (context) => {
      for (const test of tests) if (!test(context)) return false;
      return true;
    };
  },
  keysOfValue: (pattern) => keysOf(valueTerms, pattern),
  keysOfCondition: (pattern) => keysOf(eventTerms, pattern),
};

function keysOf<Test>(terms: Terms<Test>, pattern: JsonObject): Keys {
  // Nothing spares more tests than the name of what is called: the rest need not be looked at.
  const called = pattern.callee === undefined ? undefined : termOf(terms, 'callee').keys?.(pattern.callee, compiler);
  if (called?.every((key) => key.in === 'callee')) return called;
  return best(Object.entries(pattern).map(([key, argument]) => termOf(terms, key).keys?.(argument, compiler)));
}

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
  const { form } = source.condition;
  let test: EventTest | undefined;
  return {
    source,
    kind,
    // Most are never asked: compiling waits for the first event.
    test: (context) => {
      test ??= compiler.condition(source.condition);
      return test(context);
    },
    keys: compiler.keysOfCondition(source.condition),
    forms: kind === 'store' && form !== undefined ? (listOfStrings(form) as readonly StoreForm[]) : undefined,
  };
}

/** Compiles a rule when it is first asked for: most runs leave out those of wider profiles. */
export function compileRule(source: RuleSource): CompiledRule {
  let matchers: readonly Matcher[] | undefined;
  let facts: ReadonlyMap<string, readonly Matcher[]> | undefined;
  const compiling = <Part>(compile: () => Part): Part => {
    addOriginLists(source.origins);
    return compile();
  };
  return {
    source,
    get matchers() {
      matchers ??= compiling(() => source.match.map(compileMatcher));
      return matchers;
    },
    get facts() {
      facts ??= compiling(() => compileFacts(source.facts));
      return facts;
    },
  };
}

export function compileFacts(facts: RuleSource['facts']): ReadonlyMap<string, readonly Matcher[]> {
  return new Map(Object.entries(facts).map(([name, matchers]) => [name, matchers.map(compileMatcher)]));
}
