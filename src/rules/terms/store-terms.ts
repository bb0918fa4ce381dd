import { compileRegex } from '../name-match.ts';
import { type EventTest, listOfStrings, REGEX_SCHEMA, type Terms } from '../term.ts';
import { enclosingNames } from './enclosing.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { valuePart } from './value-part.ts';

/** Terms about what sets a variable, an attribute, an item or an argument. */
export const storeTerms: Terms<EventTest> = {
  object: valuePart('object', 'store: the object whose attribute, item or argument is set is such a value.'),
  key: valuePart('key', 'store: the key of the item that is set is such a value.'),
  form: {
    doc: 'store: it is one of these.',
    schema: { type: 'array', items: { enum: ['variable', 'class-variable', 'attribute', 'item', 'entry', 'keyword', 'default'] } },
    compile: (forms) => {
      const wanted = new Set(listOfStrings(forms));
      return ({ event }) => event.kind === 'store' && wanted.has(event.form);
    },
  },
  'part-of': {
    doc:
      'store: the value stands in something of such a name, however deep: in a dict under such a key, in what is passed by such a keyword ' +
      'or to such a function, or is assigned to such a variable.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) =>
        event.kind === 'store' &&
        event.statement !== undefined &&
        event.valueNode !== undefined &&
        enclosingNames(event.statement, event.valueNode).some(test);
    },
  },
  augmented: {
    doc: 'store: it is `+=` and the like (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'store' && event.augmented === wanted,
  },
  annotation: {
    doc: 'store: the variable is annotated with a type whose text matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => {
        const annotation = event.kind === 'store' && event.statement?.kind === 'assign' ? event.statement.annotation : undefined;
        return annotation !== undefined && matches(event.frame.state.module.text.slice(annotation.start, annotation.end));
      };
    },
  },
};
