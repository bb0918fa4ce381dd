import type { Check } from '../../evaluate/checks/check.ts';
import type { Site } from '../../evaluate/values/value.ts';

/** Why a value from outside is not followed further: it does no harm from there on, or how it goes on is not known. */
export interface FlowStop {
  /** Where it ended, and what is said of it. */
  readonly site: Site;
  readonly words: string;
  /** The look ended there: what it holds is not known. */
  readonly isLost?: boolean;
}

/** What a check that clears a value is told as. */
export function wordsOfCheck(check: Check): string {
  const { module, node } = check.site;
  const text = module.text.slice(node.start, node.end).replaceAll(/\s+/g, ' ');
  return `the condition \`${text}\` ${check.holds ? 'holds' : 'does not hold'} here, which makes it harmless`;
}
