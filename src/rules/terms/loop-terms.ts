import { loopAround, relatedRead } from '../loops.ts';
import type { EventTest, Terms } from '../term.ts';

/** Terms about what runs once for each element of a loop. */
export const loopTerms: Terms<EventTest> = {
  looped: {
    doc: 'call: it stands in a loop or comprehension over more than a few elements that are written out, and names the element (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'call' && (loopAround(event) !== undefined) === wanted,
  },
  'reads-related': {
    doc: 'iterate: the body of the loop reads a related object of each row of a Django model (or not).',
    schema: { type: 'boolean' },
    compile: (wanted) => (context) => context.event.kind === 'iterate' && (relatedRead(context) !== undefined) === wanted,
  },
};
