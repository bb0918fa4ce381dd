import type { CheckFact } from '../../../evaluate/checks/check.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Atom, CallOrigin, Value } from '../../../evaluate/values/value.ts';
import type { HarmName } from '../harms.ts';
import { isSameText } from '../steps-between.ts';

/**
 * Harms of which what is stored counts as the project's own: somebody registered this address, or put this file there. To a statement or a page
 * it matters what the text is, and databases compare loosely: `"1 or 1=1"` is a number to some.
 */
const OF_STORED: ReadonlySet<HarmName> = new Set(['redirect', 'ssrf', 'path']);
const ASKING = /^(?:filter|where|find_one)$/;
/** No other library has methods called so. */
const ASKING_BY = /^(?:filter_by|get_by|find_by)$/;
/** Calls on one query: `Model.objects.filter(url=url).order_by("id").exists()` is three. */
const MAX_CALLS = 6;

/** Lookups that find rows with other values, too. https://docs.djangoproject.com/en/stable/ref/models/querysets/#field-lookups */
const OTHER_LOOKUPS =
  /__(?:contains|icontains|in|gt|gte|lt|lte|startswith|istartswith|endswith|iendswith|range|isnull|regex|iregex|search|date|year|month|day)$/;

/**
 * Whether a row was found that has the value in a column: `if not Target.query.filter_by(url=url).first(): abort(404)`,
 * `get_object_or_404(User, username=name)`. Where stored data counts as a source, it stays one to all other harms.
 */
export function isFoundRow(interpreter: Interpreter, harm: HarmName, fact: CheckFact & { kind: 'call' }, atom: Atom): boolean {
  let call: Pick<CallOrigin, 'names' | 'receiver' | 'args'> | undefined = fact;
  for (let left = MAX_CALLS; call && left > 0; left--) {
    const { names, receiver }: Pick<CallOrigin, 'names' | 'receiver'> = call;
    if (isAskedFor(interpreter, harm, names) && comparesWith(call.args, atom)) return true;
    const [before]: Value = receiver ?? [];
    call = before?.kind === 'opaque' && before.origin.via === 'call' ? before.origin : undefined;
  }
  return false;
}

function isAskedFor({ library, countsStored }: Interpreter, harm: HarmName, names: readonly string[]): boolean {
  return names.some((name) => {
    const row = library.row(name);
    if (row?.finds === 'exactly') return OF_STORED.has(harm) || !countsStored;
    const method = name.split('.').at(-1) ?? '';
    return OF_STORED.has(harm) && (ASKING_BY.test(method) || (ASKING.test(method) && row !== undefined));
  });
}

/** Whether a function of the project that gave something looks for a row by what is passed, as its name says: `Target.get_by(url=url)`. */
export function isFoundByName(harm: HarmName, name: string): boolean {
  return OF_STORED.has(harm) && ASKING_BY.test(name);
}

function comparesWith({ keywords, positional }: CallOrigin['args'], atom: Atom): boolean {
  const byName = keywords.some(({ name, value }) => name !== undefined && !OTHER_LOOKUPS.test(name) && isSameText(value, atom));
  return (
    byName ||
    positional.some(({ value }) =>
      value.some(
        (one) =>
          one.kind === 'opaque' &&
          one.origin.via === 'operation' &&
          one.origin.op === '==' &&
          one.origin.operands.some((operand) => isSameText(operand, atom)),
      ),
    )
  );
}
