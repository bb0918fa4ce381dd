import type { Check } from '../../evaluate/check.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { finds } from '../../evaluate/validators.ts';
import type { Atom, Value } from '../../evaluate/value.ts';
import { stepsBetween } from './steps-between.ts';

/** Lookups that take a value as it is. Other ones (`name__contains`) find rows with other values. https://docs.djangoproject.com/en/stable/ref/models/querysets/#field-lookups */
const EXACT = /^(?:exact|iexact)$/;
const OTHER_LOOKUPS =
  /^(?:contains|icontains|in|gt|gte|lt|lte|startswith|istartswith|endswith|iendswith|range|isnull|regex|iregex|search|date|year|month|day)$/;

/** Names of rows' keys: what a key is compared with need not be written like it. */
const WRITTEN_OTHERWISE = new Set(['int', 'float', 'text', 'split', 'rsplit', 'item', 'index', 'slice']);

/**
 * Whether a row was found by the value itself (`get_object_or_404(User, username=name)`): then it is what a database holds, and whoever sends it
 * chooses among that alone. Where stored data counts as a source it stays what it is.
 */
export function isLookedUpValue(interpreter: Interpreter, { holds }: Check, fact: Check['fact'] & { kind: 'call' }, atom: Atom): boolean {
  if (!holds || interpreter.countsStored || !fact.names.some((name) => finds(interpreter, name))) return false;
  return [fact.args, ...filtersBefore(fact.receiver)].some(({ keywords }) =>
    keywords.some(({ name, value }) => name !== undefined && isExact(name) && value.some((one) => isSameText(one, atom))),
  );
}

function isExact(lookup: string): boolean {
  const last = lookup.split('__').at(-1) ?? '';
  return EXACT.test(last) || !OTHER_LOOKUPS.test(last);
}

function isSameText(value: Atom, atom: Atom): boolean {
  const steps = stepsBetween(value, atom);
  return steps !== undefined && !steps.some((step) => WRITTEN_OTHERWISE.has(step));
}

/** The arguments of `filter_by(slug=slug)` in front of `.first_or_404()`. */
function filtersBefore(receiver: Value | undefined): readonly (Check['fact'] & { kind: 'call' })['args'][] {
  return (receiver ?? []).flatMap((atom) => {
    if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
    const { names, args, receiver: before } = atom.origin;
    return [...(names.some((name) => name.endsWith('.filter_by')) ? [args] : []), ...filtersBefore(before)];
  });
}
