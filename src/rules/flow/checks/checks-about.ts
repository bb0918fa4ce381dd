import type { Check } from '../../../evaluate/checks/check.ts';
import type { Frame, Guard } from '../../../evaluate/frame.ts';
import type { Atom } from '../../../evaluate/values/value.ts';
import { stepsBetween } from '../steps-between.ts';

const TAKING = new Set(['item', 'element', 'get', 'pop', 'getlist', 'get_all', 'values', 'items']);

/** Whether what was tested was made from the value: not from one entry of it, which says nothing of the others. */
export function isAbout({ subject }: Check, atom: Atom): boolean {
  return subject.some((one) => {
    const steps = stepsBetween(one, atom);
    return steps !== undefined && !TAKING.has(steps.at(-1) ?? '');
  });
}

/** The checks that hold at a place and are about a value. */
export function checksAbout(frame: Frame, atom: Atom): readonly Check[] {
  const outer = ofGuards(frame.outer, atom);
  const own = ofGuards(frame.guards, atom);
  return outer.length === 0 ? own : own.length === 0 ? outer : [...outer, ...own];
}

/** Lists of guards are replaced, never changed, and many values are asked for at one place. */
const known = new WeakMap<readonly Guard[], WeakMap<Atom, readonly Check[]>>();

function ofGuards(guards: readonly Guard[], atom: Atom): readonly Check[] {
  if (guards.length === 0) return NONE;
  let answers = known.get(guards);
  if (!answers) {
    answers = new WeakMap();
    known.set(guards, answers);
  }
  const before = answers.get(atom);
  if (before) return before;
  const found = guards.flatMap((guard) => guard.checks.filter((check) => isAbout(check, atom)));
  const result = found.length === 0 ? NONE : found;
  answers.set(atom, result);
  return result;
}
const NONE: readonly Check[] = [];
