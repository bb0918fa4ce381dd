import type { Interpreter } from '../../evaluate/interpreter.ts';
import { namesOf, qualifiedNames, typeNames } from '../../evaluate/names/names.ts';
import { symbol, type Value } from '../../evaluate/values/value.ts';
import { keysOfNames } from '../keys.ts';
import { originLists, typeLists } from '../name-lists.ts';
import { compileNames } from '../name-match.ts';
import { listOfStrings, NAMES_SCHEMA, type Terms, VALUE_SCHEMA, type ValueTest } from '../term.ts';
import { compileClass } from './class-terms.ts';
import { compileFunction } from './function-terms.ts';
import { everyAtom } from './value-constants.ts';

/** Terms about what a value is: which library or project thing, an instance of what. */
export const thingTerms: Terms<ValueTest> = {
  names: {
    doc: 'It is (a call of) the library or project thing with one of these qualified names: `flask_login.login_required`. Subclasses of a named class count.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('names'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns), originLists);
      return everyAtom((atom, { interpreter }) => matches(namesOf(interpreter, atom)));
    },
  },
  dotted: {
    doc: 'It is a string with the dotted path of a thing, as settings name classes, and that thing is such a value.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return everyAtom((atom, context, subject) => {
        if (atom.kind !== 'constant' || atom.literal.type !== 'str') return false;
        return test({ value: thingAt(context.interpreter, atom.literal.value), node: subject.node, absent: 'no' }, context);
      });
    },
  },
  type: {
    doc: 'It is an instance of one of these classes, or of a subclass.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('types'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns), typeLists);
      return everyAtom((atom, { interpreter }) => matches(typeNames(interpreter, atom)));
    },
  },
  kind: {
    doc: 'It is a thing of this kind as the evaluator sees it.',
    schema: {
      type: 'array',
      items: {
        enum: [
          'constant',
          'text',
          'symbol',
          'opaque',
          'class',
          'function',
          'bound',
          'module',
          'object',
          'container',
          'environment',
          'partial',
        ],
      },
    },
    compile: (kinds) => {
      const wanted = new Set(listOfStrings(kinds));
      return everyAtom((atom) => wanted.has(atom.kind));
    },
  },
  unknown: {
    doc: 'Nothing is known of it: neither content nor type nor name.',
    schema: { const: true },
    compile: () => everyAtom((atom) => atom.kind === 'opaque' && atom.type === undefined),
  },
  absent: {
    doc: 'The argument is not passed (`absent: false`: it is passed).',
    schema: { type: 'boolean' },
    compile: (wanted) => (subject) => subject.absent === (wanted ? 'yes' : 'no'),
  },
  subclass: {
    doc: 'It is one of these classes or a subclass of one.',
    schema: NAMES_SCHEMA,
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return everyAtom((atom, { interpreter }) =>
        matches(atom.kind === 'symbol' ? interpreter.library.order(atom.name) : qualifiedNames(interpreter, [atom])),
      );
    },
  },
  class: {
    doc: 'It is a class of the project such as this, or an instance of one.',
    schema: { $ref: '#/$defs/class' },
    compile: (pattern, compiler) => {
      const test = compileClass(pattern, compiler);
      return everyAtom((atom, context) => (atom.kind === 'class' || atom.kind === 'object') && test(atom.info, context));
    },
  },
  function: {
    doc: 'It is a function or method of the project such as this.',
    schema: { $ref: '#/$defs/function' },
    compile: (pattern, compiler) => {
      const test = compileFunction(pattern, compiler);
      return everyAtom((atom, context) => (atom.kind === 'function' || atom.kind === 'bound') && test(atom.info, context));
    },
  },
  about: {
    doc: 'Its type is about such a value: the model of a manager or a query set.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (subject, context) =>
        subject.value?.some(
          (atom) => atom.kind === 'opaque' && test({ value: atom.of, node: undefined, absent: atom.of ? 'no' : 'yes' }, context),
        ) ?? false;
    },
  },
};

/** What a dotted path leads to: a name of a project module, else a thing of a library. */
function thingAt(interpreter: Interpreter, path: string): Value | undefined {
  const dot = path.lastIndexOf('.');
  const module = dot < 0 ? undefined : interpreter.modules.find(path.slice(0, dot), undefined);
  const state = module && interpreter.states.get(module);
  return state ? state.frame.vars.get(path.slice(dot + 1)) : symbol(interpreter.library.canonical(path));
}
