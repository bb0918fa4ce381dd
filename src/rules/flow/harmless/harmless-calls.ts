import type { ModelRow } from '../../../evaluate/calls/library-model.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { CallOrigin } from '../../../evaluate/values/value.ts';
import { cleansHarm, givesNamesOfItsOwn, isConverted, isEscapedOnDemand, isMadeToEscape, isToldToConvert } from '../calls.ts';
import type { HarmName } from '../harms.ts';
import type { Passed } from '../passed.ts';
import { isTurnedBackOf } from './brought-back.ts';
import { OUTSIDE } from './html-position.ts';
import { areKeysTaken } from './inside-of.ts';
import { givesText } from './query-document.ts';
import { leavesOnlyHarmless } from './removed.ts';

/** A call on the way, and what is known of what it calls. */
interface CallOnWay {
  readonly origin: CallOrigin;
  readonly rows: readonly ModelRow[];
  /** The last part of its name. */
  readonly method: string;
  /** Libraries or builtins say what it does. */
  readonly isKnown: boolean;
}

/** Why nothing of what a call was given does harm in what it gives, whatever it was; `undefined` where that depends on what it was given. */
export function reasonOfHarmless(
  { interpreter, harm }: { readonly interpreter: Interpreter; readonly harm: HarmName },
  { origin, rows, method, isKnown }: CallOnWay,
  passed: Passed,
): string | undefined {
  const shown = shownCall(method);
  const isUndone = isTurnedBackOf(rows, passed.undone);
  const isCleaning = (row: ModelRow): boolean =>
    cleansHarm(row, harm, origin, passed.quote) ||
    isHarmlessBesides(row, harm, passed) ||
    (harm === 'html' && (isEscapedOnDemand(row, origin) || isMadeToEscape(interpreter, origin)));
  // The keys of what a schema made of it; what stands under one names any field.
  if (harm === 'fields' && areKeysTaken(passed) && rows.some((row) => cleansHarm(row, 'keys', origin)))
    return `the names in what ${shown} gives are those that are declared`;
  if (!isUndone && rows.some(isCleaning)) return `what ${shown} gives can do no such harm`;
  if (rows.some((row) => isConverted(interpreter, harm, row, origin)) || (!isKnown && isToldToConvert(origin)))
    return `${shown} converts it to what does no such harm`;
  if (harm === 'nosql' && !passed.read.includes('json') && origin.receiver && givesText(method)) return 'a string is compared as it is';
  if (!isUndone && rows.some((row) => row.keeps === false)) return `what ${shown} gives does not hold what was passed`;
  if (!isUndone && leavesOnlyHarmless(harm, origin)) return 'only characters are left that can do no such harm';
  if (isKnown) return undefined;
  // Objects and functions that write HTML escape what they write; a dict becomes JSON.
  const isRendering = origin.receiver ? /html|render|^as_|^to_dict$|^(?:model_)?dump$/.test(method) : /^render(?:_|$)/.test(method);
  if (harm === 'html' && isRendering) return `what ${shown} gives is taken to be escaped, or no text`;
  if (harm === 'path' && origin.receiver && /^_?open(?:_|$)/.test(method)) return `what ${shown} gives is an open file, no path`;
  return givesNamesOfItsOwn(harm, origin, method) ? `the names in what ${shown} gives are its own` : undefined;
}

/** `json.dumps(data).replace("<", "\\u003c")` in a script: no tag ends it. In an attribute its quotes would. */
function isHarmlessBesides({ cleansWithout }: ModelRow, harm: HarmName, { quote, removed }: Passed): boolean {
  const needed = cleansWithout?.[harm];
  return needed !== undefined && (quote === undefined || quote === OUTSIDE) && [...needed].every((one) => removed.includes(one));
}

/** How a call is shown to people. */
export function shownCall(method: string): string {
  return method === '' ? 'the call' : `${method}()`;
}
