import type { Printed } from '../../evaluate/values/printed.ts';
import { isContextOfView } from '../../frameworks/templates/class-views.ts';
import { type Flow, isSurer } from '../flow/flow.ts';
import { type EventTest, isObject, listOfStrings, NAMES_SCHEMA, type Terms, type TestContext } from '../term.ts';
import { defaultSources, flowOf } from './flow-terms.ts';

/** Terms about what templates do with what they are given. */
export const templateTerms: Terms<EventTest> = {
  'unescaped-page': {
    doc: 'call that renders a page in whose files Flask does not escape, by their name, though it prints something that is passed here and not constant (or not).',
    schema: { type: 'boolean' },
    keys: (argument) => (argument === true ? [{ in: 'sink', harm: 'template-context' }] : undefined),
    compile: (argument) => (context) => {
      const { interpreter, event, trace } = context;
      for (const hook of interpreter.hooks) trace.page ??= hook.unescapedPage?.(interpreter, event);
      return (trace.page !== undefined) === argument;
    },
  },
  prints: {
    doc:
      'call that renders a template, or leaves a message for the next page, return of a context for a page: the template prints a value that comes from outside where escaping does not keep it from ' +
      'being markup or a script: behind `|safe`, where escaping is off, inside a script or a tag, or as the beginning of a URL. Layouts, includes and macros are ' +
      'followed. `strings`: between quotes of a script, where escaping keeps it from leaving them by itself. `from` names kinds of source.',
    schema: { type: 'object', additionalProperties: false, properties: { from: NAMES_SCHEMA, strings: { type: 'boolean' } } },
    keys: () => [
      { in: 'sink', harm: 'template-context' },
      { in: 'sink', harm: 'message' },
      { in: 'gate', id: 'context of a view', test: ({ event }) => isContextOfView(event) },
    ],
    compile: (argument) => {
      const from = isObject(argument) && argument.from !== undefined ? listOfStrings(argument.from) : undefined;
      const inStrings = isObject(argument) && argument.strings === true;
      return (context) => {
        const all: Printed[] = [];
        for (const hook of context.interpreter.hooks)
          for (const printed of hook.printedBy?.(context.interpreter, context.event) ?? []) {
            if (printed.isInString !== inStrings) continue;
            const flow = flowInto(context, printed, from);
            if (!flow) continue;
            all.push(printed);
            if (isSurer(flow, context.trace.flow)) context.trace.flow = flow;
          }
        const { flow } = context.trace;
        if (flow && all.length > 1) context.trace.flow = { ...flow, alsoPrinted: all.filter((printed) => printed !== flow.beyond) };
        return flow !== undefined;
      };
    },
  },
};

function flowInto(context: TestContext, printed: Printed, from: readonly string[] | undefined): Flow | undefined {
  const { value, site, harm: prevented } = printed;
  const harm = prevented === 'html' ? 'html' : 'redirect';
  const subject = { value, node: site.node, absent: 'no' } as const;
  const flow = flowOf(context, subject, harm, new Set(from ?? defaultSources(harm)), prevented === 'scheme');
  return flow && { ...flow, beyond: printed };
}
