import { ROOT_BRANCH } from '../../evaluate/branch.ts';
import { isContainer } from '../../evaluate/container.ts';
import { leadsTo } from '../../evaluate/mark-checked.ts';
import { valuesBefore } from '../../evaluate/taint.ts';
import type { Atom } from '../../evaluate/value.ts';

/**
 * What was done to a value until it became another one, by the last names of what was called or read: `netloc`, `urlsplit`. Empty when it is
 * the value itself; `undefined` when it does not lead there within so many steps.
 */
export function stepsBetween(from: Atom, to: Atom, steps: number): readonly string[] | undefined {
  if (from === to || leadsTo(from, to, 0)) return [];
  if (steps <= 0 || from.kind === 'constant') return undefined;
  const befores = isContainer(from) ? [from.object.everything(ROOT_BRANCH)] : valuesBefore(from);
  for (const before of befores)
    for (const atom of before) {
      const rest = stepsBetween(atom, to, steps - 1);
      if (rest) return [stepName(from), ...rest];
    }
  return undefined;
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
    default:
      return origin.via;
  }
}
