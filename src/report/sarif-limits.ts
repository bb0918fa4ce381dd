/**
 * What GitHub code scanning accepts and shows
 * (https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning). A file beyond a limit is rejected
 * as a whole, so ratel stays inside and says in a notification what it left out.
 */

/** Results of one run; more are rejected. */
export const MAX_RESULTS = 25_000;
/** Results of one run that GitHub shows, the worst first. */
export const SHOWN_RESULTS = 5_000;
/** Bytes of a compressed file; a larger one is rejected. */
export const MAX_COMPRESSED_BYTES = 10_000_000;
/** Rules of one run; more are rejected. */
export const MAX_RULES = 25_000;
/**
 * Places of all results together: the findings themselves, their flows and related places. Ours, not GitHub's: what goes beyond does
 * not fit into a file anyway, and a text of it would be longer than JavaScript's strings may be.
 */
export const MAX_PLACES = 400_000;
/** Locations of one result that are shown; up to 1,000 are accepted. */
export const MAX_LOCATIONS = 100;
/** Steps of one thread flow that are shown; up to 10,000 are accepted. */
export const MAX_FLOW_STEPS = 1_000;
/** Tags of one rule that are shown; up to 20 are accepted. */
export const MAX_TAGS = 10;
/** Characters of a rule's name; more are rejected. */
export const MAX_NAME = 255;
/** Characters of a rule's short and full description. */
export const MAX_DESCRIPTION = 1_024;
/** Notifications of one kind that ratel writes, so that gaps cannot fill the file; the rest is counted in one more. */
export const MAX_NOTIFICATIONS = 1_000;

/** A text cut to a limit, with an ellipsis where it was cut. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
