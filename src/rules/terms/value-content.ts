import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { isContainer, keyOfSlot, knownElements } from '../../evaluate/values/container.ts';
import { holesOf, literalText, stringSegments } from '../../evaluate/values/text.ts';
import type { ContainerAtom, Segment, Value } from '../../evaluate/values/value.ts';
import { valuesOf } from '../event-parts.ts';
import { keysElsewhere, keysWithin } from '../keys.ts';
import { compileRegex } from '../name-match.ts';
import { isObject, type JsonObject, REGEX_SCHEMA, type Terms, VALUE_SCHEMA, type ValueTest, wordsIn } from '../term.ts';
import { everyAtom } from './value-constants.ts';

/** What stands for a hole when the literal text of a string is matched: a character that no source has. */
const HOLE_MARK = '\uFFFC';

/** Terms about what a value is made of: parts of texts, entries of collections. */
export const contentTerms: Terms<ValueTest> = {
  built: {
    doc: 'It is a string put together at run time: literal text with at least one hole.',
    schema: { const: true },
    keys: () => [
      { in: 'gate', id: 'text', test: ({ event }) => valuesOf(event).some((value) => value.some((atom) => atom.kind === 'text')) },
    ],
    compile: () => everyAtom((atom) => atom.kind === 'text' && atom.segments.some((segment) => typeof segment === 'string')),
  },
  hole: {
    doc: 'It is a string with a hole, and what is put into one of its holes is such a value.',
    schema: VALUE_SCHEMA,
    keys: keysElsewhere,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) =>
        (subject.value ?? []).some(
          (atom) =>
            atom.kind === 'text' &&
            holesOf(atom.segments).some((hole) => test({ value: hole.value, node: hole.site.node, absent: 'no' }, context)),
        );
    },
  },
  'hole-behind': {
    doc: 'It is a string with a hole, what is put in is such a value as `is`, and the literal text in front of it ends as the regular expression (RE2) `text` finds; other holes there count as one character U+FFFC, those directly in front not at all.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['text', 'is'],
      properties: { text: REGEX_SCHEMA, is: VALUE_SCHEMA },
    },
    keys: (argument, compiler) => keysElsewhere(isObject(argument) && argument.is ? argument.is : {}, compiler),
    compile: (argument, compiler) => {
      const { text, is } = wordsIn(argument);
      const matches = compileRegex(`(?:${typeof text === 'string' ? text : ''})$`);
      const test = compiler.value(is);
      return (subject, context) =>
        (subject.value ?? []).some(
          (atom) =>
            atom.kind === 'text' &&
            atom.segments.some(
              (segment, at) =>
                typeof segment !== 'string' &&
                matches(literalText(inFrontOf(atom.segments, at), HOLE_MARK)) &&
                test({ value: segment.value, node: segment.site.node, absent: 'no' }, context),
            ),
        );
    },
  },
  text: {
    doc: 'It is a string, known or built, in whose literal text this regular expression (RE2) is found; a hole counts as one character U+FFFC.',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return everyAtom((atom) => {
        const segments = stringSegments(atom);
        return segments !== undefined && matches(literalText(segments, HOLE_MARK));
      });
    },
  },
  has: {
    doc: 'It is a collection (or one string) with an element that is such a value; for dicts, a key.',
    schema: VALUE_SCHEMA,
    keys: keysWithin,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) =>
        (subject.value ?? []).some((atom) =>
          (isContainer(atom) ? elementsOf(atom) : [[atom]]).some((element) =>
            test({ value: element, node: subject.node, absent: 'no' }, context),
          ),
        );
    },
  },
  'has-surely': {
    doc: 'It is a collection that holds such an element whatever way the code went.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return everyAtom(
        (atom, context, subject) =>
          isContainer(atom) &&
          [...atom.object.keyNames()].some((slot) =>
            test({ value: atom.object.read(slot, ROOT_BRANCH), node: subject.node, absent: 'no' }, context),
          ),
      );
    },
  },
  first: {
    doc: 'It is a sequence whose first element is such a value (any element where the order is not known), or no collection and such a value itself.',
    schema: VALUE_SCHEMA,
    keys: keysWithin,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) =>
        (subject.value ?? []).some((atom) => {
          if (isContainer(atom) && atom.form === 'dict') return false;
          const first = isContainer(atom) ? atom.object.read('0', ROOT_BRANCH) : [atom];
          const candidates = first ? [first] : isContainer(atom) ? elementsOf(atom) : [];
          return candidates.some((value) => test({ value, node: subject.node, absent: 'no' }, context));
        });
    },
  },
  element: {
    doc:
      'It is a sequence with an element such as `is` behind its first one; `after`: it stands directly behind such an element, `not-after`: it does not; ' +
      '`unmarked`: no such element stands anywhere before it. Where the order is not known, it is enough that such elements are in it.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['is'],
      properties: { is: VALUE_SCHEMA, after: VALUE_SCHEMA, 'not-after': VALUE_SCHEMA, unmarked: VALUE_SCHEMA },
    },
    keys: (argument, compiler) => (isObject(argument) && isObject(argument.is) ? keysWithin(argument.is, compiler) : undefined),
    compile: (argument, compiler) => {
      const parts = wordsIn(argument);
      const part = (key: string): ValueTest | undefined => (isObject(parts[key]) ? compiler.value(parts[key]) : undefined);
      const [is, after, notAfter, mark] = [part('is'), part('after'), part('not-after'), part('unmarked')];
      return (subject, context) => {
        const holds = (test: ValueTest | undefined, value: Value | undefined): boolean =>
          test !== undefined && value !== undefined && test({ value, node: subject.node, absent: 'no' }, context);
        return (subject.value ?? []).some((atom) => {
          if (!isContainer(atom)) return false;
          const known = knownElements(atom, ROOT_BRANCH);
          const elements = known ?? elementsOf(atom);
          if (!known && after && !elements.some((one) => holds(after, one))) return false;
          if (!known && mark && elements.some((one) => holds(mark, one))) return false;
          return elements.some((one, at) => {
            if (known && at === 0) return false;
            if (known && after && !holds(after, known[at - 1])) return false;
            if (known && notAfter && holds(notAfter, known[at - 1])) return false;
            if (known && mark && known.slice(0, at).some((before) => holds(mark, before))) return false;
            return holds(is, one);
          });
        });
      };
    },
  },
  each: {
    doc: 'It is a collection all of whose elements are known, and each is such a value.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return everyAtom((atom, context, subject) => {
        const elements = isContainer(atom) ? knownElements(atom, ROOT_BRANCH) : undefined;
        return elements?.every((element) => test({ value: element, node: subject.node, absent: 'no' }, context)) ?? false;
      });
    },
  },
  empty: {
    doc: 'It is a collection without entries (`empty: false`: with entries).',
    schema: { type: 'boolean' },
    compile: (wanted) =>
      everyAtom((atom) => isContainer(atom) && (!atom.object.open || atom.object.size > 0) && (atom.object.size === 0) === wanted),
  },
  entry: {
    doc: 'It is a dict whose entry under each of these keys is such a value; `absent: true` asks that there is none.',
    schema: { type: 'object', additionalProperties: VALUE_SCHEMA },
    compile: (entries, compiler) => {
      const tests = Object.entries(wordsIn(entries)).map(([key, pattern]) => ({
        key,
        test: compiler.value(pattern as JsonObject),
      }));
      return (subject, context) =>
        (subject.value ?? []).some(
          (atom) =>
            isContainer(atom, 'dict') &&
            tests.every(({ key, test }) => {
              const value = atom.object.read(`s:${key}`, ROOT_BRANCH);
              return test({ value, node: subject.node, absent: value ? 'no' : atom.object.open ? 'maybe' : 'yes' }, context);
            }),
        );
    },
  },
  'has-value': {
    doc: 'It is a dict with a value, under whichever key, that is such a value.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) =>
        (subject.value ?? []).some(
          (atom) =>
            isContainer(atom, 'dict') &&
            [
              ...[...atom.object.keyNames()].map((slot) => atom.object.read(slot, ROOT_BRANCH) ?? []),
              ...atom.object.rest.map((one) => [one]),
            ].some((element) => test({ value: element, node: subject.node, absent: 'no' }, context)),
        );
    },
  },
  form: {
    doc: 'It is a collection of this form.',
    schema: { type: 'array', items: { enum: ['list', 'tuple', 'set', 'dict'] } },
    compile: (forms) => everyAtom((atom) => isContainer(atom) && Array.isArray(forms) && forms.includes(atom.form)),
  },
};

/** Every element that is known, and what may be there besides; for dicts the keys. */
function elementsOf(atom: ContainerAtom): readonly Value[] {
  const slots = [...atom.object.keyNames()];
  if (atom.form === 'dict') return [...slots.map(keyOfSlot), ...atom.object.keys.map((key) => [key])];
  return [...slots.map((slot) => atom.object.read(slot, ROOT_BRANCH) ?? []), ...atom.object.rest.map((one) => [one])];
}

/** The parts of a text in front of a hole, without the holes that it directly follows. */
function inFrontOf(segments: readonly Segment[], at: number): readonly Segment[] {
  let end = at;
  while (end > 0 && typeof segments[end - 1] !== 'string') end--;
  return segments.slice(0, end);
}
