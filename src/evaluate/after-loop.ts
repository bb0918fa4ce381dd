import type { ForStmt } from '../ir/nodes.ts';
import { bindTarget } from './assign.ts';
import { callChecks, checksOf } from './conditions.ts';
import { isContainer } from './container.ts';
import { evaluate } from './expressions.ts';
import type { Frame, Guard } from './frame.ts';
import type { HeapObject } from './heap.ts';
import type { Interpreter } from './interpreter.ts';
import { holdOn, markValue } from './mark-checked.ts';
import { quietly } from './refine.ts';
import { type Atom, NOTHING, type Value } from './value.ts';

/**
 * What holds behind a loop that was left by no `break`, and whose body leaves the function for some elements: `for key in keys: if key not in
 * ALLOWED: raise`. What was made sure of each element holds of the whole, which stands for the element here.
 */
export function holdAfter(interpreter: Interpreter, frame: Frame, loop: ForStmt, iterable: Value, guards: readonly Guard[]): void {
  for (const guard of guards) {
    if (guard.checks.length === 0) continue;
    const checks = quietly(interpreter, () => {
      const before = frame.vars;
      frame.vars = new Map(before);
      bindTarget(interpreter, frame, loop.target, iterable.flatMap(wholeOf), undefined);
      // A validator that is called as a statement holds when it returns.
      const isCalled = guard.value === NOTHING && guard.test.kind === 'call';
      const found = isCalled
        ? callChecks(interpreter, frame, guard.test, undefined)
        : checksOf(interpreter, frame, guard.test, guard.holds);
      frame.vars = before;
      return found;
    });
    holdOn(interpreter, frame, guard.test, guard.value, checks);
    for (const object of dictsOf(interpreter, frame, loop)) object.keys = markValue(interpreter, object.keys, checks);
  }
}

/** Of a list what is in it, of a dict its keys; what is not known stands for its elements. */
function wholeOf(atom: Atom): Value {
  if (!isContainer(atom)) return [atom];
  return atom.form === 'dict' ? atom.object.keys : atom.object.everything(atom.object.branch);
}

/** The dicts that were gone through, where they were made on the same way: elsewhere they may have come past the loop. */
function dictsOf(interpreter: Interpreter, frame: Frame, { iterable }: ForStmt): readonly HeapObject[] {
  const isCall = iterable.kind === 'call' && iterable.callee.kind === 'attribute' && /^(?:items|keys)$/.test(iterable.callee.name);
  const expr = isCall && iterable.callee.kind === 'attribute' ? iterable.callee.object : iterable;
  if (expr.kind !== 'name') return [];
  return quietly(interpreter, () => evaluate(interpreter, frame, expr)).flatMap((atom) =>
    isContainer(atom, 'dict') && atom.object.branch === frame.branch ? [atom.object] : [],
  );
}
