import type { Expr, Stmt } from '../../ir/nodes.ts';
import type { HeapObject } from '../values/heap.ts';
import { truthOf } from '../values/truth.ts';
import { type Atom, join, type Value } from '../values/value.ts';
import { anyOf, type Check } from './check.ts';

/**
 * What the truth of a variable says of values from outside, where a condition on them decided which value it has: `valid = False`, then
 * `valid = True` under `if name in ALLOWED`. Kept by the very value that the variable has where the ways meet.
 */
interface Implied {
  readonly whenTrue: readonly Check[];
  readonly whenFalse: readonly Check[];
}
const implied = new WeakMap<Value, Implied>();
const NONE: readonly Check[] = [];
/** Conditions on one way that are kept for its flags: code with more of them decides by something else. */
const MAX_CHECKS = 24;

/** Conditions that hold at the end of a way, by the variables that it ends with. */
const ofWays = new WeakMap<Map<string, Value>, readonly Check[]>();

/** Remembers the conditions under which the variables are what they are at the end of a way. */
export function noteWay(vars: Map<string, Value>, checks: readonly Check[]): void {
  if (checks.length > 0 && checks.length <= MAX_CHECKS) ofWays.set(vars, checks);
  else ofWays.delete(vars);
}

/** The conditions that hold where a value is true, or false, by the ways on which it came to be so. */
export function impliedChecks(value: Value, holds: boolean): readonly Check[] {
  const known = implied.get(value);
  return known ? (holds ? known.whenTrue : known.whenFalse) : NONE;
}

/** The variables after two ways meet, as `joinVars`; what is true on one way and false on the other tells from then on which one was taken. */
export function joinWays(a: Map<string, Value>, b: Map<string, Value>): Map<string, Value> {
  const [ofA, ofB] = [ofWays.get(a) ?? NONE, ofWays.get(b) ?? NONE];
  ofWays.delete(a);
  for (const [name, value] of b) {
    const other = a.get(name);
    if (other === undefined) a.set(name, value);
    else if (other !== value) a.set(name, joinTelling(other, ofA, value, ofB));
  }
  return a;
}

function joinTelling(a: Value, ofA: readonly Check[], b: Value, ofB: readonly Check[]): Value {
  const joined = join(a, b);
  if (ofA.length === 0 && ofB.length === 0 && !implied.has(a) && !implied.has(b)) return joined;
  if (truthOf(a) === undefined && truthOf(b) === undefined && !implied.has(a) && !implied.has(b)) return joined;
  const when = (holds: boolean): readonly Check[] => {
    const ways: (readonly Check[])[] = [];
    if (truthOf(a) !== !holds) ways.push([...ofA, ...impliedChecks(a, holds)]);
    if (truthOf(b) !== !holds) ways.push([...ofB, ...impliedChecks(b, holds)]);
    const here = ways.flat()[0]?.site;
    const checks = here ? anyOf(ways, here) : NONE;
    return checks.length <= MAX_CHECKS ? checks : NONE;
  };
  const result: Implied = { whenTrue: when(true), whenFalse: when(false) };
  if (result.whenTrue.length === 0 && result.whenFalse.length === 0) return joined;
  const own = [...joined];
  implied.set(own, result);
  return own;
}

/** A value of which it is known what its truth says. */
export function tellingOf(value: Value, whenTrue: readonly Check[], whenFalse: readonly Check[]): Value {
  const kept = (checks: readonly Check[]): readonly Check[] => (checks.length <= MAX_CHECKS ? checks : NONE);
  const result: Implied = { whenTrue: kept(whenTrue), whenFalse: kept(whenFalse) };
  if (result.whenTrue.length === 0 && result.whenFalse.length === 0) return value;
  const own = [...value];
  implied.set(own, result);
  return own;
}

/** Conditions under which something was returned: a value as long as it is the only one, and tuples, by what their elements stand in. */
const ofReturned = new WeakMap<Value | HeapObject, readonly Check[]>();

/** What a function gives after one more `return`: where one gives something true and another not, its result tells which of them it was. */
export function joinReturned(before: Value | undefined, value: Value, checks: readonly Check[]): Value {
  const known = checks.length <= MAX_CHECKS ? checks : NONE;
  if (known.length > 0)
    for (const atom of value) if (atom.kind === 'container' && atom.form === 'tuple') ofReturned.set(atom.object, known);
  if (before) return joinTelling(before, ofReturned.get(before) ?? NONE, value, known);
  if (known.length === 0) return value;
  const own = [...value];
  const inner = implied.get(value);
  if (inner) implied.set(own, inner);
  ofReturned.set(own, known);
  return own;
}

/** The same part of each of the tuples that a function gives, each under its own conditions: `ok, message = validate(name)`. */
export function joinParts(parts: readonly { readonly of: Atom; readonly part: Value }[]): Value {
  let result: Value | undefined;
  let ofResult: readonly Check[] = NONE;
  for (const { of, part } of parts) {
    const checks = (of.kind === 'container' ? ofReturned.get(of.object) : undefined) ?? NONE;
    if (!result) [result, ofResult] = [part, checks];
    else {
      result = joinTelling(result, ofResult, part, checks);
      ofResult = NONE;
    }
  }
  return result ?? [];
}

/** What holds as long as nothing was put into a collection: `errors.append(…)` stands under the opposite. */
const whileEmpty = new WeakMap<HeapObject, readonly Check[]>();

/** The conditions that hold where a collection is found empty. */
export function emptyChecks(atom: Atom): readonly Check[] {
  return atom.kind === 'container' ? (whileEmpty.get(atom.object) ?? NONE) : NONE;
}

/** What holds as long as nothing is in a collection. */
export function noteEmpty(object: HeapObject, checks: readonly Check[]): void {
  if (checks.length > 0 && checks.length <= MAX_CHECKS) whileEmpty.set(object, checks);
}

/** Whether the truth of a value tells of conditions that decided it. */
export function isTelling(value: Value): boolean {
  return implied.has(value) || value.some((atom) => emptyChecks(atom).length > 0);
}

/** A block that surely puts something into collections is not run as long as these are empty, and so the opposite of its condition holds. */
export function noteFilling(vars: Map<string, Value>, block: readonly Stmt[], opposite: readonly Check[]): void {
  if (opposite.length === 0) return;
  for (const name of block.flatMap(filledBy)) {
    const [only, ...others] = vars.get(name) ?? [];
    if (only?.kind !== 'container' || others.length > 0) continue;
    const before = whileEmpty.get(only.object) ?? NONE;
    if (before.length < MAX_CHECKS) whileEmpty.set(only.object, [...before, ...opposite]);
  }
}

/** Whether a block surely puts something into a collection. */
export function fills(block: readonly Stmt[]): boolean {
  return block.some((one) => filledBy(one).length > 0);
}

const FILLING = new Set(['append', 'add', 'insert', 'setdefault', 'appendleft']);

/** The collections that a statement puts something into, by their names. */
function filledBy(statement: Stmt): readonly string[] {
  if (statement.kind === 'expression' && statement.value.kind === 'call') {
    const { callee } = statement.value;
    return callee.kind === 'attribute' && FILLING.has(callee.name) ? nameOf(callee.object) : [];
  }
  if (statement.kind !== 'assign') return [];
  return statement.targets.flatMap((target) => (target.kind === 'subscript' ? nameOf(target.object) : []));
}

function nameOf(node: Expr): readonly string[] {
  return node.kind === 'name' ? [node.id] : [];
}
