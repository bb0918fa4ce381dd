import type { Interpreter } from '../../evaluate/interpreter.ts';
import { namesOf } from '../../evaluate/names/names.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { expressionName } from '../expression-name.ts';
import { isFixed } from '../fixed.ts';
import { keysElsewhere, keysOfMention, keysOfNames } from '../keys.ts';
import { originLists } from '../name-lists.ts';
import { compileNames } from '../name-match.ts';
import { callNames, ENVIRONMENT, provenanceOf } from '../provenance.ts';
import { isObject, listOfStrings, NAMES_SCHEMA, type Terms, VALUE_SCHEMA, type ValueTest, wordsIn } from '../term.ts';
import { gateOfParameter } from './gates.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { passedArgument } from './passed-argument.ts';
import { everyAtom } from './value-constants.ts';

/** Steps back that `within` follows; enough for any code a person would still call related. */
const MAX_STEPS = 12;

/** Only what it was taken out of: attributes, items, elements, and method calls on it (`request.POST.get("x").strip()`). */
function someContainerOf(interpreter: Interpreter, value: Value, test: (atom: Atom) => boolean, steps = MAX_STEPS): boolean {
  if (steps <= 0) return false;
  return value.some((atom) => {
    if (test(atom)) return true;
    if (atom.kind !== 'opaque') return false;
    const { origin } = atom;
    if (origin.via === 'attribute' || origin.via === 'item' || origin.via === 'element')
      return someContainerOf(interpreter, origin.of, test, steps - 1);
    return origin.via === 'call' && origin.receiver !== undefined && someContainerOf(interpreter, origin.receiver, test, steps - 1);
  });
}

/** Whether it is what a view is handed out of the URL, and none of its routes lets harmful text through. */
function isHarmlessPart({ hooks }: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'parameter') return false;
  const { info, name } = atom.origin;
  return hooks.some((hook) => hook.isHarmlessPart?.(info, name) === true);
}

/** Terms about where a value came from. */
export const originTerms: Terms<ValueTest> = {
  from: {
    doc: 'Somewhere on its way it was, or was computed from, one of these: a qualified name, a path (`django.http.HttpRequest.POST`), or a call of one.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('names'),
    compile: (patterns) => {
      const list = originLists.add(listOfStrings(patterns));
      return (subject, { interpreter }) => subject.value !== undefined && provenanceOf(interpreter, subject.value).names.has(list);
    },
  },
  within: {
    doc: 'It was taken out of one of these by attributes, items, elements or method calls, without other computation.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('names'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns), originLists);
      return (subject, { interpreter }) =>
        subject.value !== undefined &&
        someContainerOf(interpreter, subject.value, (atom) => matches(namesOf(interpreter, atom)) || matches(callNames(atom)));
    },
  },
  source: {
    doc: 'Somewhere on its way it was a source of one of these kinds by the library models (`request`).',
    schema: NAMES_SCHEMA,
    keys: (kinds) => listOfStrings(kinds).map((kind) => ({ in: 'sources', kind })),
    compile: (kinds) => {
      const wanted = listOfStrings(kinds);
      return (subject, { interpreter }) => {
        if (subject.value === undefined) return false;
        const { sources } = provenanceOf(interpreter, subject.value);
        return wanted.some((kind) => sources.has(kind));
      };
    },
  },
  fixed: {
    doc: 'It was made of constants alone, by what always gives the same for the same (`pure` in the library models), even where the result is not known here.',
    schema: { const: true },
    compile:
      () =>
      (subject, { interpreter }) =>
        subject.value !== undefined && isFixed(interpreter, subject.value),
  },
  cleaned: {
    doc: 'It is the result of a call that makes a value harmless in one of these contexts by the library models (`html`, `sql`, `shell`, `path`, `url`), or a part of the URL whose routes let no harmful text through (`<slug:name>`).',
    schema: NAMES_SCHEMA,
    compile: (contexts) => {
      const wanted = listOfStrings(contexts);
      return everyAtom(
        (atom, { interpreter }) =>
          callNames(atom).some((name) => wanted.some((context) => interpreter.library.row(name)?.cleans?.includes(context) ?? false)) ||
          cleanType(interpreter, atom, wanted) ||
          isHarmlessPart(interpreter, atom),
      );
    },
  },
  parameter: {
    doc: 'It is a parameter of the function, as it was passed (true), or one with such a name.',
    schema: { oneOf: [{ const: true }, NAME_SCHEMA] },
    keys: gateOfParameter,
    compile: (argument) => {
      const test = argument === true ? () => true : compileName(argument);
      return everyAtom((atom) => atom.kind === 'opaque' && atom.origin.via === 'parameter' && test(atom.origin.name));
    },
  },
  environment: {
    doc: 'It is read from the environment; `default` asks for what it is when unset (`absent: true`: none is given), `variable` for the name.',
    schema: {
      oneOf: [
        { const: true },
        { type: 'object', additionalProperties: false, properties: { default: VALUE_SCHEMA, variable: NAME_SCHEMA } },
      ],
    },
    keys: () => [{ in: 'sources', kind: ENVIRONMENT }],
    compile: (argument, compiler) => {
      const test = isObject(argument) && isObject(argument.default) ? compiler.value(argument.default) : undefined;
      const name = isObject(argument) && argument.variable !== undefined ? compileName(argument.variable) : undefined;
      return everyAtom(
        (atom, context, subject) =>
          atom.kind === 'environment' &&
          (!test || test({ value: atom.fallback, node: subject.node, absent: atom.fallback ? 'no' : 'yes' }, context)) &&
          (!name || name(atom.variable)),
      );
    },
  },
  named: {
    doc: 'The expression that gives it has such a name: its variable, attribute, constant key or called function.',
    schema: NAME_SCHEMA,
    keys: keysOfMention,
    compile: (pattern) => {
      const test = compileName(pattern);
      return (subject) => test(expressionName(subject.node));
    },
  },
  item: {
    doc: 'It was taken by a key that is not known beforehand: out of such a collection (`of`), by such a key (`key`).',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['of', 'key'],
      properties: { of: VALUE_SCHEMA, key: VALUE_SCHEMA },
    },
    keys: (argument, compiler) => keysElsewhere(isObject(argument) ? (argument.of ?? null) : null, compiler),
    compile: (argument, compiler) => {
      const parts = wordsIn(argument);
      const of = compiler.value(parts.of);
      const key = compiler.value(parts.key);
      return (subject, context) =>
        subject.value?.some(
          (atom) =>
            atom.kind === 'opaque' &&
            atom.origin.via === 'item' &&
            of({ value: atom.origin.of, node: undefined, absent: 'no' }, context) &&
            key({ value: atom.origin.key, node: undefined, absent: 'no' }, context),
        ) ?? false;
    },
  },
  'item-of': {
    doc: 'It is an attribute, item or element of such a value, directly.',
    schema: VALUE_SCHEMA,
    keys: keysElsewhere,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) =>
        subject.value?.some(
          (atom) =>
            atom.kind === 'opaque' &&
            (atom.origin.via === 'attribute' || atom.origin.via === 'item' || atom.origin.via === 'element') &&
            test({ value: atom.origin.of, node: undefined, absent: 'no' }, context),
        ) ?? false;
    },
  },
  'result-of': {
    doc: 'It is the result of a library call: `callee` its names, `receiver` the object it was called on, `argument` one of its arguments, `arg` those under these keys.',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        callee: NAMES_SCHEMA,
        receiver: VALUE_SCHEMA,
        argument: VALUE_SCHEMA,
        arg: { type: 'object', additionalProperties: VALUE_SCHEMA },
      },
    },
    keys: (argument, compiler) =>
      isObject(argument) && argument.callee !== undefined ? keysOfNames('names')(argument.callee, compiler) : undefined,
    compile: (argument, compiler) => {
      const parts = wordsIn(argument);
      const callee = parts.callee === undefined ? undefined : compileNames(listOfStrings(parts.callee));
      const receiver = isObject(parts.receiver) ? compiler.value(parts.receiver) : undefined;
      const passed = isObject(parts.argument) ? compiler.value(parts.argument) : undefined;
      const keyed = Object.entries(wordsIn(parts.arg)).map(([key, pattern]) => ({
        key,
        test: compiler.value(pattern),
      }));
      return (subject, context) =>
        subject.value?.some((atom) => {
          if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return false;
          const { origin } = atom;
          if (callee && !callee(origin.names)) return false;
          if (receiver && !receiver({ value: origin.receiver, node: undefined, absent: origin.receiver ? 'no' : 'yes' }, context))
            return false;
          const params =
            keyed.length > 0 ? origin.names.map((name) => context.interpreter.library.row(name)?.params).find(Boolean) : undefined;
          if (!keyed.every(({ key, test }) => test(passedArgument(origin.args, undefined, key, params), context))) return false;
          return (
            !passed ||
            [...origin.args.positional, ...origin.args.keywords].some((one) =>
              passed({ value: one.value, node: one.node, absent: 'no' }, context),
            )
          );
        }) ?? false;
    },
  },
};

/** Values of a class that is harmless by itself, such as a number or safe markup. */
function cleanType(interpreter: Interpreter, atom: Atom, contexts: readonly string[]): boolean {
  if (atom.kind !== 'opaque' || atom.type === undefined) return false;
  return interpreter.library
    .order(atom.type)
    .some((type) => contexts.some((context) => interpreter.library.row(type)?.cleans?.includes(context) ?? false));
}
