import type { SliceExpr, Span } from '../../ir/nodes.ts';
import { quietly } from '../checks/refine.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { knownElements, listOf, sequence } from '../values/container.ts';
import { numberOf } from '../values/fold.ts';
import { literalPrefix, literalSuffix, textOf } from '../values/text.ts';
import { type ContainerAtom, str, type TextAtom, type Value } from '../values/value.ts';
import { evaluate } from './expressions.ts';

/** `elements[a:b]`: those that are known to be in it, else any. */
export function sliceOf(interpreter: Interpreter, frame: Frame, atom: ContainerAtom, slice: SliceExpr, node: Span): Value {
  const form = atom.form === 'tuple' ? 'tuple' : 'list';
  const elements = knownElements(atom, frame.branch);
  const lower = boundOf(interpreter, frame, slice.lower);
  const upper = boundOf(interpreter, frame, slice.upper);
  const step = boundOf(interpreter, frame, slice.step);
  if (elements && lower !== 'unknown' && upper !== 'unknown' && step !== 'unknown')
    return sequence(form, sliced(elements, lower, upper, step), site(frame, node), frame.branch);
  return listOf(atom.object.everything(frame.branch), site(frame, node), form);
}

/** `"text"[a:b]` of a text that is known; `undefined` where a bound is not. */
export function sliceText(interpreter: Interpreter, frame: Frame, text: string, slice: SliceExpr): Value | undefined {
  const lower = boundOf(interpreter, frame, slice.lower);
  const upper = boundOf(interpreter, frame, slice.upper);
  const step = boundOf(interpreter, frame, slice.step);
  if (lower === 'unknown' || upper === 'unknown' || step === 'unknown') return undefined;
  return str(step === undefined ? text.slice(lower, upper) : sliced([...text], lower, upper, step).join(''));
}

/** https://docs.python.org/3/reference/expressions.html#slicings */
function sliced<Item>(items: readonly Item[], lower: number | undefined, upper: number | undefined, step = 1): readonly Item[] {
  if (step > 0) return items.slice(lower, upper).filter((_, at) => at % step === 0);
  const clamped = (bound: number): number => Math.min(bound < 0 ? bound + items.length : bound, items.length - 1);
  const first = lower === undefined ? items.length - 1 : clamped(lower);
  const last = upper === undefined ? -1 : Math.max(clamped(upper), -1);
  const result: Item[] = [];
  for (let at = first; step < 0 && at > last; at += step) {
    const item = items[at];
    if (item !== undefined) result.push(item);
  }
  return result;
}

/** A slice that only takes away from the literal ends of a text, or takes nothing else: `f"{name}.txt"[:-4]`. */
export function literalSlice(
  interpreter: Interpreter,
  frame: Frame,
  text: TextAtom,
  slice: SliceExpr | undefined,
  node: Span,
): Value | undefined {
  if (!slice || slice.step) return undefined;
  const { segments, bytes } = text;
  const lower = boundOf(interpreter, frame, slice.lower);
  const upper = boundOf(interpreter, frame, slice.upper);
  if (lower === 'unknown' || upper === 'unknown') return undefined;
  const origin = { via: 'operation', operands: [[text]], site: site(frame, node) } as const;
  const head = literalPrefix(segments);
  const tail = literalSuffix(segments);
  if (upper !== undefined && upper >= 0 && upper <= head.length) return textOf([head.slice(lower, upper)], bytes, origin);
  if (lower !== undefined && lower < 0 && -lower <= tail.length) return textOf([tail.slice(lower, upper)], bytes, origin);
  const from = lower ?? 0;
  const to = upper ?? 0;
  if (from < 0 || from > head.length || to > 0 || -to > tail.length) return undefined;
  const kept = [...segments];
  if (from > 0) kept[0] = head.slice(from);
  if (to < 0) kept[kept.length - 1] = tail.slice(0, tail.length + to);
  return textOf(kept, bytes, origin);
}

/** The bounds were evaluated, and their events emitted, already. */
export function boundOf(interpreter: Interpreter, frame: Frame, node: SliceExpr['lower']): number | undefined | 'unknown' {
  if (!node) return undefined;
  const [only, ...others] = quietly(interpreter, () => evaluate(interpreter, frame, node));
  const number = only?.kind === 'constant' && others.length === 0 ? numberOf(only.literal) : undefined;
  return number ?? 'unknown';
}

/** The bounds of a slice as they are told apart: `32:`; `undefined` where one is not known. */
export function boundsOf(interpreter: Interpreter, frame: Frame, { lower, upper, step }: SliceExpr): string | undefined {
  const bounds = [lower, upper, ...(step ? [step] : [])].map((bound) => boundOf(interpreter, frame, bound));
  return bounds.includes('unknown') ? undefined : bounds.join(':');
}
