import type { Frame } from '../frame.ts';
import type { Value } from '../values/value.ts';

/** `super().clean()` is called on the first argument of the method around it. */
export function instanceOfSuper(frame: Frame, receiver: Value): Value {
  const isSuper = receiver.some((atom) => atom.kind === 'opaque' && atom.origin.via === 'global' && atom.origin.name === 'super');
  const self = isSuper ? frame.info?.node.params[0]?.name : undefined;
  return (self !== undefined && frame.vars.get(self)) || receiver;
}
