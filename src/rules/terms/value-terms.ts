import type { Terms, ValueTest } from '../term.ts';
import { taintTerms } from './flow-terms.ts';
import { constantTerms } from './value-constants.ts';
import { contentTerms } from './value-content.ts';
import { nestedTerms } from './value-nested.ts';
import { originTerms } from './value-origins.ts';
import { pathTerms } from './value-paths.ts';
import { syntaxTerms } from './value-syntax.ts';
import { thingTerms } from './value-things.ts';

/** Every word with which a rule can describe a value. All words of one pattern must hold. */
export const valueTerms: Terms<ValueTest> = {
  ...constantTerms,
  ...thingTerms,
  ...contentTerms,
  ...nestedTerms,
  ...pathTerms,
  ...originTerms,
  ...syntaxTerms,
  ...taintTerms,
};
