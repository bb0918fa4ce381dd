import { subjectOf } from '../event-parts.ts';
import { keysOfSame } from '../keys.ts';
import { type EventTest, type Term, VALUE_SCHEMA } from '../term.ts';
import { gateOfCallee } from './gates.ts';

/** A term that asks one part of an event for a kind of value. */
export function valuePart(part: string, doc: string): Term<EventTest> {
  return {
    doc,
    schema: VALUE_SCHEMA,
    keys: (pattern, compiler) =>
      part === 'callee' ? gateOfCallee(pattern, compiler) : part === 'result' ? undefined : keysOfSame(pattern, compiler),
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (context) => test(subjectOf(context.event, part), context);
    },
  };
}
