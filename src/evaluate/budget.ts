/** Project calls inside one another that are followed. Real flows are rarely deeper; past it a call's result is unknown. */
export const MAX_CALL_DEPTH = 6;
/** Argument signatures per function that are evaluated apart; further ones share the open result. */
export const MAX_SIGNATURES_PER_FUNCTION = 6;
/**
 * Statements evaluated inside calls, as a multiple of the statements the project has. Bounds the cost of calls that fan out;
 * once used up, results of calls are those of functions looked at on their own.
 */
export const CALL_WORK_FACTOR = 1.5;
/** Always granted, so that small projects with deep calls are followed to the end. */
export const MIN_CALL_WORK = 60_000;
/** Constant strings built by folding (`"a" * 10**9`) stop here; no setting, SQL text or URL is longer. */
export const MAX_TEXT_LENGTH = 16_384;
/** Elements of a collection that are evaluated into known content; the rest is only looked at for its calls. */
export const MAX_ELEMENTS = 256;
