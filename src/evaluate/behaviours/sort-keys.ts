import type { CallExpr, LiteralValue } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { callPassed } from '../calls/calls.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Branch } from '../values/branch.ts';
import { isContainer } from '../values/container.ts';
import { foldCompare } from '../values/fold.ts';
import { sameLiteral, type Value } from '../values/value.ts';
import { onlyConstant } from './constant-behaviours.ts';

/** Elements that are put in order one by one. */
const MAX_SORTED = 64;

/** What decides where an element comes: a constant, or the one that a tuple starts with. */
export function keyOf(value: Value, branch: Branch): LiteralValue | undefined {
  const [only, ...others] = value;
  const first = only && others.length === 0 && isContainer(only, 'tuple') ? only.object.read('0', branch) : value;
  return onlyConstant(first)?.literal;
}

/**
 * The order in which Python puts elements, as positions; `undefined` where not all that decides it is known.
 * https://docs.python.org/3/howto/sorting.html
 */
export function sortedPositions(
  { interpreter, frame, node }: { readonly interpreter: Interpreter; readonly frame: Frame; readonly node: CallExpr },
  elements: readonly Value[],
  key: Value | undefined,
  isReversed: boolean,
): readonly number[] | undefined {
  if (elements.length > MAX_SORTED) return undefined;
  const isKeyed = key?.some((atom) => atom.kind !== 'constant') ?? false;
  const keys: LiteralValue[] = [];
  for (const element of elements) {
    const decides = isKeyed && key ? callPassed(interpreter, frame, key, positional({ value: element, node }), node) : element;
    const literal = keyOf(decides, frame.branch);
    if (!literal) return undefined;
    // What comes behind the start of a tuple decides between two that start alike.
    const isPart = !onlyConstant(decides);
    if (isPart && keys.some((other) => sameLiteral(other, literal))) return undefined;
    keys.push(literal);
  }
  const [first] = keys;
  if (!first || !keys.every((one) => foldCompare('<', first, one) !== undefined)) return undefined;
  const compare = (a: LiteralValue, b: LiteralValue): number => (foldCompare('<', a, b) ? -1 : foldCompare('>', a, b) ? 1 : 0);
  return keys
    .map((literal, at) => ({ literal, at }))
    .sort((a, b) => (isReversed ? compare(b.literal, a.literal) : compare(a.literal, b.literal)) || a.at - b.at)
    .map(({ at }) => at);
}
