import type { Expr } from '../ir/nodes.ts';
import { ROOT_BRANCH } from './branch.ts';
import type { Check } from './check.ts';
import { checksOf, isAboutSources } from './conditions.ts';
import { isContainer } from './container.ts';
import type { Frame } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import { refine } from './refine.ts';
import { reachesSource, valuesBefore } from './taint.ts';
import type { Atom, Value } from './value.ts';

/** Steps from what was tested back to the value that a variable holds: `urlsplit(url).netloc` to `url`. */
const MAX_STEPS = 6;

/** Narrows variables to what a condition leaves of them, and notes on values from outside that it holds for them. */
export function assume(interpreter: Interpreter, frame: Frame, test: Expr, value: Value, holds: boolean): void {
  const checks = isAboutSources(interpreter, frame, test, value) ? checksOf(interpreter, frame, test, holds) : [];
  refine(interpreter, frame, test, value, holds);
  markChecked(interpreter, frame, checks);
}

/** From here to the end of the block the checks hold, whatever is read. */
export function holdOn(interpreter: Interpreter, frame: Frame, test: Expr, value: Value, checks: readonly Check[]): void {
  if (checks.length === 0) return;
  markChecked(interpreter, frame, checks);
  frame.guards = [...frame.guards, { test, value, holds: true, checks }];
}

/** Replaces values of variables that the checks are about by the same values, checked: what reads them later finds the check on its way back. */
export function markChecked(interpreter: Interpreter, frame: Frame, checks: readonly Check[]): void {
  if (checks.length === 0) return;
  for (const [name, value] of frame.vars) {
    if (!reachesSource(interpreter, value)) continue;
    let marked: Atom[] | undefined;
    value.forEach((atom, at) => {
      const checked = checks.reduce((one, check) => markAtom(interpreter, one, atom, check), atom);
      if (checked === atom) return;
      marked ??= [...value];
      marked[at] = checked;
    });
    if (marked) frame.vars.set(name, marked);
  }
}

function markAtom(interpreter: Interpreter, atom: Atom, original: Atom, check: Check): Atom {
  if (atom.kind !== 'opaque' && atom.kind !== 'text') return atom;
  if (!check.subject.some((subject) => leadsTo(subject, original, MAX_STEPS)) || !reachesSource(interpreter, [original])) return atom;
  return { ...atom, origin: { via: 'checked', of: [atom], check, site: check.site } };
}

/** Whether a value is another one or was computed from it, in few steps. */
export function leadsTo(from: Atom, to: Atom, steps: number): boolean {
  if (from === to) return true;
  if (steps <= 0 || from.kind === 'constant') return false;
  if (isContainer(from)) return from.object.everything(ROOT_BRANCH).some((one) => leadsTo(one, to, steps - 1));
  return valuesBefore(from).some((value) => value.some((before) => leadsTo(before, to, steps - 1)));
}
