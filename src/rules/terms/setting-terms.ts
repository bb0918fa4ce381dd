import { isSetting } from '../../evaluate/events.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import { knownPath } from '../../evaluate/values/known-path.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { compileRegex } from '../name-match.ts';
import { type EventTest, listOfStrings, NAMES_SCHEMA, type Schema, type Terms, wordsIn } from '../term.ts';

const RELATIONS: Schema = { type: 'array', items: { enum: ['same', 'inside', 'around'] }, minItems: 1 };

/** Terms about a setting event. */
export const settingTerms: Terms<EventTest> = {
  set: {
    doc: 'setting, config: the project sets it (`set: false`: it is left to the default of the framework, by its version).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        isSetting(event) && event.isSet === wanted,
  },
  replaceable: {
    doc: 'setting: something that is not in the tree may set it anew, such as `from .local_settings import *` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        isSetting(event) && (event.replacedBy !== undefined) === wanted,
  },
  deployment: {
    doc: 'setting, config: a file of the project about servers or containers holds such text (RE2).',
    schema: { type: 'string' },
    compile: (pattern) => {
      const matches = compileRegex(String(pattern));
      return ({ event }) => isSetting(event) && event.deployment().some(matches);
    },
  },
  settings: {
    doc: 'setting, config: the same settings module, or configuration, ends with such values for these settings; `absent: true` asks that one is not set and has no default.',
    schema: { type: 'object', additionalProperties: { $ref: '#/$defs/value' } },
    compile: (patterns, compiler) => {
      const tests = Object.entries(wordsIn(patterns)).map(([name, pattern]) => ({
        name,
        test: compiler.value(pattern),
      }));
      return (context) => {
        const { event } = context;
        if (!isSetting(event)) return false;
        return tests.every(({ name, test }) => {
          const value = event.others(name);
          return test({ value, node: undefined, absent: value ? 'no' : 'yes' }, context);
        });
      };
    },
  },
  folder: {
    doc:
      'setting: it is the path of a folder, made of constants and `__file__`, that is the `same` as one that the setting `of` holds, `inside` or `around` it. ' +
      'Of a list its elements count, of a list of dicts those under `key`; `of: "code"` is the folder of the settings module, or the top of the project.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['is', 'of'],
      properties: { is: RELATIONS, of: NAMES_SCHEMA, key: { type: 'string' } },
    },
    compile: (argument) => {
      const { is = [], of = [], key } = wordsIn(argument);
      const wanted = new Set(listOfStrings(is));
      const names = listOfStrings(of);
      return ({ event }) => {
        const own = isSetting(event) ? foldersIn(event.value, undefined) : [];
        if (!isSetting(event) || own.length === 0) return false;
        const others = names.flatMap((name) =>
          name === 'code'
            ? ['', event.frame.state.module.path.replace(/\/?[^/]*$/, '')]
            : foldersIn(event.others(name) ?? [], typeof key === 'string' ? key : undefined),
        );
        return own.some((one) => others.some((other) => wanted.has(relationOf(one, other) ?? '')));
      };
    },
  },
  'equals-setting': {
    doc: 'setting: it is a text that such a setting is, too; a slash at either end does not count.',
    schema: { type: 'string' },
    compile: (name) => {
      const textOf = (value: Value | undefined): string | undefined => {
        const [only, ...more] = value ?? [];
        if (only?.kind !== 'constant' || only.literal.type !== 'str' || more.length > 0) return undefined;
        return only.literal.value.replace(/^\/|\/$/g, '');
      };
      return ({ event }) => {
        const own = isSetting(event) ? textOf(event.value) : undefined;
        return isSetting(event) && own !== undefined && own !== '' && own === textOf(event.others(String(name)));
      };
    },
  },
};

/** The folders that a value names; an empty text names none. */
function foldersIn(value: Value, key: string | undefined): readonly string[] {
  return value.flatMap((atom) => {
    if (!isContainer(atom)) {
      const path = atom.kind === 'constant' && 'value' in atom.literal && atom.literal.value === '' ? undefined : knownPath([atom]);
      return path ?? [];
    }
    if (atom.form === 'dict') {
      const entry = key === undefined ? undefined : atom.object.read(`s:${key}`, ROOT_BRANCH);
      return entry ? foldersIn(entry, undefined) : [];
    }
    const elements = [...atom.object.keyNames()].map((slot) => atom.object.read(slot, ROOT_BRANCH) ?? []);
    // `("prefix", "folder")` in STATICFILES_DIRS: a name that is no path stands for none that matters.
    return [...elements, ...atom.object.rest.map((one): Value => [one])].flatMap((element) => foldersIn(element, key));
  });
}

function relationOf(one: string, other: string): 'same' | 'inside' | 'around' | undefined {
  if (one === other) return 'same';
  // What is outside the project has nothing to do with its top, where nobody knows the top.
  if (one.startsWith('/') !== other.startsWith('/') || one.startsWith('..') || other.startsWith('..')) return undefined;
  if (other === '' || one.startsWith(`${other}/`) || other === '/') return 'inside';
  return one === '' || other.startsWith(`${one}/`) || one === '/' ? 'around' : undefined;
}
