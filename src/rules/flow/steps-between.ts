import { wayBetween } from '../../evaluate/lineage.ts';
import type { Atom } from '../../evaluate/value.ts';

/**
 * What was done to a value until it became another one, by the last names of what was called or read: `netloc`, `urlsplit`. Empty when it is
 * the value itself; `undefined` when it does not lead there within so many steps.
 */
export function stepsBetween(from: Atom, to: Atom, steps: number): readonly string[] | undefined {
  return wayBetween(from, to, steps)?.map(stepName);
}

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
      return key?.kind === 'constant' && key.literal.type === 'int' ? 'index' : 'item';
    }
    default:
      return origin.via;
  }
}
