import { isSetting } from '../../evaluate/events.ts';
import { numberOf } from '../../evaluate/values/fold.ts';
import { stringOf } from '../../evaluate/values/text.ts';
import { truthOfAtom } from '../../evaluate/values/truth.ts';
import type { Atom } from '../../evaluate/values/value.ts';
import type { LiteralValue } from '../../ir/nodes.ts';
import { compileRegex } from '../name-match.ts';
import { explosiveText } from '../regex/backtracking.ts';
import type { Flags } from '../regex/parse.ts';
import { type Json, REGEX_SCHEMA, type Subject, type Terms, type TestContext, type ValueTest, wordsIn } from '../term.ts';

/** A test that must hold for every alternative of a value; an absent or impossible value fails it. */
export function everyAtom(test: (atom: Atom, context: TestContext, subject: Subject) => boolean): ValueTest {
  return (subject, context) =>
    subject.value !== undefined && subject.value.length > 0 && subject.value.every((atom) => test(atom, context, subject));
}

function equals(literal: LiteralValue, wanted: Json): boolean {
  if (wanted === null) return literal.type === 'none';
  if (typeof wanted === 'boolean') return literal.type === 'bool' && literal.value === wanted;
  if (typeof wanted === 'number') return numberOf(literal) === wanted && literal.type !== 'bool';
  return typeof wanted === 'string' && (literal.type === 'str' || literal.type === 'bytes') && literal.value === wanted;
}

const SCALAR = { type: ['string', 'number', 'boolean', 'null'] } as const;

/** Terms about known constants. */
export const constantTerms: Terms<ValueTest> = {
  is: {
    doc: 'It is this constant.',
    schema: SCALAR,
    compile: (wanted) => everyAtom((atom) => atom.kind === 'constant' && equals(atom.literal, wanted)),
  },
  'same-as-setting': {
    doc: 'setting: it is the constant text that this other setting is: `"SIGNING_KEY": SECRET_KEY`.',
    schema: { type: 'string' },
    compile:
      (name) =>
      ({ value }, { event }) => {
        const own = stringOf(value);
        return own !== undefined && isSetting(event) && stringOf(event.others(String(name))) === own;
      },
  },
  in: {
    doc: 'It is one of these constants.',
    schema: { type: 'array', items: SCALAR, minItems: 1 },
    compile: (wanted) => {
      const list = Array.isArray(wanted) ? (wanted as readonly Json[]) : [];
      return everyAtom((atom) => atom.kind === 'constant' && list.some((one) => equals(atom.literal, one)));
    },
  },
  truthy: {
    doc: 'It is certainly true in a condition (`truthy: false`: certainly false).',
    schema: { type: 'boolean' },
    compile: (wanted) => everyAtom((atom) => truthOfAtom(atom) === wanted),
  },
  constant: {
    doc: 'It is a known constant of this type.',
    schema: { enum: ['str', 'bytes', 'number', 'any', 'text'] },
    compile: (wanted) =>
      everyAtom((atom) => {
        if (atom.kind !== 'constant') return false;
        const { type } = atom.literal;
        if (wanted === 'any') return true;
        if (wanted === 'number') return type === 'int' || type === 'float';
        return wanted === 'text' ? type === 'str' || type === 'bytes' : type === wanted;
      }),
  },
  matches: {
    doc: 'It is a known string in which this regular expression (RE2) is found.',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return everyAtom(
        (atom) => atom.kind === 'constant' && (atom.literal.type === 'str' || atom.literal.type === 'bytes') && matches(atom.literal.value),
      );
    },
  },
  backtracks: {
    doc:
      'It is a known regular expression with a repetition that can match some texts in exponentially many ways, and after which the match can fail. ' +
      '`whole`: the match has to reach the end of the text, as with `fullmatch`.',
    schema: { enum: ['partial', 'whole'] },
    compile: (wanted) => (subject, context) =>
      subject.value?.some((atom) => {
        if (atom.kind !== 'constant' || (atom.literal.type !== 'str' && atom.literal.type !== 'bytes')) return false;
        const text = explosiveText(atom.literal.value, flagsOf(atom.literal.value), wanted === 'whole');
        if (text !== undefined) context.trace.attack = `${JSON.stringify(text)} * ${Math.ceil(30 / text.length)} + "!"`;
        return text !== undefined;
      }) ?? false,
  },
  number: {
    doc: 'It is a known number within these bounds.',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { min: { type: 'number' }, max: { type: 'number' }, below: { type: 'number' }, above: { type: 'number' } },
    },
    compile: (bounds) => {
      const { min, max, below, above } = wordsIn(bounds);
      return everyAtom((atom) => {
        const number = atom.kind === 'constant' && atom.literal.type !== 'bool' ? numberOf(atom.literal) : undefined;
        if (number === undefined) return false;
        return !(
          (typeof min === 'number' && number < min) ||
          (typeof max === 'number' && number > max) ||
          (typeof below === 'number' && number >= below) ||
          (typeof above === 'number' && number <= above)
        );
      });
    },
  },
  bits: {
    doc: 'It is a known whole number with one of the bits of this one set: `bits: 2` finds modes of files that everybody may write.',
    schema: { type: 'integer', minimum: 1 },
    compile: (mask) =>
      everyAtom((atom) => {
        const number = atom.kind === 'constant' && atom.literal.type === 'int' ? numberOf(atom.literal) : undefined;
        return number !== undefined && Number.isSafeInteger(number) && (number & Number(mask)) !== 0;
      }),
  },
  length: {
    doc: 'It is a known string, bytes or collection with so many characters or entries.',
    schema: { type: 'object', additionalProperties: false, properties: { min: { type: 'number' }, max: { type: 'number' } } },
    compile: (bounds) => {
      const { min, max } = wordsIn(bounds);
      return everyAtom((atom) => {
        const length =
          atom.kind === 'constant' && (atom.literal.type === 'str' || atom.literal.type === 'bytes')
            ? atom.literal.value.length
            : atom.kind === 'container' && !atom.object.open
              ? atom.object.size
              : undefined;
        return length !== undefined && !(typeof min === 'number' && length < min) && !(typeof max === 'number' && length > max);
      });
    },
  },
};

/** Expressions over several lines are written for `re.VERBOSE`; the flags themselves stand elsewhere. */
function flagsOf(pattern: string): Flags {
  return { verbose: /\n\s+\S/.test(pattern), dotAll: false, ignoreCase: false };
}
