import { indexOf } from '../behaviours/list-methods.ts';
import type { MethodCall } from '../behaviours/value-methods.ts';
import { container, sequence } from './container.ts';
import { HeapObject } from './heap.ts';
import { constantText, literalPrefix, literalSuffix, textOf } from './text.ts';
import { constant, opaque, type Segment, type TextAtom, type Value } from './value.ts';

/**
 * Parts of a text that is known at its ends: `("a," + name).split(",")` starts with `a`, whatever the name is; `undefined` where no part is known.
 * https://docs.python.org/3/library/stdtypes.html#str.split
 */
export function partsOfText(call: MethodCall, text: TextAtom): Value | undefined {
  const { method, args, origin, frame } = call;
  const separator = args.positional[0] && constantText(args.positional[0].value);
  if (!separator) return undefined;
  const part = (value: string): Value => constant({ type: text.bytes ? 'bytes' : 'str', value });
  const made = (segments: readonly Segment[]): Value =>
    textOf(segments, text.bytes, { via: 'operation', operands: [[text]], site: origin.site });
  const head = literalPrefix(text.segments);
  const tail = literalSuffix(text.segments);
  if (method === 'rpartition') {
    const at = tail.lastIndexOf(separator);
    if (at < 0) return undefined;
    const before = made([...text.segments.slice(0, -1), tail.slice(0, at)]);
    return sequence('tuple', [before, part(separator), part(tail.slice(at + separator.length))], origin.site, frame.branch);
  }
  const known = head.split(separator);
  const last = known.pop() ?? '';
  if (known.length === 0 || (method !== 'split' && method !== 'partition')) return undefined;
  const limit = method === 'partition' ? 1 : args.positional[1] && indexOf(args.positional[1].value);
  if (limit !== undefined && limit > 0 && limit <= known.length) {
    const rest = [...known.slice(limit), last].join(separator);
    const behind = made([rest, ...text.segments.slice(1)]);
    const before = known.slice(0, limit).map(part);
    const parts = method === 'partition' ? [...before, part(separator), behind] : [...before, behind];
    return sequence(method === 'partition' ? 'tuple' : 'list', parts, origin.site, frame.branch);
  }
  if (args.positional.length > 1) return undefined;
  const object = new HeapObject(origin.site, frame.branch);
  object.writeAnywhere(opaque(origin, text.bytes ? 'builtins.bytes' : 'builtins.str'));
  for (const [at, value] of known.entries()) object.write(String(at), part(value), frame.branch);
  return container('list', object);
}
