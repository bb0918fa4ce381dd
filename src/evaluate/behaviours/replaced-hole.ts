import { constantText, segmentsOf, textOf } from '../values/text.ts';
import type { Atom, Segment, Value } from '../values/value.ts';
import type { MethodCall } from './value-methods.ts';

/** `url.replace(password, "***")`, where that very password was put into the text: it stands there no more. */
export function withoutHole(segments: readonly Segment[], from: Value, to: Value, bytes: boolean, call: MethodCall): Value | undefined {
  const isIt = (segment: Segment): boolean =>
    typeof segment !== 'string' && segment.value.every((atom) => from.some((one) => isSameRead(one, atom)));
  if (from.length === 0 || !segments.some(isIt)) return undefined;
  const inserted = segmentsOf(to, { module: call.frame.state.module, node: call.args.positional[1]?.node ?? call.node });
  return textOf(
    segments.flatMap((segment) => (isIt(segment) ? inserted : [segment])),
    bytes,
    call.origin,
  );
}

/** Whether two values are one, or were read from the same place by the same name: `self.config["password"]` twice. */
function isSameRead(a: Atom, b: Atom): boolean {
  if (a === b) return true;
  if (a.kind !== 'opaque' || b.kind !== 'opaque') return false;
  if (a.origin.via === 'item' && b.origin.via === 'item') {
    const key = constantText(a.origin.key);
    return key !== undefined && key === constantText(b.origin.key) && isSamePlace(a.origin.of, b.origin.of);
  }
  return (
    a.origin.via === 'attribute' && b.origin.via === 'attribute' && a.origin.name === b.origin.name && isSamePlace(a.origin.of, b.origin.of)
  );
}

function isSamePlace([a, ...others]: Value, [b, ...more]: Value): boolean {
  return a !== undefined && b !== undefined && others.length + more.length === 0 && isSameRead(a, b);
}
