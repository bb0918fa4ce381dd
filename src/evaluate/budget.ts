/** Project calls inside one another that are followed. Real flows are rarely deeper; past it a call's result is unknown. */
export const MAX_CALL_DEPTH = 6;
/** Argument signatures per function that are evaluated apart; further ones share the open result. */
export const MAX_SIGNATURES_PER_FUNCTION = 6;
/** The same for calls that pass something from outside: two of them are rarely alike, and they are what matters. */
export const MAX_MARKED_SIGNATURES = 40;
/**
 * Short functions are followed for more such calls, until that took this many statements: what asks whether something is a date is called from
 * each view, and where it is not followed it has asked nothing.
 */
export const MAX_MARKED_STATEMENTS = 2_400;
/** The same for helpers that register or wrap views: a project calls them once for each view. */
export const MAX_OBSERVED_SIGNATURES = 400;
/** A function that calls itself with something from outside is followed this often; then its result may hold what was passed. */
export const MAX_RECURSION = 2;
/** Classes that one inherited method is run for besides its own; those that were defined first stand for the others. */
export const MAX_HEIRS = 40;
/** Functions looked at while others are being looked at; deeper ones wait for their turn. Spares the stack. */
export const MAX_RUNNING = 24;
/**
 * Statements that may be evaluated inside calls, so that calls that fan out stay cheap: a stock for the whole project, and what each
 * module and function looked at on its own adds to it, per statement of its own. Once used up, results of calls are those of functions
 * looked at on their own. The stock lets small projects be followed to the end; the rest keeps late files from starving.
 */
export const CALL_WORK_STOCK = 15_000;
export const CALL_WORK_PER_STATEMENT = 0.25;
/** The same for calls that pass something from outside. */
export const MARKED_WORK_STOCK = 20_000;
export const MARKED_WORK_PER_STATEMENT = 0.4;
/** Constant strings built by folding (`"a" * 10**9`) stop here; no setting, SQL text or URL is longer. */
export const MAX_TEXT_LENGTH = 16_384;
/** Elements of a collection that are evaluated into known content; the rest is only looked at for its calls. URLconfs of one list have 300. */
export const MAX_ELEMENTS = 1024;
