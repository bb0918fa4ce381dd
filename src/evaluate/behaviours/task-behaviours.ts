import { callPassed } from '../calls/calls.ts';
import { HeapObject } from '../values/heap.ts';
import { join, NONE, NOTHING, opaqueAtom, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed } from './behaviour.ts';
import { readContents, stores } from './stores.ts';

/** Under this a task keeps what it gives. */
const RESULT = 'result';

/**
 * Work that is started at one place and whose result is taken at another. https://docs.python.org/3/library/concurrent.futures.html#future-objects,
 * https://docs.python.org/3/library/asyncio-task.html#task-object
 */
export const taskBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `executor.submit(f, x)` */
  'call-later': (call) => {
    const callee = firstPassed(call);
    if (!callee) return undefined;
    const { interpreter, frame, args, node } = call;
    return task(call, callPassed(interpreter, frame, callee, { ...args, positional: args.positional.slice(1) }, node));
  },
  /** `create_task(work())`: calling the function gave what waiting for it gives. */
  'make-task': (call) => {
    const given = firstPassed(call);
    return given && task(call, given);
  },
  /** `future.set_result(value)` */
  'put-result': (call) => {
    for (const { content } of stores(call.receiver)) content.widen(RESULT, firstPassed(call) ?? NONE, call.frame.branch);
    return NONE;
  },
  /** `future.result()` */
  'take-result': (call) => {
    let taken: Value = NOTHING;
    for (const content of readContents(call)) taken = join(taken, content.read(RESULT, call.frame.branch) ?? NOTHING);
    return taken.length > 0 ? taken : undefined;
  },
};

/** What waiting for it gives: of a task what it was started with, of all else that the evaluator knows what it is itself. */
export function awaited(value: Value): Value {
  if (!value.some((atom) => atom.kind === 'opaque' && atom.content?.has(RESULT))) return value;
  return value.reduce<Value>((all, atom) => {
    const result = atom.kind === 'opaque' ? atom.content?.read(RESULT, atom.content.branch) : undefined;
    return join(all, result ?? [atom]);
  }, NOTHING);
}

function task({ origin, frame, row }: BehaviourCall, result: Value): Value {
  const content = new HeapObject(origin.site, frame.branch);
  content.write(RESULT, result, frame.branch);
  return [opaqueAtom({ via: 'operation', operands: [], site: origin.site }, row.returns, undefined, content)];
}
