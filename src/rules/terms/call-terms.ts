import type { Event } from '../../evaluate/events.ts';
import { join } from '../../evaluate/values/value.ts';
import { best, keysOfNames, keysOfSame } from '../keys.ts';
import { compileNames } from '../name-match.ts';
import { type EventTest, type Keys, listOfStrings, NAMES_SCHEMA, type Subject, type Terms, VALUE_SCHEMA, wordsIn } from '../term.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { passedArgument } from './passed-argument.ts';
import { valuePart } from './value-part.ts';

/** Characters behind a call in which `then` looks for an attribute: a line break with its indentation, and a name. */
const MAX_THEN = 120;

const PASSES_KEYWORDS: Keys = [
  { in: 'gate', id: 'passes keywords', test: ({ event }) => event.kind === 'call' && event.args.keywords.length > 0 },
];

/** Terms about a call: what is called, with what, and what becomes of the result. */
export const callTerms: Terms<EventTest> = {
  callee: {
    doc: 'call: what is called has one of these qualified names.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('callee'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return ({ event }) => event.kind === 'call' && matches(event.names);
    },
  },
  arg: {
    doc: 'call: these arguments are such values. Keys: `verify` by keyword or modelled position, `1` by position, `debug@2` by either.',
    schema: { type: 'object', additionalProperties: VALUE_SCHEMA },
    keys: (entries, compiler) => best(Object.values(wordsIn(entries)).map((pattern) => compiler.keysOfValue(wordsIn(pattern)))),
    compile: (entries, compiler) => {
      const tests = Object.entries(wordsIn(entries)).map(([key, pattern]) => ({
        key,
        test: compiler.value(pattern),
      }));
      return (context) => {
        const { event, interpreter } = context;
        if (event.kind !== 'call') return false;
        const params = event.names.map((name) => interpreter.library.row(name)?.params).find((row) => row !== undefined);
        return tests.every(({ key, test }) => test(argumentSubject(event, key, params), context));
      };
    },
  },
  'any-arg': {
    doc: 'call: one of the arguments is such a value.',
    schema: VALUE_SCHEMA,
    keys: keysOfSame,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (context) => {
        const { event } = context;
        if (event.kind !== 'call') return false;
        const { positional, keywords, spread } = event.args;
        const spreads = spread.length > 0 ? event.node.args.filter((one) => one.star !== undefined) : [];
        return (
          [...positional, ...keywords].some((passed) => test({ value: passed.value, node: passed.node, absent: 'no' }, context)) ||
          spreads.some((node) => test({ value: spread, node, absent: 'no' }, context))
        );
      };
    },
  },
  spread: {
    doc: 'call: it passes `**` of names that are not known, and what gives these names is such a value.',
    schema: VALUE_SCHEMA,
    keys: keysOfSame,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (context) => {
        const { event } = context;
        if (event.kind !== 'call' || !event.args.openKeywords) return false;
        const node = event.node.args.find((one) => one.star === '**');
        return test({ value: join(event.args.names ?? [], event.args.keys ?? []), node, absent: 'no' }, context);
      };
    },
  },
  arguments: {
    doc: 'call: so many arguments are passed, positional and keywords.',
    schema: { type: 'object', additionalProperties: false, properties: { min: { type: 'number' }, max: { type: 'number' } } },
    compile: (bounds) => {
      const { min, max } = wordsIn(bounds);
      return ({ event }) => {
        if (event.kind !== 'call' || event.args.openKeywords || event.args.openPositional) return false;
        const count = event.args.positional.length + event.args.keywords.length;
        return !(typeof min === 'number' && count < min) && !(typeof max === 'number' && count > max);
      };
    },
  },
  keywords: {
    doc: 'call: it passes keywords, and each has such a name.',
    schema: NAME_SCHEMA,
    keys: () => PASSES_KEYWORDS,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => event.kind === 'call' && event.args.keywords.length > 0 && event.args.keywords.every(({ name }) => test(name));
    },
  },
  keyword: {
    doc: 'call: one of the keywords that it passes has such a name (`named`) and is such a value.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['named', 'value'],
      properties: { named: NAME_SCHEMA, value: VALUE_SCHEMA },
    },
    keys: (argument, compiler) => keysOfSame(wordsIn(argument).value ?? {}, compiler) ?? PASSES_KEYWORDS,
    compile: (argument, compiler) => {
      const { named, value } = wordsIn(argument);
      const isNamed = compileName(named ?? []);
      const test = compiler.value(value);
      return (context) => {
        const { event } = context;
        if (event.kind !== 'call') return false;
        return event.args.keywords.some(
          (passed) => isNamed(passed.name) && test({ value: passed.value, node: passed.node, absent: 'no' }, context),
        );
      };
    },
  },
  called: valuePart('callee', 'call: what is called is such a value.'),
  receiver: valuePart('receiver', 'call: the object whose method is called is such a value.'),
  result: valuePart('result', 'call: the result is such a value.'),
  awaited: {
    doc: 'call: it stands directly behind `await` (or not).',
    schema: { type: 'boolean' },
    keys: (wanted) => [{ in: 'gate', id: `awaited ${wanted}`, test: ({ event }) => event.kind === 'call' && event.awaited === wanted }],
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'call' && event.awaited === wanted,
  },
  then: {
    doc: 'call: such an attribute of its result is taken right there, as in `Markup(text).unescape()`.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => {
        if (event.kind !== 'call') return false;
        const { text } = event.frame.state.module;
        return test(/^\s*\.\s*(\w+)/.exec(text.slice(event.node.end, event.node.end + MAX_THEN))?.[1]);
      };
    },
  },
  unused: {
    doc: 'call: it stands alone, and nothing uses its result (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'call' && (event.statement?.kind === 'expression' && event.statement.value === event.node) === wanted,
  },
};

/** An argument of a call event, see `passedArgument`. */
export function argumentSubject(event: Event & { kind: 'call' }, key: string, params: readonly string[] | undefined): Subject {
  return passedArgument(event.args, event.node, key, params);
}
