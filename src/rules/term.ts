import type { Event } from '../evaluate/events.ts';
import type { Interpreter } from '../evaluate/interpreter.ts';
import type { Value } from '../evaluate/values/value.ts';
import type { Expr, Span } from '../ir/nodes.ts';
import type { Flow } from './flow/flow.ts';
import type { ListId } from './name-lists.ts';

/** JSON as it stands in a rule. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
/** A JSON Schema (draft 2020-12). */
export type Schema = { readonly [key: string]: Json };

/** What a value term is asked about: a value with the expression that gave it, or an argument that was not passed. */
export interface Subject {
  readonly value: Value | undefined;
  readonly node: Expr | Span | undefined;
  /** Not passed, as far as can be seen: `maybe` when a `**spread` may hold it. */
  readonly absent: 'no' | 'yes' | 'maybe';
}

/** Where a test stands. */
export interface TestContext {
  readonly interpreter: Interpreter;
  readonly event: Event;
  /** The surest flow that words of the matcher found so far, a text that does harm, and a page that escapes nothing. */
  readonly trace: {
    flow: Flow | undefined;
    attack?: string;
    page?: { readonly template: string; readonly names: readonly string[] } | undefined;
  };
}

export type ValueTest = (subject: Subject, context: TestContext) => boolean;
export type EventTest = (context: TestContext) => boolean;

/** Gives terms access to the compilation of what is nested in them; the schema has made sure that these are patterns. */
export interface Compiler {
  value(pattern: Json | undefined): ValueTest;
  condition(pattern: Json | undefined): EventTest;
  keysOfValue(pattern: JsonObject): Keys;
  keysOfCondition(pattern: JsonObject): Keys;
}

/**
 * What an event must show before a term can hold: it is looked up, so that the term is only tested where it may. The plain name of the
 * event (`nameOf`) exactly, by a word or by a test; the same of a name that its expression mentions; in `callee`, the qualified names
 * called or imported; in `ancestors`, those of the class it is about or stands in; in `names`, `types` and `sources`, what one of the event's values was or came from (see `Provenance`);
 * in `sink`, that the models of what is called name a place where values do this harm; a `gate` is a test that costs less than looking any further. `id`: the same for gates that ask the same.
 */
export type Key =
  | { readonly in: 'name' | 'word' | 'mention' | 'mentioned-word'; readonly text: string }
  | { readonly in: 'name-test'; readonly test: (name: string) => boolean }
  | { readonly in: 'callee' | 'ancestors' | 'names' | 'types'; readonly list: ListId }
  | { readonly in: 'sources'; readonly kind: string }
  | { readonly in: 'sink'; readonly harm: string }
  | Gate;
export interface Gate {
  readonly in: 'gate';
  readonly id: string;
  readonly test: EventTest;
}

/** One of these must be there; `undefined`: there is no such thing to look for. */
export type Keys = readonly Key[] | undefined;

/**
 * One word of the rule language: what its argument looks like, what it means, how it is tested.
 * A new word is one new entry in a table of `terms/`; the schema and the documentation come from there.
 */
export interface Term<Test> {
  readonly doc: string;
  readonly schema: Schema;
  compile(argument: Json, compiler: Compiler): Test;
  /** Spares the test where none of these is there. A term without it is asked every time. */
  readonly keys?: (argument: Json, compiler: Compiler) => Keys;
}

/** A table of terms by the key they have in JSON. */
export type Terms<Test> = { readonly [key: string]: Term<Test> };

/** Definitions of the schema: see `vocabularyDefinitions`. */
export const NAMES_SCHEMA: Schema = { $ref: '#/$defs/names' };
/** Stands for what the rule names so under `patterns`: see named-patterns.ts. */
export const NAMED_SCHEMA: Schema = { $ref: '#/$defs/named' };
/** A regular expression of RE2; validate.ts knows the format. */
export const REGEX_SCHEMA: Schema = { type: 'string', format: 're2' };
export const VALUE_SCHEMA: Schema = { $ref: '#/$defs/value' };
export const CONDITION_SCHEMA: Schema = { $ref: '#/$defs/condition' };

/** A string or a list of strings as a list. The schema has checked the shape. */
export function listOfStrings(argument: Json): readonly string[] {
  if (typeof argument === 'string') return [argument];
  return Array.isArray(argument) ? argument.filter((item): item is string => typeof item === 'string') : [];
}

/** The words of a pattern; none of what is no object, which the schema keeps out of rules. */
export function wordsIn(argument: Json | undefined): JsonObject {
  return isObject(argument) ? argument : {};
}

export function isObject(argument: Json | undefined): argument is JsonObject {
  return typeof argument === 'object' && argument !== null && !Array.isArray(argument);
}
