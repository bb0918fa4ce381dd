import { MAX_TEXT_LENGTH } from '../budget.ts';
import { toText } from './fold.ts';
import { type Atom, constant, type Hole, type Origin, opaque, type Segment, type Site, type Value } from './value.ts';

/** Holes kept in one text; a text built in a long loop says no more by having more. */
const MAX_SEGMENTS = 64;

/**
 * A string from segments: adjacent literals are joined; with no hole left it is a constant.
 * Alternatives of a hole that are constant stay holes only where they are several.
 */
export function textOf(segments: readonly Segment[], bytes: boolean, origin: Origin): Value {
  const merged: Segment[] = [];
  let length = 0;
  for (const segment of segments) {
    if (typeof segment === 'string') {
      if (segment === '') continue;
      length += segment.length;
      const last = merged[merged.length - 1];
      if (typeof last === 'string') merged[merged.length - 1] = last + segment;
      else merged.push(segment);
    } else merged.push(segment);
  }
  if (merged.length > MAX_SEGMENTS) merged.length = MAX_SEGMENTS;
  if (length > MAX_TEXT_LENGTH) return opaque(origin, bytes ? 'builtins.bytes' : 'builtins.str');
  const only = merged[0];
  if (merged.length === 0) return constant({ type: bytes ? 'bytes' : 'str', value: '' });
  if (merged.length === 1 && typeof only === 'string') return constant({ type: bytes ? 'bytes' : 'str', value: only });
  return [{ kind: 'text', segments: merged, bytes, origin, notes: undefined }];
}

/** What putting a value into a string adds to it: its text where it is one known value, else a hole. */
export function segmentsOf(value: Value, site: Site): readonly Segment[] {
  const atom = value[0];
  if (value.length === 1 && atom) {
    if (atom.kind === 'constant') {
      const text = toText(atom.literal);
      if (text !== undefined) return [text];
    }
    if (atom.kind === 'text' && !atom.bytes && !isCheckedText(atom)) return atom.segments;
  }
  return [{ value, site }];
}

/** Facts that hold of a text as a whole: it has the form that was asked for, or is one of those that are allowed. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set(['call', 'equal', 'member']);

/** Whether something was found out about a text as a whole: that is lost when its parts are told apart. */
export function isCheckedText(atom: Atom): boolean {
  return atom.kind === 'text' && atom.origin.via === 'checked' && OF_THE_WHOLE.has(atom.origin.check.fact.kind);
}

/** The segments of a string alternative; `undefined` for what is no string or not known to be one. */
export function stringSegments(atom: Atom): readonly Segment[] | undefined {
  if (atom.kind === 'constant' && (atom.literal.type === 'str' || atom.literal.type === 'bytes')) return [atom.literal.value];
  if (atom.kind === 'text') return atom.segments;
  return undefined;
}

/** The text before the first hole. */
export function literalPrefix(segments: readonly Segment[]): string {
  const first = segments[0];
  return typeof first === 'string' ? first : '';
}

/** The literal text after the last hole. */
export function literalSuffix(segments: readonly Segment[]): string {
  const last = segments[segments.length - 1];
  return typeof last === 'string' ? last : '';
}

/** All literal text, holes as the given mark. */
export function literalText(segments: readonly Segment[], hole: string): string {
  return segments.map((segment) => (typeof segment === 'string' ? segment : hole)).join('');
}

export function holesOf(segments: readonly Segment[]): readonly Hole[] {
  return segments.filter((segment): segment is Hole => typeof segment !== 'string');
}

/** The one constant string that a value is. */
export function stringOf(value: Value | undefined): string | undefined {
  const only = value?.[0];
  return value?.length === 1 && only?.kind === 'constant' && only.literal.type === 'str' ? only.literal.value : undefined;
}

/** The same for strings and bytes. */
export function constantText(value: Value | undefined): string | undefined {
  const only = value?.[0];
  return value?.length === 1 && only?.kind === 'constant' && (only.literal.type === 'str' || only.literal.type === 'bytes')
    ? only.literal.value
    : undefined;
}
