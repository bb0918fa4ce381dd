import type { Guard } from '../../evaluate/frame.ts';
import type { CompareOperator, Expr } from '../../ir/nodes.ts';
import { classOf, functionOf } from '../event-parts.ts';
import { compileRegex } from '../name-match.ts';
import { type EventTest, isObject, type Json, listOfStrings, REGEX_SCHEMA, type Terms, wordsIn } from '../term.ts';
import { compileClass, keysOfClass } from './class-terms.ts';
import { compileFunction } from './function-terms.ts';
import { gateOfFunction, onceFor } from './gates.ts';
import { mentions } from './mentions.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

/** Terms about where something stands. */
export const placeTerms: Terms<EventTest> = {
  function: {
    doc: 'It is about, or stands in, such a function (`false`: it stands in none).',
    schema: { oneOf: [{ const: false }, { $ref: '#/$defs/function' }] },
    keys: gateOfFunction,
    compile: (pattern, compiler) => {
      if (pattern === false) return ({ event }) => functionOf(event) === undefined;
      const test = compileFunction(pattern, compiler);
      return (context) => {
        const info = functionOf(context.event);
        return info !== undefined && test(info, context);
      };
    },
  },
  class: {
    doc: 'It is about, or stands in (a method of), such a class (`false`: in none).',
    schema: { oneOf: [{ const: false }, { $ref: '#/$defs/class' }] },
    keys: (pattern, compiler) => (isObject(pattern) ? keysOfClass(pattern, compiler) : undefined),
    compile: (pattern, compiler) => {
      if (pattern === false) return ({ event }) => classOf(event) === undefined;
      const test = compileClass(pattern, compiler);
      return (context) => {
        const info = classOf(context.event);
        return info !== undefined && test(info, context);
      };
    },
  },
  role: {
    doc: 'It stands in a file of one of these roles. Rules have `roles` for this; here it tells variants apart.',
    schema: { type: 'array', items: { enum: ['app', 'test', 'migration', 'settings', 'script', 'docs', 'example'] } },
    keys: (roles) => {
      const wanted = new Set(listOfStrings(roles));
      // Most files are the application's.
      if (wanted.has('app')) return undefined;
      return [{ in: 'gate', id: `role ${JSON.stringify(roles)}`, test: ({ event }) => wanted.has(event.frame.state.module.file.role) }];
    },
    compile: (roles) => {
      const wanted = new Set(listOfStrings(roles));
      return ({ event }) => wanted.has(event.frame.state.module.file.role);
    },
  },
  path: {
    doc: 'Its file’s path, relative to the audited root, matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    keys: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return [{ in: 'gate', id: `path ${pattern}`, test: onceFor(({ event }) => event.frame.state.module.path, matches) }];
    },
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => matches(event.frame.state.module.path);
    },
  },
  'main-guard': {
    doc: 'It stands under `if __name__ == "__main__"` (or not).',
    schema: { type: 'boolean' },
    keys: (wanted) => (wanted === true ? [{ in: 'gate', id: 'main guard', test: underMainGuard() }] : undefined),
    compile: (wanted) => {
      const test = underMainGuard();
      return (context) => test(context) === wanted;
    },
  },
  guard: {
    doc: 'It is reached, or the function around it defined, only where a test of such a value was taken as `holds`; negations are looked through: behind `if x not in READING: return`, `x in READING` holds.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['mentions'],
      properties: { mentions: NAME_SCHEMA, holds: { type: 'boolean' } },
    },
    keys: (argument) => [{ in: 'gate', id: `guard ${JSON.stringify(argument)}`, test: compileGuard(argument) }],
    compile: compileGuard,
  },
};

type Told = Pick<Guard, 'test' | 'holds'>;
const NO_GUARDS: readonly Guard[] = [];
function compileGuard(argument: Json): EventTest {
  const { mentions: name = [], holds } = wordsIn(argument);
  const test = compileName(name);
  const isUnder = (guards: readonly Guard[]): boolean =>
    guards.some((guard) => said(guard).some((one) => (holds === undefined || one.holds === holds) && mentions(one.test, test)));
  const here = onceFor(({ event }) => event.frame.guards, isUnder);
  const around = onceFor(({ event }) => event.frame.info?.guards ?? NO_GUARDS, isUnder);
  return (context) => here(context) || around(context);
}

/** What a test that came out so says, without negations: after `if action not in READING: return`, `action in READING` holds. */
function said({ test, holds }: Told): readonly Told[] {
  if (test.kind === 'unary' && test.op === 'not') return said({ test: test.operand, holds: !holds });
  if (test.kind === 'boolean' && (test.op === 'and') === holds) return test.operands.flatMap((one) => said({ test: one, holds }));
  const [only, ...others] = test.kind === 'compare' ? test.rest : [];
  if (!only || others.length > 0) return [{ test, holds }];
  // What is None is not there.
  const isNone = only.right.kind === 'literal' && only.right.literal.type === 'none';
  return [{ test, holds: NEGATED.has(only.op) === isNone ? holds : !holds }];
}
const NEGATED: ReadonlySet<CompareOperator> = new Set<CompareOperator>(['!=', 'not in', 'is not']);

function underMainGuard(): EventTest {
  return onceFor(
    ({ event }) => event.frame.guards,
    (guards) => guards.some((guard) => guard.holds && isMainGuard(guard.test)),
  );
}

function isMainGuard(test: Expr): boolean {
  return (
    test.kind === 'compare' &&
    [test.first, ...test.rest.map((rest) => rest.right)].some((side) => side.kind === 'name' && side.id === '__name__')
  );
}
