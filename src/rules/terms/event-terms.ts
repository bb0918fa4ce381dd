import { stringOf } from '../../evaluate/values/text.ts';
import { expressionOfEvent, nameOf } from '../event-parts.ts';
import { best, either, keysOfMention, keysOfName } from '../keys.ts';
import { compileRegex } from '../name-match.ts';
import { CONDITION_SCHEMA, type EventTest, isObject, type JsonObject, REGEX_SCHEMA, type Terms } from '../term.ts';
import { branchTerms } from './branch-terms.ts';
import { callTerms } from './call-terms.ts';
import { decoratorTerms } from './decorator-terms.ts';
import { sinkTerms } from './flow-terms.ts';
import { handlerTerms } from './handler-terms.ts';
import { importTerms } from './import-terms.ts';
import { loopTerms } from './loop-terms.ts';
import { mentions } from './mentions.ts';
import { migrationTerms } from './migration-terms.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { placeTerms } from './place-terms.ts';
import { routeTerms } from './route-terms.ts';
import { settingTerms } from './setting-terms.ts';
import { storeTerms } from './store-terms.ts';
import { templateTerms } from './template-terms.ts';
import { testTerms } from './test-terms.ts';
import { valuePart } from './value-part.ts';

/** Every word with which a rule can describe an event. All words of one condition must hold. */
export const eventTerms: Terms<EventTest> = {
  ...callTerms,
  ...storeTerms,
  ...testTerms,
  ...importTerms,
  ...decoratorTerms,
  ...handlerTerms,
  ...placeTerms,
  ...sinkTerms,
  ...templateTerms,
  ...settingTerms,
  ...routeTerms,
  ...branchTerms,
  ...loopTerms,
  ...migrationTerms,
  written: {
    doc: 'Its source text (of a call: what is called) matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => {
        const node = event.kind === 'call' ? event.node.callee : event.node;
        return matches(event.frame.state.module.text.slice(node.start, node.end));
      };
    },
  },
  value: valuePart('value', 'store, test, iterate, assert, return: the value is such a value.'),
  returned: valuePart('returned', 'body: what the function returns is such a value.'),
  name: {
    doc: 'The name set, defined, decorated or called (a method’s own name) is such a name.',
    schema: NAME_SCHEMA,
    keys: keysOfName,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => test(nameOf(event));
    },
  },
  'spells-name': {
    doc: 'store: the value is a text with the words of the name it is stored under, three at least: `ORDER_PASSWORD_RESET = "order@password-reset"`.',
    schema: { const: true },
    keys: () => [
      { in: 'gate', id: 'stores a known text', test: ({ event }) => event.kind === 'store' && stringOf(event.value) !== undefined },
    ],
    compile:
      () =>
      ({ event }) =>
        event.kind === 'store' && event.name !== undefined && spells(stringOf(event.value), event.name),
  },
  async: {
    doc: 'iterate: it is `async for` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'iterate' && event.async === wanted,
  },
  mentions: {
    doc: 'compare, test, assert, return: a name, attribute or constant key in its expression has such a name.',
    schema: NAME_SCHEMA,
    keys: keysOfMention,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => {
        const node = expressionOfEvent(event);
        return node !== undefined && mentions(node, test);
      };
    },
  },
  any: {
    doc: 'One of these conditions holds.',
    schema: { type: 'array', items: CONDITION_SCHEMA, minItems: 1 },
    keys: (conditions, compiler) =>
      either((Array.isArray(conditions) ? conditions : []).filter(isObject).map((condition) => compiler.keysOfCondition(condition))),
    compile: (conditions, compiler) => {
      const tests = (Array.isArray(conditions) ? conditions : [])
        .filter(isObject)
        .map((condition: JsonObject) => compiler.condition(condition));
      return (context) => tests.some((test) => test(context));
    },
  },
  like: {
    doc: 'The conditions hold that the rule names so under `patterns`.',
    schema: { oneOf: [{ type: 'string' }, CONDITION_SCHEMA] },
    keys: (condition, compiler) => (isObject(condition) ? compiler.keysOfCondition(condition) : undefined),
    compile: (condition, compiler) => compiler.condition(condition),
  },
  all: {
    doc: 'All of these conditions hold.',
    schema: { type: 'array', items: CONDITION_SCHEMA, minItems: 1 },
    keys: (conditions, compiler) =>
      best((Array.isArray(conditions) ? conditions : []).filter(isObject).map((condition) => compiler.keysOfCondition(condition))),
    compile: (conditions, compiler) => {
      const tests = (Array.isArray(conditions) ? conditions : [])
        .filter(isObject)
        .map((condition: JsonObject) => compiler.condition(condition));
      return (context) => tests.every((test) => test(context));
    },
  },
  not: {
    doc: 'The condition does not hold.',
    schema: CONDITION_SCHEMA,
    compile: (condition, compiler) => {
      const test = compiler.condition(condition);
      return (context) => !test(context);
    },
  },
};

/** Names of URLs, events and keys are texts that spell what the variable is called. */
function spells(text: string | undefined, name: string): boolean {
  const words = (of: string): readonly string[] => [...new Set(of.toLowerCase().split(/[^a-z0-9]+/))].filter((word) => word !== '').sort();
  const own = words(name);
  return text !== undefined && own.length >= 3 && words(text).join(' ') === own.join(' ');
}
