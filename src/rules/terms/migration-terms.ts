import { type EventTest, listOfStrings, type Terms } from '../term.ts';

/** Terms about a migrations event: what does not fit together. */
export const migrationTerms: Terms<EventTest> = {
  problem: {
    doc:
      'migrations: it is one of these. `leaves`: several migrations are the last one; `missing`: one depends on a file that is not there; ' +
      '`circle`: they depend on one another; `none`: an installed application has models and no migrations that Django finds; ' +
      '`drift`: after all migrations a model has other fields than in its class.',
    schema: { type: 'array', items: { enum: ['leaves', 'missing', 'circle', 'none', 'drift'] }, minItems: 1 },
    compile: (kinds) => {
      const wanted = new Set(listOfStrings(kinds));
      return ({ event }) => event.kind === 'migrations' && wanted.has(event.problem);
    },
  },
};
