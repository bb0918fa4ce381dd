/** Characters as ranges of code points, in order and apart from each other. */
export type CharSet = readonly (readonly [number, number])[];

const LAST = 0x10ffff;

export function fromRanges(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

export function single(code: number): CharSet {
  return [[code, code]];
}

export function union(a: CharSet, b: CharSet): CharSet {
  return fromRanges([...a, ...b]);
}

export function complement(set: CharSet): CharSet {
  const result: [number, number][] = [];
  let from = 0;
  for (const [low, high] of set) {
    if (low > from) result.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= LAST) result.push([from, LAST]);
  return result;
}

/** A character of both; one that is easy to read where there is one. */
export function common(a: CharSet, b: CharSet): number | undefined {
  let found: number | undefined;
  for (const [low, high] of a)
    for (const [from, to] of b) {
      const start = Math.max(low, from);
      const end = Math.min(high, to);
      if (start > end) continue;
      for (const readable of READABLE) if (readable >= start && readable <= end) return readable;
      found ??= start;
    }
  return found;
}
const READABLE = [...'a0 A.-'].map((character) => character.charCodeAt(0));
