import type { Check } from '../../../evaluate/checks/check.ts';
import { wayBetween } from '../../../evaluate/values/lineage.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import { strippedInFront } from '../harmless/removed.ts';

/** Steps back that are looked at; `normpath(path).lstrip("/")` is two. */
const MAX_STEPS = 8;

/** Whether slashes in front were taken off between the value and what was tested: no absolute path is left. */
export function isStrippedOfSlashes({ subject }: Check, atom: Atom): boolean {
  return subject.some((one) => wayBetween(one, atom, MAX_STEPS)?.some((step) => strippedInFront(step).includes('/')) ?? false);
}
