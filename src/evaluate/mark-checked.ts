import type { Expr } from '../ir/nodes.ts';
import { ROOT_BRANCH } from './branch.ts';
import type { Check } from './check.ts';
import { checksOf, isAboutSources } from './conditions.ts';
import { isContainer } from './container.ts';
import type { Frame } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import { refine } from './refine.ts';
import { reachesSource, valuesBefore } from './taint.ts';
import { type Atom, sameAtom, type Value } from './value.ts';

/** Steps from what was tested back to the value that a variable holds: `urlsplit(url).netloc` to `url`. */
const MAX_STEPS = 6;

/** Narrows variables to what a condition leaves of them, and notes on values from outside that it holds for them. */
export function assume(interpreter: Interpreter, frame: Frame, test: Expr, value: Value, holds: boolean): readonly Check[] {
  const checks = isAboutSources(interpreter, frame, test, value) ? checksOf(interpreter, frame, test, holds) : [];
  refine(interpreter, frame, test, value, holds);
  markChecked(interpreter, frame, checks);
  return checks;
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
    const marked = markValue(interpreter, value, checks);
    if (marked !== value) frame.vars.set(name, marked);
  }
}

/** A value that is kept beyond where conditions hold remembers them: `return x` under `if x in ALLOWED`. */
export function keepChecks(interpreter: Interpreter, frame: Frame, value: Value): Value {
  if (frame.guards.length === 0) return value;
  return markValue(
    interpreter,
    value,
    frame.guards.flatMap((guard) => guard.checks),
  );
}

/** The value with the checks that are about it noted on its alternatives. */
export function markValue(interpreter: Interpreter, value: Value, checks: readonly Check[]): Value {
  if (checks.length === 0 || !reachesSource(interpreter, value)) return value;
  let marked: Atom[] | undefined;
  value.forEach((atom, at) => {
    const checked = checks.reduce((one, check) => markAtom(interpreter, one, atom, check), atom);
    if (checked === atom) return;
    marked ??= [...value];
    marked[at] = checked;
  });
  return marked ?? value;
}

function markAtom(interpreter: Interpreter, atom: Atom, original: Atom, check: Check): Atom {
  if (atom.kind !== 'opaque' && atom.kind !== 'text') return atom;
  if (hasCheck(original, check)) return atom;
  if (!check.subject.some((subject) => leadsTo(subject, original, MAX_STEPS)) || !reachesSource(interpreter, [original])) return atom;
  return { ...atom, origin: { via: 'checked', of: [atom], check, site: check.site } };
}

function hasCheck(atom: Atom, check: Check): boolean {
  if ((atom.kind !== 'opaque' && atom.kind !== 'text') || atom.origin.via !== 'checked') return false;
  return atom.origin.check === check || atom.origin.of.some((inner) => hasCheck(inner, check));
}

/** Whether a value is another one or was computed from it, in few steps. */
export function leadsTo(from: Atom, to: Atom, steps: number): boolean {
  if (from === to || isSameRead(from, to, MAX_STEPS)) return true;
  if (steps <= 0 || from.kind === 'constant') return false;
  if (isContainer(from)) return from.object.everything(ROOT_BRANCH).some((one) => leadsTo(one, to, steps - 1));
  return valuesBefore(from).some((value) => value.some((before) => leadsTo(before, to, steps - 1)));
}

/** Whether two values were read by the same expression from the same thing: `request.args["x"]` tested, and read again. */
function isSameRead(first: Atom, second: Atom, steps: number): boolean {
  const a = unchecked(first);
  const b = unchecked(second);
  if (a === b) return true;
  if (steps <= 0 || a.kind !== b.kind) return false;
  if (a.kind === 'constant' || a.kind === 'symbol') return sameAtom(a, b);
  if (a.kind === 'object' && b.kind === 'object') return a.object === b.object;
  if (a.kind !== 'opaque' || b.kind !== 'opaque' || a.type !== b.type) return false;
  const from = a.origin;
  const other = b.origin;
  const same = (one: Value, two: Value): boolean =>
    one.length === two.length && one.every((atom, at) => isSameReadOf(atom, two[at], steps));
  switch (from.via) {
    case 'global':
      return other.via === 'global' && from.name === other.name;
    case 'parameter':
      return other.via === 'parameter' && from.site.node === other.site.node;
    case 'attribute':
      return other.via === 'attribute' && from.name === other.name && same(from.of, other.of);
    case 'item':
      return other.via === 'item' && from.key.length > 0 && same(from.key, other.key) && same(from.of, other.of);
    case 'call':
      return (
        other.via === 'call' &&
        from.names.length > 0 &&
        from.names[0] === other.names[0] &&
        from.receiver !== undefined &&
        same(from.receiver, other.receiver ?? []) &&
        from.args.positional.length === other.args.positional.length &&
        from.args.positional.every((passed, at) => same(passed.value, other.args.positional[at]?.value ?? []))
      );
    default:
      return false;
  }
}
/** A value as it was before conditions on it were noted. */
function unchecked(atom: Atom): Atom {
  let inner = atom;
  while (inner.kind === 'opaque' && inner.origin.via === 'checked') {
    const [only] = inner.origin.of;
    if (!only || inner.origin.of.length !== 1) return inner;
    inner = only;
  }
  return inner;
}

function isSameReadOf(a: Atom, b: Atom | undefined, steps: number): boolean {
  return b !== undefined && isSameRead(a, b, steps - 1);
}
