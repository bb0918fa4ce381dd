import type { AppliedDecorator } from '../../evaluate/calls/function-info.ts';
import { qualifiedNames } from '../../evaluate/names/names.ts';
import { compileNames } from '../name-match.ts';
import { type Json, listOfStrings, NAMES_SCHEMA, type Term, type TestContext, VALUE_SCHEMA } from '../term.ts';

/** What a class and a function have in common: what is written above them. */
interface Decorated {
  readonly decorators: readonly AppliedDecorator[];
}

type DecoratedTest = (info: Decorated, context: TestContext) => boolean;

/** Words about decorators, for functions and for classes. */
export const decoratorWords: { readonly decorated: Term<DecoratedTest>; readonly decorator: Term<DecoratedTest> } = {
  decorated: {
    doc: 'It has one of these decorators, with or without arguments.',
    schema: NAMES_SCHEMA,
    compile: (patterns: Json) => {
      const matches = compileNames(listOfStrings(patterns));
      return ({ decorators }, { interpreter }) => decorators.some(({ value }) => matches(qualifiedNames(interpreter, value)));
    },
  },
  decorator: {
    doc: 'It has a decorator that is such a value.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return ({ decorators }, context) =>
        decorators.some(({ value, node }) => test({ value, node: node.expression, absent: 'no' }, context));
    },
  },
};
