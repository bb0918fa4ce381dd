import type { Check } from '../checks/check.ts';
import { joinWays, noteWay } from '../checks/implied-checks.ts';
import type { Frame, Guard } from '../frame.ts';
import { Branch } from '../values/branch.ts';
import type { Value } from '../values/value.ts';

/** Runs a block as one way among several; gives the variables at its end, or `undefined` when the end is not reached. */
export function runWay(
  frame: Frame,
  vars: Map<string, Value>,
  guard: Guard | undefined,
  body: () => boolean,
): Map<string, Value> | undefined {
  const { branch, guards } = frame;
  const own = new Branch(branch);
  frame.branch = own;
  frame.vars = vars;
  if (guard) frame.guards = [...guards, guard];
  const reached = body();
  if (reached) noteWay(frame.vars, checksSince(frame, guards));
  frame.branch = branch;
  frame.guards = guards;
  if (!reached) own.end();
  return reached ? frame.vars : undefined;
}

/** Runs a block whose writes to objects are there for whatever comes behind it; gives what `runWay` gives. */
export function runStraight(frame: Frame, vars: Map<string, Value>, body: () => boolean): Map<string, Value> | undefined {
  const { guards } = frame;
  frame.vars = vars;
  const reached = body();
  if (reached) noteWay(frame.vars, checksSince(frame, guards));
  frame.guards = guards;
  return reached ? frame.vars : undefined;
}

/** What was found to hold of values from outside behind these conditions. */
function checksSince(frame: Frame, guards: readonly Guard[]): readonly Check[] {
  return frame.guards.length === guards.length ? NO_CHECKS : frame.guards.slice(guards.length).flatMap((guard) => guard.checks);
}
const NO_CHECKS: readonly Check[] = [];

/** Continues with whatever ways reached their end. */
export function meet(frame: Frame, ways: readonly (Map<string, Value> | undefined)[]): boolean {
  let result: Map<string, Value> | undefined;
  for (const way of ways) {
    if (!way) continue;
    result = result ? joinWays(result, way) : way;
  }
  if (!result) return false;
  frame.vars = result;
  return true;
}

/** Ways that left a loop, or a round of it, come back behind it: what they wrote to objects is there. */
export function rejoin(frame: Frame, left: readonly Branch[]): void {
  for (const way of left) {
    for (let branch: Branch | undefined = way; branch && !frame.branch.isWithin(branch); branch = branch.parent) branch.end(false);
  }
}

/** The variables of which a condition leaves less, with what it leaves. */
export type Narrowed = ReadonlyMap<string, Value>;
export const NOT_NARROWED: Narrowed = new Map();

export function narrowedFrom(given: ReadonlyMap<string, Value>, vars: ReadonlyMap<string, Value>): Narrowed {
  let result: Map<string, Value> | undefined;
  for (const [name, value] of vars) {
    if (given.get(name) === value) continue;
    result ??= new Map();
    result.set(name, value);
  }
  return result ?? NOT_NARROWED;
}

/**
 * What a condition leaves of a variable and what its opposite leaves is all that it was, where neither way set it: that is one value as before, not two
 * with a note each, of which a few such conditions would make more than are kept.
 */
export function widenAgain(given: ReadonlyMap<string, Value>, ...ways: readonly (readonly [Map<string, Value>, Narrowed])[]): void {
  for (const name of new Set(ways.flatMap(([, narrowed]) => [...narrowed.keys()]))) {
    const value = given.get(name);
    if (value === undefined || !ways.every(([vars, narrowed]) => vars.get(name) === (narrowed.get(name) ?? value))) continue;
    for (const [vars] of ways) vars.set(name, value);
  }
}
