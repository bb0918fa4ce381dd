import { combine } from '../expressions/operators.ts';
import { orderedElements } from '../values/container.ts';
import { foldBinary, numberOf } from '../values/fold.ts';
import { type Atom, constant, int, join, NOTHING, opaque, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { onlyConstant as only } from './constant-behaviours.ts';
import { sortedPositions } from './sort-keys.ts';

/** Elements up to which the largest is looked for. */
const MAX_COMPARED = 32;

/** Functions of numbers, as far as these are known. */
export const numberBehaviours: Readonly<Record<string, Behaviour>> = {
  sum: (call) => {
    const [values, start] = call.args.positional.map(({ value }) => value);
    const elements = values && orderedElements(values, call.frame.branch);
    const isOfNumbers = !start || start.every((atom) => atom.kind === 'constant');
    if (!elements || elements.length > MAX_COMPARED) return isOfNumbers ? undefined : opaque(call.origin);
    // `sum(lists, [])`: one after the other.
    if (!isOfNumbers) return elements.reduce((sum, value) => addUp(call, sum, value), start);
    return elements.reduce<Value | undefined>((sum, value) => {
      const [a, b] = [only(sum), only(value)];
      const folded = a && b && foldBinary('+', a.literal, b.literal);
      return folded && constant(folded);
    }, start ?? int(0));
  },
  smallest: (call) => extreme(call, '<'),
  largest: (call) => extreme(call, '>'),
};

function addUp({ interpreter, frame, node }: BehaviourCall, sum: Value, value: Value): Value {
  return combine(interpreter, frame, '+', sum, value, node, node, node);
}

/** `max(values)`: the one that is, where that can be told, else any of them. */
function extreme(call: BehaviourCall, op: '<' | '>'): Value | undefined {
  const { positional, keywords, openPositional } = call.args;
  if (openPositional) return undefined;
  const [first] = positional;
  const elements =
    positional.length === 1 && first ? orderedElements(first.value, call.frame.branch) : positional.map(({ value }) => value);
  if (!elements || elements.length === 0 || elements.length > MAX_COMPARED) return undefined;
  const key = keywords.find(({ name }) => name === 'key')?.value;
  const best = sortedPositions(call, elements, key, op === '>')?.[0];
  if (best !== undefined) return elements[best];
  const fallback = keywords.find(({ name }) => name === 'default')?.value ?? NOTHING;
  return elements.reduce<Value>(join, fallback);
}

/** `int("2a", 16)` */
export function inBase(text: Atom | undefined, base: Value): Value | undefined {
  const given = only(base)?.literal;
  const radix = given && numberOf(given);
  if (radix === undefined || text?.kind !== 'constant' || text.literal.type !== 'str') return undefined;
  const digits = text.literal.value.trim().toLowerCase();
  const number = radix >= 2 && radix <= 36 ? Number.parseInt(digits, radix) : Number.NaN;
  return Number.isSafeInteger(number) && number.toString(radix) === digits ? int(number) : undefined;
}
