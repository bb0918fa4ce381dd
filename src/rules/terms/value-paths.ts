import { textOfPath } from '../../evaluate/values/path-text.ts';
import { keysElsewhere } from '../keys.ts';
import { type Terms, VALUE_SCHEMA, type ValueTest } from '../term.ts';

/** Terms about paths. */
export const pathTerms: Terms<ValueTest> = {
  'path-text': {
    doc: 'It is a path, as text or as an object of `pathlib`, and its text is such a value.',
    schema: VALUE_SCHEMA,
    keys: keysElsewhere,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) => subject.value !== undefined && test({ ...subject, value: textOfPath(subject.value) }, context);
    },
  },
};
