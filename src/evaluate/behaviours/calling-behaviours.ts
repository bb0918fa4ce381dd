import { argument, NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { callPassed, callValue } from '../calls/calls.ts';
import { findInClass } from '../classes/attributes.ts';
import { enteredValue } from '../statements/enter.ts';
import { isContainer, knownElements } from '../values/container.ts';
import { NONE, NOTHING, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed, siteOfPassed } from './behaviour.ts';

/** What calls what it is passed, now or later. */
export const callingBehaviours: Readonly<Record<string, Behaviour>> = {
  'partial-application': (call) => partialOf(call, false),
  'partial-method': (call) => partialOf(call, true),
  /** `stack.enter_context(context)`: what `with` binds. */
  'enter-argument': (call) => {
    const context = firstPassed(call);
    return context && enteredValue(call.interpreter, call.frame, context, siteOfPassed(call, 0));
  },
  // A proxy for what a function gives: `db = LocalProxy(get_db)`.
  'call-argument': (call) => {
    const callee = firstPassed(call);
    const callable = callee?.every((atom) => atom.kind === 'function' || atom.kind === 'bound' || atom.kind === 'partial');
    return callee && callable ? callValue(call.interpreter, call.frame, callee, NO_ARGUMENTS, call.node) : undefined;
  },
  // `run_in_executor(None, f, x)`: the function comes after where it runs.
  'call-second': (call) => {
    const callee = call.args.positional[1]?.value;
    return (
      callee && callPassed(call.interpreter, call.frame, callee, { ...call.args, positional: call.args.positional.slice(2) }, call.node)
    );
  },
  // `await to_thread(f, x)`
  'call-first': (call) => {
    const callee = firstPassed(call);
    return (
      callee && callPassed(call.interpreter, call.frame, callee, { ...call.args, positional: call.args.positional.slice(1) }, call.node)
    );
  },
  /** `worker.start()` of a thread whose class has a `run` of its own. https://docs.python.org/3/library/threading.html#threading.Thread.run */
  'run-receiver': ({ interpreter, frame, receiver, node }) => {
    for (const atom of receiver ?? NOTHING) {
      const run = atom.kind === 'object' ? findInClass(atom.info, 'run', frame)?.value[0] : undefined;
      if (run?.kind === 'function') callFunction(interpreter, frame, run.info, NO_ARGUMENTS, [atom], node);
    }
    interpreter.ended = false;
    return NONE;
  },
  // `Thread(target=f, args=(x,))`, `Process`, `Timer(5, f, args)`: called when it is started; `task.apply_async(args, kwargs)`.
  'call-target': (call) => {
    const names = call.row.params ?? [];
    const passed = (name: string): Value | undefined => argument(call.args, names.indexOf(name), name)?.value;
    const callee = passed('target') ?? passed('function');
    const [list] = passed('args') ?? [];
    const [entries] = passed('kwargs') ?? [];
    const node = call.node;
    const elements = list && isContainer(list) ? (knownElements(list, call.frame.branch) ?? []) : [];
    const keywords =
      entries && isContainer(entries, 'dict')
        ? [...entries.object.keyNames()].map((slot) => ({
            name: slot.slice(2),
            value: entries.object.read(slot, call.frame.branch) ?? NOTHING,
            node,
          }))
        : [];
    if (callee)
      callPassed(call.interpreter, call.frame, callee, { ...positional(...elements.map((value) => ({ value, node }))), keywords }, node);
    call.interpreter.ended = false;
    return undefined;
  },
};

/** A function with the arguments that are passed behind it. https://docs.python.org/3/library/functools.html#functools.partial */
function partialOf(call: BehaviourCall, isMethod: boolean): Value | undefined {
  const callee = firstPassed(call);
  return callee ? [{ kind: 'partial', callee, args: { ...call.args, positional: call.args.positional.slice(1) }, isMethod }] : undefined;
}
