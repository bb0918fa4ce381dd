import { guardOfWrapper } from '../../frameworks/routes/guards/guards-of-wrappers.ts';
import { wrapperOf } from '../../frameworks/routes/view.ts';
import { type EventTest, type Term, type Terms, VALUE_SCHEMA, type ValueTest } from '../term.ts';
import { valuePart } from './value-part.ts';

/** Terms about a decorator and those beside it. */
export const decoratorTerms: Terms<EventTest> = {
  decorator: valuePart('decorator', 'decorator: it is such a value.'),
  above: decoratorNeighbour('above', 'decorator: above it stands a decorator that is such a value.'),
  below: decoratorNeighbour('below', 'decorator: below it, nearer to the function, stands a decorator that is such a value.'),
  'asks-login': {
    doc: 'decorator: it is a function of the project that asks who calls, as `ratel routes` tells it, and refuses who has not logged in.',
    schema: { const: true },
    compile:
      () =>
      ({ event }) =>
        event.kind === 'decorator' && wrapperOf(event.value).some((one) => one.info !== undefined && guardOfWrapper(one) === 'required'),
  },
  target: {
    doc: 'decorator: what it decorates.',
    schema: { enum: ['function', 'class'] },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'decorator' && ('defaults' in event.target ? 'function' : 'class') === wanted,
  },
};

function decoratorNeighbour(side: 'above' | 'below', doc: string): Term<EventTest> {
  return {
    doc,
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test: ValueTest = compiler.value(pattern);
      return (context) => {
        const { event } = context;
        if (event.kind !== 'decorator') return false;
        const others = side === 'above' ? event.all.slice(0, event.index) : event.all.slice(event.index + 1);
        return others.some((other) => test({ value: other.value, node: other.node.expression, absent: 'no' }, context));
      };
    },
  };
}
