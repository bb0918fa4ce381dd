import { wayBetween } from '../../evaluate/values/lineage.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';

/**
 * What was done to a value until it became another one, by the last names of what was called or read: `netloc`, `urlsplit`. Empty when it is
 * the value itself; `undefined` when it does not lead there in few steps.
 */
export function stepsBetween(from: Atom, to: Atom): readonly string[] | undefined {
  let ways = known.get(from);
  if (!ways) {
    ways = new WeakMap();
    known.set(from, ways);
  }
  const before = ways.get(to);
  if (before) return before.steps;
  const steps = wayBetween(from, to, MAX_STEPS)?.map(stepName);
  ways.set(to, { steps });
  return steps;
}
/** Conditions are judged for many values on many ways; what was done between two values stays the same. */
const known = new WeakMap<Atom, WeakMap<Atom, { readonly steps: readonly string[] | undefined }>>();

/** Steps back that are followed; `urlsplit(url.strip()).netloc` is three from `url`. */
const MAX_STEPS = 8;

function stepName(atom: Atom): string {
  if (atom.kind === 'text') return 'text';
  if (atom.kind !== 'opaque') return atom.kind;
  const { origin } = atom;
  switch (origin.via) {
    case 'attribute':
      return origin.name;
    case 'call':
      return (origin.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
    case 'checked':
      return 'checked';
    case 'item': {
      // A character, or a part of a sequence that was split.
      const [key] = origin.key;
      if (!key) return 'slice';
      return key?.kind === 'constant' && key.literal.type === 'int' ? 'index' : 'item';
    }
    default:
      return origin.via;
  }
}

/** Steps that leave a text the same, as far as conditions on it go. */
export const PRESERVING = new Set(
  'lower upper strip lstrip rstrip casefold title str as_posix decode encode unquote checked text'.split(' '),
);

/** Whether a value is another one, or that with nothing of its text gone but at its ends. */
export function isSameText(value: Value, atom: Atom): boolean {
  return value.some((one) => stepsBetween(one, atom)?.every((step) => PRESERVING.has(step)) ?? false);
}
