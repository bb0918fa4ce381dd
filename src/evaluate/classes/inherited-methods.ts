import { MAX_HEIRS } from '../budget.ts';
import { isLookedAt, resultOnItsOwn, runInherited } from '../calls/call-function.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import type { Interpreter } from '../interpreter.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { reachesSource } from '../values/taint.ts';
import { ancestors, type ClassInfo } from './class-info.ts';
import { type OwnCall, ownCalls } from './own-calls.ts';

/**
 * A method that a class inherits calls what that class defines: `get()` of a base class that calls `self.answer(name)`. It was looked at for the class
 * that it stands in; where something from outside goes to what an heir puts in place of a method, or comes from there, it is run for the heir, too.
 * Gives the methods that have more heirs than that.
 */
export function runForHeirs(interpreter: Interpreter, run: (info: FunctionInfo, work: () => void) => void): readonly FunctionInfo[] {
  const owners = new Set(interpreter.pending.flatMap(({ owner }) => owner ?? []));
  const times = new Map<FunctionInfo, number>();
  for (const heir of owners)
    for (const method of rootsFor(interpreter, heir)) {
      const before = times.get(method) ?? 0;
      times.set(method, before + 1);
      if (before < MAX_HEIRS) run(method, () => runInherited(interpreter, method, heir));
    }
  return [...times].flatMap(([method, count]) => (count > MAX_HEIRS ? [method] : []));
}

/** The inherited methods from which something from outside meets what the class puts in place of others; not those that these call themselves. */
function rootsFor(interpreter: Interpreter, heir: ClassInfo): readonly FunctionInfo[] {
  const met = inherited(heir).filter((method) => meets(interpreter, method, heir, new Set()));
  const called = new Set(met.flatMap((method) => ownCalls(method).map(({ name }) => methodOf(heir, name))));
  return met.filter((method) => !called.has(method));
}

function inherited(heir: ClassInfo): readonly FunctionInfo[] {
  const result: FunctionInfo[] = [];
  const names = new Set(heir.namespace.keyNames());
  for (const ancestor of ancestors(heir)) {
    if (ancestor.kind !== 'class' || ancestor.info === heir) continue;
    for (const name of ancestor.info.namespace.keyNames()) {
      if (names.has(name)) continue;
      names.add(name);
      const method = methodOf(ancestor.info, name);
      if (method?.binding === 'plain' && isLookedAt(method)) result.push(method);
    }
  }
  return result;
}

function meets(interpreter: Interpreter, method: FunctionInfo, heir: ClassInfo, seen: Set<FunctionInfo>): boolean {
  if (seen.has(method)) return false;
  seen.add(method);
  return ownCalls(method).some((call) => {
    const own = method.owner && methodOf(method.owner, call.name);
    const given = methodOf(heir, call.name);
    if (!given) return false;
    return given === own ? meets(interpreter, given, heir, seen) : isReached(interpreter, method, own, given, call);
  });
}

function isReached(
  interpreter: Interpreter,
  method: FunctionInfo,
  own: FunctionInfo | undefined,
  given: FunctionInfo,
  { passes }: OwnCall,
): boolean {
  if (passes && (method.handsOn || !own)) return true;
  const result = resultOnItsOwn(given);
  return result !== undefined && reachesSource(interpreter, result);
}

function methodOf(info: ClassInfo, name: string): FunctionInfo | undefined {
  for (const ancestor of ancestors(info)) {
    const value = ancestor.kind === 'class' ? ancestor.info.namespace.read(name, ROOT_BRANCH) : undefined;
    if (!value) continue;
    const [only, ...others] = value;
    return only?.kind === 'function' && others.length === 0 ? only.info : undefined;
  }
  return undefined;
}
