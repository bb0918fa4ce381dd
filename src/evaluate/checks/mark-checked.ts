import type { Expr } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { HeapObject } from '../values/heap.ts';
import { leadsTo } from '../values/lineage.ts';
import { Note } from '../values/note.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, NOTHING, type OpaqueAtom, type TextAtom, type Value } from '../values/value.ts';
import { isAboutSources } from './about-sources.ts';
import type { Check } from './check.ts';
import { checksOf } from './conditions.ts';
import { refine } from './refine.ts';

/** Steps from what was tested back to the value that a variable holds: `ip_address(getaddrinfo(urlsplit(url).hostname, 80)[0][4][0]).is_global` to `url`. */
const MAX_STEPS = 9;
/** Conditions noted on one value. Code that tests one variable more often is a long table of cases, of which the first are as good as all. */
const MAX_CHECKS = 32;

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
  const notes = notesOf(interpreter, checks);
  if (notes.length === 0) return;
  for (const [name, value] of frame.vars) {
    const marked = noteOn(interpreter, value, notes);
    if (marked !== value) frame.vars.set(name, marked);
  }
  markFields(interpreter, frame, checks);
}

/** What a method finds out about fields of its own instance holds for whoever reads them later: `if not self.name.isidentifier(): raise`. */
export function markFields(interpreter: Interpreter, frame: Frame, checks: readonly Check[]): void {
  if (checks.length === 0) return;
  const self = frame.info?.owner && frame.info.binding === 'plain' ? frame.vars.get(frame.info.node.params[0]?.name ?? '') : undefined;
  const [only, ...others] = self ?? NOTHING;
  // What any instance may hold is not this one's.
  if (only?.kind !== 'object' || others.length > 0 || only.object === only.info.anyInstance) return;
  for (const name of only.object.keyNames()) {
    const value = only.object.read(name, frame.branch) ?? NOTHING;
    const marked = markValue(interpreter, value, checks);
    if (marked === value) continue;
    only.object.write(name, marked, frame.branch);
    frame.fieldMarks?.push({ object: only.object, name, value, marked });
  }
}

/** Fields that were marked, with what they held before. */
export interface FieldMark {
  readonly object: HeapObject;
  readonly name: string;
  readonly value: Value;
  readonly marked: Value;
}

/** What a part of an expression is evaluated under says nothing behind it: `self.order if self.order in COLUMNS else "name"`. */
export function withinExpression<Result>(frame: Frame, work: () => Result): Result {
  const { fieldMarks: outer } = frame;
  const marks: FieldMark[] = [];
  frame.fieldMarks = marks;
  const result = work();
  frame.fieldMarks = outer;
  for (const { object, name, value, marked } of marks.reverse())
    if (object.read(name, frame.branch) === marked) object.write(name, value, frame.branch);
  return result;
}

/** A value that is kept beyond where conditions hold remembers them: `return x` under `if x in ALLOWED`. */
export function keepChecks(interpreter: Interpreter, frame: Frame, value: Value): Value {
  if (frame.guards.length === 0) return value;
  const checks = frame.guards.flatMap((guard) => guard.checks);
  return markParts(interpreter, markValue(interpreter, value, checks), checks);
}

/** What was put into a string or passed to a call remembers the conditions too: `return ",".join(keys)` behind a loop that tests each key. */
function markParts(interpreter: Interpreter, value: Value, checks: readonly Check[]): Value {
  if (checks.length === 0) return value;
  let marked: Atom[] | undefined;
  value.forEach((atom, at) => {
    const one = atom.kind === 'text' ? markHoles(interpreter, atom, checks) : markPassed(interpreter, atom, checks);
    if (one === atom) return;
    marked ??= [...value];
    marked[at] = one;
  });
  return marked ?? value;
}

function markHoles(interpreter: Interpreter, atom: TextAtom, checks: readonly Check[]): Atom {
  if (atom.origin.via === 'checked') return atom;
  let isMarked = false;
  const segments = atom.segments.map((segment) => {
    const marked = typeof segment === 'string' ? NOTHING : markValue(interpreter, segment.value, checks);
    if (typeof segment === 'string' || marked === segment.value) return segment;
    isMarked = true;
    return { ...segment, value: marked };
  });
  return isMarked ? { ...atom, segments } : atom;
}

/** `url = urljoin(host, target)` under a condition on `target`. */
function markPassed(interpreter: Interpreter, atom: Atom, checks: readonly Check[]): Atom {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || atom.content) return atom;
  const { origin } = atom;
  let isMarked = false;
  const positional = origin.args.positional.map((passed) => {
    const value = markValue(interpreter, passed.value, checks);
    if (value !== passed.value) isMarked = true;
    return value === passed.value ? passed : { ...passed, value };
  });
  return isMarked ? { ...atom, origin: { ...origin, args: { ...origin.args, positional } } } : atom;
}

/** The value with the checks that are about it noted on its alternatives. */
export function markValue(interpreter: Interpreter, value: Value, checks: readonly Check[]): Value {
  return checks.length === 0 ? value : noteOn(interpreter, value, notesOf(interpreter, checks));
}

/** A check with those alternatives of what it tested that come from outside: what comes from nowhere outside was not made from what does. */
interface NotedCheck {
  readonly check: Check;
  readonly subject: Value;
}

function notesOf(interpreter: Interpreter, checks: readonly Check[]): readonly NotedCheck[] {
  return checks
    .map((check) => ({ check, subject: check.subject.filter((atom) => reachesSource(interpreter, [atom])) }))
    .filter(({ subject }) => subject.length > 0);
}

function noteOn(interpreter: Interpreter, value: Value, notes: readonly NotedCheck[]): Value {
  let marked: Atom[] | undefined;
  value.forEach((atom, at) => {
    if ((atom.kind !== 'opaque' && atom.kind !== 'text') || !reachesSource(interpreter, [atom])) return;
    const checked = notes.reduce((one, { check, subject }) => noteOnAtom(one, atom, check, subject), atom);
    if (checked === atom) return;
    marked ??= [...value];
    marked[at] = checked;
  });
  return marked ?? value;
}

type NotedAtom = OpaqueAtom | TextAtom;

function noteOnAtom(atom: NotedAtom, original: NotedAtom, check: Check, subject: Value): NotedAtom {
  if (!subject.some((one) => leadsTo(one, original, MAX_STEPS))) return atom;
  if (hasCheck(original, check) || notedChecks(atom).length >= MAX_CHECKS) return atom;
  return { ...atom, origin: { via: 'checked', of: [atom], check, site: check.site } };
}

/** Whether it was noted already; loops and repeated calls bring the same condition again. */
function hasCheck(atom: Atom, check: Check): boolean {
  return notedChecks(atom).some(
    (noted) =>
      noted === check || (noted.site.node === check.site.node && noted.holds === check.holds && noted.fact.kind === check.fact.kind),
  );
}

/** The conditions noted on a value, the last one first. */
function notedChecks(atom: Atom): readonly Check[] {
  const known = noted.get(atom);
  if (known) return known;
  if ((atom.kind !== 'opaque' && atom.kind !== 'text') || atom.origin.via !== 'checked') return [];
  const checks = [atom.origin.check, ...atom.origin.of.flatMap(notedChecks)];
  noted.set(atom, checks);
  return checks;
}
const noted = new Note<readonly Check[]>();
