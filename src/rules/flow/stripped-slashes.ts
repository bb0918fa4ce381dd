import type { Check } from '../../evaluate/check.ts';
import { wayBetween } from '../../evaluate/lineage.ts';
import type { Atom } from '../../evaluate/value.ts';

/** Steps back that are looked at; `normpath(path).lstrip("/")` is two. */
const MAX_STEPS = 8;

/** Whether slashes in front were taken off between the value and what was tested: no absolute path is left. */
export function isStrippedOfSlashes({ subject }: Check, atom: Atom): boolean {
  return subject.some((one) => wayBetween(one, atom, MAX_STEPS)?.some(stripsSlashes) ?? false);
}

/** `path.lstrip("/")`; without the slash among its characters it takes off others. https://docs.python.org/3/library/stdtypes.html#str.lstrip */
function stripsSlashes(step: Atom): boolean {
  if (step.kind !== 'opaque' || step.origin.via !== 'call' || !step.origin.receiver) return false;
  const { names, args } = step.origin;
  const [characters, ...others] = args.positional[0]?.value ?? [];
  return (
    /\.l?strip(?:\(\))?$/.test(names[0] ?? '') &&
    others.length === 0 &&
    characters?.kind === 'constant' &&
    characters.literal.type === 'str' &&
    characters.literal.value.includes('/')
  );
}
