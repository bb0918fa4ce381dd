import type { Interpreter } from '../interpreter.ts';
import type { ModuleState } from '../names/module-state.ts';
import { isContainer } from '../values/container.ts';
import { signatureOf } from '../values/signature.ts';
import { reachesSource } from '../values/taint.ts';
import type { Value } from '../values/value.ts';
import type { FunctionInfo } from './function-info.ts';
import { isSmall } from './signature-limits.ts';

/** Names of modules that a short function, or one that it calls, reads, and that others may fill or bind anew while the program runs. */
export type SharedReads = Map<ModuleState, Set<string>>;

/** `_current["name"]`: what is in it depends on who was called before. */
export function noteSharedRead(interpreter: Interpreter, state: ModuleState, name: string, value: Value): void {
  const reader = interpreter.running.at(-1);
  if (!reader || !isSmall(reader) || !(state.rebound.has(name) || value.some((atom) => isContainer(atom)))) return;
  reader.reads ??= new Map();
  add(reader.reads, state, name);
}

/** What a function that was called reads, its caller reads. */
export function passOnReads(caller: FunctionInfo | undefined, callee: FunctionInfo): void {
  if (!caller || caller === callee || !callee.reads || !isSmall(caller)) return;
  caller.reads ??= new Map();
  for (const [state, names] of callee.reads) for (const name of names) add(caller.reads, state, name);
}

/**
 * Tells apart the results of a function that reads what something from outside was put into: `remember(value)` and then `recall()`. Empty where
 * nothing from outside is there. Of long functions the first result stands for all: each would be followed anew for whatever was put there.
 */
export function sharedSignature(interpreter: Interpreter, info: FunctionInfo): string {
  if (!info.reads) return '';
  let signature = '';
  for (const [state, names] of info.reads)
    for (const name of names) {
      const value = state.frame.vars.get(name);
      if (!value || !reachesSource(interpreter, value)) continue;
      const content = signatureOf(
        [value],
        (atom) => (atom.kind === 'opaque' || atom.kind === 'text') && reachesSource(interpreter, [atom]),
      );
      signature += `~${name}=${content}`;
    }
  return signature;
}

function add(reads: SharedReads, state: ModuleState, name: string): void {
  const names = reads.get(state);
  if (names) names.add(name);
  else reads.set(state, new Set([name]));
}
