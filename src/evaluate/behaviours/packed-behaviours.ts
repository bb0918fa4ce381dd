import { sequence } from '../values/container.ts';
import { stringOf } from '../values/text.ts';
import { opaque, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed } from './behaviour.ts';

/** Values of one packed record; more than people name one by one. */
const MAX_VALUES = 64;
/** https://docs.python.org/3/library/struct.html#format-characters */
const CODES = /(\d*)([xcbB?hHiIlLqQnNefdFDspP])/g;
const FORMAT = /^[@=<>!]?(?:\s*\d*[xcbB?hHiIlLqQnNefdFDspP])+\s*$/;
const TYPES: Readonly<Record<string, string>> = {
  c: 'builtins.bytes',
  s: 'builtins.bytes',
  p: 'builtins.bytes',
  '?': 'builtins.bool',
  e: 'builtins.float',
  f: 'builtins.float',
  d: 'builtins.float',
};

/** What is read out of packed bytes: texts where the format says so, and numbers, which hold none. */
export const packedBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `struct.unpack("<4sI", data)` */
  unpack: (call) => unpacked(call, firstPassed(call)),
  /** `Struct("<4sI").unpack(data)` */
  'unpack-made': (call) => {
    const [made, ...others] = call.receiver ?? [];
    if (made?.kind !== 'opaque' || made.origin.via !== 'call' || others.length > 0) return undefined;
    return unpacked(call, made.origin.args.positional[0]?.value);
  },
};

function unpacked({ origin, frame }: BehaviourCall, format: Value | undefined): Value | undefined {
  const text = format && stringOf(format);
  if (text === undefined || !FORMAT.test(text)) return undefined;
  const types: string[] = [];
  for (const [, digits = '', code = ''] of text.matchAll(CODES)) {
    // Before these the number is a length.
    const count = code === 's' || code === 'p' ? 1 : code === 'x' ? 0 : digits === '' ? 1 : Number(digits);
    if (types.length + count > MAX_VALUES) return undefined;
    for (let one = 0; one < count; one++) types.push(TYPES[code] ?? 'builtins.int');
  }
  const values = types.map((type) =>
    opaque(type === 'builtins.bytes' ? origin : { via: 'operation', operands: [], site: origin.site }, type),
  );
  return sequence('tuple', values, origin.site, frame.branch);
}
