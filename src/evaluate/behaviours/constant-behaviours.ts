import type { LiteralValue } from '../../ir/nodes.ts';
import { orderedElements, sequence } from '../values/container.ts';
import { foldBinary, numberOf } from '../values/fold.ts';
import { truthOf } from '../values/truth.ts';
import { bool, type ConstantAtom, constant, NOTHING, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';

/** Elements that are asked one by one. */
const MAX_ASKED = 64;

/** What functions of constants give, by the name of the row. https://docs.python.org/3/library/functions.html */
const OF_CONSTANTS: Readonly<Record<string, (first: LiteralValue, second: LiteralValue | undefined) => LiteralValue | undefined>> = {
  'builtins.abs': (number) => {
    const value = numberOf(number);
    return value === undefined ? undefined : { type: number.type === 'float' ? 'float' : 'int', value: Math.abs(value) };
  },
  'builtins.chr': (code) => {
    const value = numberOf(code);
    return value === undefined || value < 0 || value > 0x10ffff ? undefined : { type: 'str', value: String.fromCodePoint(value) };
  },
  'builtins.ord': (character) => {
    if (character.type !== 'str' || [...character.value].length !== 1) return undefined;
    return { type: 'int', value: character.value.codePointAt(0) ?? 0 };
  },
  'builtins.pow': (base, exponent) => exponent && foldBinary('**', base, exponent),
  // What is put into the URL of a database.
  'urllib.parse.quote': (text, safe) =>
    safe || text.type !== 'str' ? undefined : { type: 'str', value: quoted(text.value).replaceAll('%2F', '/') },
  'urllib.parse.quote_plus': (text, safe) =>
    safe || text.type !== 'str' ? undefined : { type: 'str', value: quoted(text.value).replaceAll('%20', '+') },
};

/** `encodeURIComponent` leaves some characters that Python does not. */
function quoted(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?')).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Functions that are computed where all that is passed is known. */
export const constantBehaviours: Readonly<Record<string, Behaviour>> = {
  'fold-constants': (call) => {
    const [first, second] = knownArguments(call) ?? [];
    const folded = first && OF_CONSTANTS[call.row.name]?.(first, second);
    return folded && constant(folded);
  },
  /** `divmod(a, b)` */
  'fold-quotient': (call) => {
    const [left, right, ...others] = knownArguments(call) ?? [];
    if (!left || !right || others.length > 0) return undefined;
    const parts = [foldBinary('//', left, right), foldBinary('%', left, right)];
    const values = parts.flatMap((part) => (part ? [constant(part)] : []));
    return values.length === 2 ? sequence('tuple', values, call.origin.site, call.frame.branch) : undefined;
  },
  /** `any(values)`, `all(values)`: where the elements that are known decide it. */
  'any-true': (call) => decided(call, true),
  'all-true': (call) => decided(call, false),
};

function decided(call: BehaviourCall, deciding: boolean): Value | undefined {
  const [passed] = call.args.positional;
  const elements = passed && orderedElements(passed.value, call.frame.branch);
  if (!elements || elements.length > MAX_ASKED) return undefined;
  const truths = elements.map(truthOf);
  if (truths.includes(deciding)) return bool(deciding);
  return truths.includes(undefined) ? undefined : bool(!deciding);
}

function knownArguments({ args }: BehaviourCall): readonly LiteralValue[] | undefined {
  if (args.openPositional || args.openKeywords || args.keywords.length > 0) return undefined;
  const known = args.positional.map(({ value }) => onlyConstant(value));
  return known.every((one) => one !== undefined) ? known.map(({ literal }) => literal) : undefined;
}

/** The one constant that a value is. */
export function onlyConstant(value: Value | undefined): ConstantAtom | undefined {
  const [atom, ...others] = value ?? NOTHING;
  return atom?.kind === 'constant' && others.length === 0 ? atom : undefined;
}
