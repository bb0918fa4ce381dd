import { ROOT_BRANCH } from '../../evaluate/branch.ts';
import { isContainer } from '../../evaluate/container.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { namesOf } from '../../evaluate/names.ts';
import type { Atom, Origin, Value } from '../../evaluate/value.ts';
import { NOTHING } from '../../evaluate/value.ts';
import { expressionName } from '../expression-name.ts';
import { compileNames } from '../name-match.ts';
import { isObject, listOfStrings, NAMES_SCHEMA, type Terms, VALUE_SCHEMA, type ValueTest } from '../term.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { passedArgument } from './passed-argument.ts';
import { everyAtom } from './value-constants.ts';

/** Steps back that a question about origins follows; enough for any code a person would still call related. */
const MAX_STEPS = 12;

/** Whether any origin on the way back from a value satisfies the test: what it was taken out of, computed from, called on or with. */
export function someOrigin(interpreter: Interpreter, value: Value, test: (atom: Atom) => boolean, steps = MAX_STEPS): boolean {
  if (steps <= 0) return false;
  return value.some((atom) => {
    if (test(atom)) return true;
    if (atom.kind === 'text')
      return atom.segments.some((segment) => typeof segment !== 'string' && someOrigin(interpreter, segment.value, test, steps - 1));
    if (isContainer(atom)) return someOrigin(interpreter, atom.object.everything(ROOT_BRANCH), test, steps - 1);
    if (atom.kind === 'environment') return atom.fallback !== undefined && someOrigin(interpreter, atom.fallback, test, steps - 1);
    if (atom.kind === 'bound') return someOrigin(interpreter, atom.self, test, steps - 1);
    return atom.kind === 'opaque' && predecessors(atom.origin).some((before) => someOrigin(interpreter, before, test, steps - 1));
  });
}

/** The values that an origin leads back to. */
export function predecessors(origin: Origin): readonly Value[] {
  switch (origin.via) {
    case 'attribute':
    case 'element':
      return [origin.of];
    case 'item':
      return [origin.of];
    case 'call':
      return [
        origin.receiver ?? NOTHING,
        ...origin.args.positional.map((passed) => passed.value),
        ...origin.args.keywords.map((passed) => passed.value),
        origin.args.spread,
      ];
    case 'operation':
      return origin.operands;
    case 'parameter':
    case 'global':
    case 'unresolved':
    case 'budget':
    case 'many':
      return [];
  }
}

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

const callNames = (atom: Atom): readonly string[] => (atom.kind === 'opaque' && atom.origin.via === 'call' ? atom.origin.names : []);

/** Names on the way back from a value that are kept; more would be the whole program. */
const MAX_ORIGIN_NAMES = 80;
const NO_NAMES: readonly string[] = [];
const originNamesOfAtoms = new WeakMap<Atom, readonly string[]>();

/** All names that a value was, was taken out of, or was computed from, on its way. */
function originNamesOf(interpreter: Interpreter, value: Value): readonly string[] {
  const [only] = value;
  if (value.length === 1 && only) return originNamesOfAtom(interpreter, only);
  return value.flatMap((atom) => originNamesOfAtom(interpreter, atom));
}

function originNamesOfAtom(interpreter: Interpreter, atom: Atom): readonly string[] {
  if (atom.kind === 'constant') return NO_NAMES;
  const known = originNamesOfAtoms.get(atom);
  if (known) return known;
  const names = new Set<string>();
  eachOrigin(atom, (one) => {
    for (const name of namesOf(interpreter, one)) names.add(name);
    for (const name of callNames(one)) names.add(name);
    return names.size < MAX_ORIGIN_NAMES;
  });
  const result = [...names];
  // What a collection holds may still change.
  if (!isContainer(atom)) originNamesOfAtoms.set(atom, result);
  return result;
}

const sourceKindsOfAtoms = new WeakMap<Atom, readonly string[]>();

/** Kinds of all sources on the way back from a value. */
function sourceKindsOf(interpreter: Interpreter, atom: Atom): readonly string[] {
  if (atom.kind === 'constant') return NO_NAMES;
  const known = sourceKindsOfAtoms.get(atom);
  if (known) return known;
  const kinds = new Set<string>();
  eachOrigin(atom, (one) => {
    for (const kind of sourceKinds(interpreter, one)) kinds.add(kind);
    return true;
  });
  const result = [...kinds];
  if (!isContainer(atom)) sourceKindsOfAtoms.set(atom, result);
  return result;
}

/** Visits a value and what it came from, nearest first, each once; stops when `visit` returns false. */
function eachOrigin(atom: Atom, visit: (atom: Atom) => boolean): void {
  const seen = new Set<Atom>();
  let frontier: readonly Atom[] = [atom];
  for (let step = 0; step < MAX_STEPS && frontier.length > 0 && seen.size < MAX_ORIGINS; step++) {
    const next: Atom[] = [];
    for (const one of frontier) {
      if (seen.has(one)) continue;
      seen.add(one);
      if (!visit(one)) return;
      for (const before of valuesBefore(one)) next.push(...before);
    }
    frontier = next;
  }
}
/** Values on one way back that are looked at. */
const MAX_ORIGINS = 200;

function valuesBefore(atom: Atom): readonly Value[] {
  switch (atom.kind) {
    case 'text':
      return atom.segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.value]));
    case 'container':
      return [atom.object.everything(ROOT_BRANCH)];
    case 'environment':
      return atom.fallback ? [atom.fallback] : [];
    case 'bound':
      return [atom.self];
    case 'opaque':
      return predecessors(atom.origin);
    default:
      return [];
  }
}

/** Terms about where a value came from. */
export const originTerms: Terms<ValueTest> = {
  from: {
    doc: 'Somewhere on its way it was, or was computed from, one of these: a qualified name, a path (`django.http.HttpRequest.POST`), or a call of one.',
    schema: NAMES_SCHEMA,
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return (subject, { interpreter }) => subject.value !== undefined && matches(originNamesOf(interpreter, subject.value));
    },
  },
  within: {
    doc: 'It was taken out of one of these by attributes, items, elements or method calls, without other computation.',
    schema: NAMES_SCHEMA,
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return (subject, { interpreter }) =>
        subject.value !== undefined &&
        someContainerOf(interpreter, subject.value, (atom) => matches(namesOf(interpreter, atom)) || matches(callNames(atom)));
    },
  },
  source: {
    doc: 'Somewhere on its way it was a source of one of these kinds by the library models (`request`).',
    schema: NAMES_SCHEMA,
    compile: (kinds) => {
      const wanted = new Set(listOfStrings(kinds));
      return (subject, { interpreter }) =>
        subject.value?.some((atom) => sourceKindsOf(interpreter, atom).some((kind) => wanted.has(kind))) ?? false;
    },
  },
  cleaned: {
    doc: 'It is the result of a call that makes a value harmless in one of these contexts by the library models (`html`, `sql`, `shell`, `path`, `url`).',
    schema: NAMES_SCHEMA,
    compile: (contexts) => {
      const wanted = listOfStrings(contexts);
      return (subject, { interpreter }) =>
        subject.value !== undefined &&
        subject.value.length > 0 &&
        subject.value.every(
          (atom) =>
            callNames(atom).some((name) => wanted.some((context) => interpreter.library.row(name)?.cleans?.includes(context) ?? false)) ||
            cleanType(interpreter, atom, wanted),
        );
    },
  },
  parameter: {
    doc: 'It is a parameter of the function, as it was passed (true), or one with such a name.',
    schema: { oneOf: [{ const: true }, NAME_SCHEMA] },
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
    compile: (argument, compiler) => {
      const test = isObject(argument) && isObject(argument.default) ? compiler.value(argument.default) : undefined;
      const name = isObject(argument) && argument.variable !== undefined ? compileName(argument.variable) : undefined;
      return (subject, context) =>
        subject.value !== undefined &&
        subject.value.length > 0 &&
        subject.value.every(
          (atom) =>
            atom.kind === 'environment' &&
            (!test || test({ value: atom.fallback, node: subject.node, absent: atom.fallback ? 'no' : 'yes' }, context)) &&
            (!name || name(atom.variable)),
        );
    },
  },
  named: {
    doc: 'The expression that gives it has such a name: its variable, attribute, constant key or called function.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return (subject) => test(expressionName(subject.node));
    },
  },
  'item-of': {
    doc: 'It is an attribute, item or element of such a value, directly.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(isObject(pattern) ? pattern : {});
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
    compile: (argument, compiler) => {
      const parts = isObject(argument) ? argument : {};
      const callee = parts.callee === undefined ? undefined : compileNames(listOfStrings(parts.callee));
      const receiver = isObject(parts.receiver) ? compiler.value(parts.receiver) : undefined;
      const passed = isObject(parts.argument) ? compiler.value(parts.argument) : undefined;
      const keyed = Object.entries(isObject(parts.arg) ? parts.arg : {}).map(([key, pattern]) => ({
        key,
        test: compiler.value(isObject(pattern) ? pattern : {}),
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

function sourceKinds(interpreter: Interpreter, atom: Atom): readonly string[] {
  if (atom.kind !== 'opaque') return [];
  const kinds: string[] = [];
  if (atom.type !== undefined) kinds.push(...(interpreter.library.classRow(atom.type, 'source') ?? []));
  for (const name of [...namesOf(interpreter, atom), ...callNames(atom)]) kinds.push(...(interpreter.library.row(name)?.source ?? []));
  return kinds;
}

/** Values of a class that is harmless by itself, such as a number or safe markup. */
function cleanType(interpreter: Interpreter, atom: Atom, contexts: readonly string[]): boolean {
  if (atom.kind !== 'opaque' || atom.type === undefined) return false;
  return interpreter.library
    .order(atom.type)
    .some((type) => contexts.some((context) => interpreter.library.row(type)?.cleans?.includes(context) ?? false));
}
