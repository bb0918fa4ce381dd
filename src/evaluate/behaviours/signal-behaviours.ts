import { callFunction } from '../calls/call-function.ts';
import type { AppliedDecorator } from '../calls/function-info.ts';
import type { Interpreter } from '../interpreter.ts';
import { qualifiedNames } from '../names/names.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { isContainer } from '../values/container.ts';
import { NONE, NOTHING, type Value } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';
import { stores } from './stores.ts';

/** Signals: functions that are connected to one are called by whoever sends it. */
export const signalBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `saved.connect(index)`: gives the function again, as a decorator does. */
  'connect-receiver': (call) => {
    const [receiver] = call.args.positional;
    for (const atom of receiver?.value ?? NOTHING) if (atom.kind === 'function' || atom.kind === 'bound') atom.info.isConnected = true;
    for (const { content } of stores(call.receiver)) content.writeAnywhere(receiver?.value ?? NOTHING);
    return receiver?.value ?? NONE;
  },
  /** `saved.send(sender, item=item)`. */
  'send-signal': (call) => {
    for (const { content } of stores(call.receiver))
      for (const atom of content.everything(ROOT_BRANCH)) {
        if (atom.kind !== 'function' && atom.kind !== 'bound') continue;
        const self = atom.kind === 'bound' ? atom.self : undefined;
        callFunction(call.interpreter, call.frame, atom.info, call.args, self, call.node);
        call.interpreter.ended = false;
      }
    return undefined;
  },
};

/** `@receiver(saved)`, `@saved.connect`, `@saved.connect_via(sender)`: what the decorated function is connected to. */
export function connectDecorated(interpreter: Interpreter, decorator: AppliedDecorator, value: Value): void {
  for (const atom of decorator.value) {
    if (atom.kind !== 'opaque') continue;
    const names = qualifiedNames(interpreter, [atom]);
    const kind = names.map((name) => interpreter.library.row(name.replace(/\(\)$/, ''))?.behaves).find((one) => one !== undefined);
    if (kind !== 'connect-receiver' && kind !== 'connects-decorated') continue;
    const { origin } = atom;
    const signals =
      origin.via === 'attribute' ? origin.of : origin.via === 'call' ? (origin.receiver ?? origin.args.positional[0]?.value) : undefined;
    for (const signal of signals ?? NOTHING)
      for (const one of isContainer(signal) ? signal.object.everything(ROOT_BRANCH) : [signal])
        for (const { content } of stores([one])) content.writeAnywhere(value);
  }
}
