import type { Frame } from '../frame.ts';
import { join, NOTHING, type Value } from '../values/value.ts';

/**
 * Gives a name a value in the scope that Python would: `global` and `nonlocal` names live elsewhere and only widen there, unless the
 * function around is the one that runs, and gets here for sure.
 */
export function bindName(frame: Frame, name: string, value: Value): void {
  if (frame.scope?.globals.has(name)) {
    const vars = frame.state.frame.vars;
    vars.set(name, join(vars.get(name) ?? NOTHING, value));
    return;
  }
  if (frame.scope?.nonlocals.has(name)) {
    for (let outer = frame.parent; outer; outer = outer.parent) {
      const before = outer.vars.get(name);
      if (before && !outer.classInfo) {
        outer.changed ??= new Set();
        outer.changed.add(name);
        const isSure = frame.branch === outer.branch && isCalledIn(frame, outer);
        outer.vars.set(name, isSure ? value : join(before, value));
        return;
      }
    }
    return;
  }
  frame.vars.set(name, value);
}

/** Whether a function is still running that called, in the end, this one. */
function isCalledIn({ caller }: Frame, outer: Frame): boolean {
  for (let at = caller?.frame; at; at = at.caller?.frame) if (at === outer) return true;
  return false;
}

/** The variables after two ways meet. A name bound on one way only keeps that binding: the other way would be a NameError. */
export function joinVars(a: Map<string, Value>, b: Map<string, Value>): Map<string, Value> {
  for (const [name, value] of b) {
    const other = a.get(name);
    if (other === undefined) a.set(name, value);
    else if (other !== value) a.set(name, join(other, value));
  }
  return a;
}
