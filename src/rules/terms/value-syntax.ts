import type { Expr, Span } from '../../ir/nodes.ts';
import { keysOfAll, keysOfAny, keysOfMention, keysOfSame } from '../keys.ts';
import { isObject, listOfStrings, type Terms, VALUE_SCHEMA, type ValueTest } from '../term.ts';
import { mentions } from './mentions.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

/** The expression behind a subject: the value of an argument, or the node itself. */
export function expressionOf(node: Expr | Span | undefined): Expr | undefined {
  if (node === undefined) return undefined;
  if ('kind' in node && typeof node.kind === 'string') return node;
  return 'value' in node ? (node as { readonly value: Expr }).value : undefined;
}

/** Terms about how a value is written, and combinations. */
export const syntaxTerms: Terms<ValueTest> = {
  syntax: {
    doc: 'It is written as this kind of expression (see the IR).',
    schema: { type: 'array', items: { type: 'string' } },
    compile: (kinds) => {
      const wanted = new Set(listOfStrings(kinds));
      return (subject) => {
        const node = expressionOf(subject.node);
        // `(user := request.user)` is written as what it gives.
        return node !== undefined && (wanted.has(node.kind) || (node.kind === 'walrus' && wanted.has(node.value.kind)));
      };
    },
  },
  mentions: {
    doc: 'A name, attribute or constant key in its expression has such a name.',
    schema: NAME_SCHEMA,
    keys: keysOfMention,
    compile: (pattern) => {
      const test = compileName(pattern);
      return (subject) => {
        const node = expressionOf(subject.node);
        return node !== undefined && mentions(node, test);
      };
    },
  },
  some: {
    doc: 'At least one of the alternatives that the value may be is such a value (all other words ask it of every alternative).',
    schema: VALUE_SCHEMA,
    keys: keysOfSame,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) => subject.value?.some((atom) => test({ ...subject, value: [atom] }, context)) ?? false;
    },
  },
  any: {
    doc: 'One of these patterns holds.',
    schema: { type: 'array', items: VALUE_SCHEMA, minItems: 1 },
    keys: keysOfAny,
    compile: (patterns, compiler) => {
      const tests = (Array.isArray(patterns) ? patterns : []).filter(isObject).map((pattern) => compiler.value(pattern));
      return (subject, context) => tests.some((test) => test(subject, context));
    },
  },
  like: {
    doc: 'It is such a value as the rule names so under `patterns`.',
    schema: { oneOf: [{ type: 'string' }, VALUE_SCHEMA] },
    keys: keysOfSame,
    compile: (pattern, compiler) => compiler.value(pattern),
  },
  all: {
    doc: 'All of these patterns hold.',
    schema: { type: 'array', items: VALUE_SCHEMA, minItems: 1 },
    keys: keysOfAll,
    compile: (patterns, compiler) => {
      const tests = (Array.isArray(patterns) ? patterns : []).filter(isObject).map((pattern) => compiler.value(pattern));
      return (subject, context) => tests.every((test) => test(subject, context));
    },
  },
  not: {
    doc: 'The pattern does not hold.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) => !test(subject, context);
    },
  },
};
