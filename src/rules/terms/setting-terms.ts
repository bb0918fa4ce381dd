import { compileRegex } from '../name-match.ts';
import { type EventTest, isObject, type Terms } from '../term.ts';

/** Terms about a setting event. */
export const settingTerms: Terms<EventTest> = {
  set: {
    doc: 'setting: the project sets it (`set: false`: it is left to the default of the framework, by its version).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'setting' && event.isSet === wanted,
  },
  deployment: {
    doc: 'setting: a file of the project about servers or containers holds such text (RE2).',
    schema: { type: 'string' },
    compile: (pattern) => {
      const matches = compileRegex(String(pattern));
      return ({ event }) => event.kind === 'setting' && event.deployment().some(matches);
    },
  },
  settings: {
    doc: 'setting: the same settings module ends with such values for these settings; `absent: true` asks that one is not set and has no default.',
    schema: { type: 'object', additionalProperties: { $ref: '#/$defs/value' } },
    compile: (patterns, compiler) => {
      const tests = Object.entries(isObject(patterns) ? patterns : {}).map(([name, pattern]) => ({
        name,
        test: compiler.value(isObject(pattern) ? pattern : {}),
      }));
      return (context) => {
        const { event } = context;
        if (event.kind !== 'setting') return false;
        return tests.every(({ name, test }) => {
          const value = event.others(name);
          return test({ value, node: undefined, absent: value ? 'no' : 'yes' }, context);
        });
      };
    },
  },
};
