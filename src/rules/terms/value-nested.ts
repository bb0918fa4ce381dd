import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { isContainer, keyOfSlot, knownElements } from '../../evaluate/values/container.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { type Terms, VALUE_SCHEMA, type ValueTest, wordsIn } from '../term.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

/** Nesting that is followed: deeper than `PROVIDERS["google"]["APPS"][0]["settings"]["key"]` nobody configures. */
const MAX_DEPTH = 6;

/** Terms about collections in collections, and the order of elements. */
export const nestedTerms: Terms<ValueTest> = {
  holds: {
    doc: 'It is a collection in which, however deep, a dict has such a value (`is`) under such a key.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['key', 'is'],
      properties: { key: NAME_SCHEMA, is: VALUE_SCHEMA },
    },
    compile: (argument, compiler) => {
      const { key = [], is } = wordsIn(argument);
      const named = compileName(key);
      const test = compiler.value(is);
      return (subject, context) => {
        const found = (value: Value, depth: number): boolean => depth > 0 && value.some((atom) => inAtom(atom, depth - 1));
        const inAtom = (atom: Atom, depth: number): boolean => {
          if (!isContainer(atom)) return false;
          for (const slot of atom.object.keyNames()) {
            const value = atom.object.read(slot, ROOT_BRANCH) ?? [];
            if (atom.form === 'dict' && named(keyText(slot)) && test({ value, node: subject.node, absent: 'no' }, context)) return true;
            if (found(value, depth)) return true;
          }
          return found(atom.object.rest, depth);
        };
        return found(subject.value ?? [], MAX_DEPTH);
      };
    },
  },
  precedes: {
    doc: 'It is a sequence of known order in which an element such as `one` stands somewhere before one such as `other`.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['one', 'other'],
      properties: { one: VALUE_SCHEMA, other: VALUE_SCHEMA },
    },
    compile: (argument, compiler) => {
      const { one, other } = wordsIn(argument);
      const [first, later] = [one, other].map((pattern) => compiler.value(pattern));
      return (subject, context) =>
        (subject.value ?? []).some((atom) => {
          const elements = isContainer(atom) ? knownElements(atom, ROOT_BRANCH) : undefined;
          if (!elements) return false;
          const isAt = (test: ValueTest | undefined) => (value: Value) =>
            test?.({ value, node: subject.node, absent: 'no' }, context) ?? false;
          const start = elements.findIndex(isAt(first));
          return start >= 0 && elements.findLastIndex(isAt(later)) > start;
        });
    },
  },
};

function keyText(slot: string): string | undefined {
  const [key] = keyOfSlot(slot);
  return key?.kind === 'constant' && key.literal.type === 'str' ? key.literal.value : undefined;
}
