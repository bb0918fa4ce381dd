import type { ComprehensionExpr, Expr, ForStmt } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame, Guard } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { bindTarget } from '../statements/assign.ts';
import { isContainer } from '../values/container.ts';
import type { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, NOTHING, type Value } from '../values/value.ts';
import type { Check } from './check.ts';
import { callChecks, checksOf } from './conditions.ts';
import { fills, noteEmpty, noteFilling } from './implied-checks.ts';
import { holdOn, markValue } from './mark-checked.ts';
import { quietly } from './refine.ts';

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

/**
 * `for key in keys: if key not in ALLOWED: errors.append(key)`: as long as nothing was put there, the opposite of the condition holds for each
 * element, and so for the whole.
 */
export function fillAfter(interpreter: Interpreter, frame: Frame, loop: ForStmt, iterable: Value): void {
  const filling = loop.body.flatMap((one) => (one.kind === 'if' && one.otherwise.length === 0 && fills(one.then) ? [one] : []));
  if (filling.length === 0 || !reachesSource(interpreter, iterable) || hasBreak(loop)) return;
  for (const { test, then } of filling) noteFilling(frame.vars, then, ofWhole(interpreter, frame, loop.target, iterable, test));
}

/** `unknown = [key for key in keys if key not in ALLOWED]`: where it is empty, the opposite of the condition holds for the whole. */
export function noteLeftOver(interpreter: Interpreter, frame: Frame, node: ComprehensionExpr, iterable: Value, left: HeapObject): void {
  const [loop, condition, ...others] = node.clauses;
  if (loop?.kind !== 'for' || condition?.kind !== 'if' || others.length > 0 || !reachesSource(interpreter, iterable)) return;
  noteEmpty(left, ofWhole(interpreter, frame, loop.target, iterable, condition.test));
}

/** What holds of the whole where a condition holds for none of its elements. */
function ofWhole(interpreter: Interpreter, frame: Frame, target: Expr, iterable: Value, test: Expr): readonly Check[] {
  return quietly(interpreter, () => {
    const before = frame.vars;
    frame.vars = new Map(before);
    bindTarget(interpreter, frame, target, iterable.flatMap(wholeOf), undefined);
    const found = checksOf(interpreter, frame, test, false);
    frame.vars = before;
    return found;
  });
}

function hasBreak(loop: ForStmt): boolean {
  let isFound = false;
  for (const statement of loop.body)
    walk(statement, (one) => {
      if (one.kind === 'break') isFound = true;
      return !isFound;
    });
  return isFound;
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
