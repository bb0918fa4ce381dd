import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineHashes } from '../../src/report/line-hash.ts';

const hashesOf = (text: string, count: number) => [...lineHashes(text, new Set(Array.from({ length: count }, (_, at) => at + 1))).values()];

/** The definition read literally, with big integers: slow and plain. */
function byDefinition(text: string): readonly string[] {
  const kept = text
    .replace(/\r(?!\n)/g, '\n')
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]/g, '');
  const units = [...kept.split('').map((unit) => unit.charCodeAt(0)), 65535];
  const starts = [0, ...units.flatMap((unit, at) => (unit === 10 ? [at + 1] : []))];
  const seen: string[] = [];
  return starts.map((start) => {
    let hash = 0n;
    for (let at = start; at < start + 100; at++) hash = (hash * 37n + BigInt(units[at] ?? 0)) % 2n ** 64n;
    const hex = hash.toString(16);
    seen.push(hex);
    return `${hex}:${seen.filter((one) => one === hex).length}`;
  });
}

describe('the hash of a line', () => {
  it('agrees with published values', () => {
    expect(hashesOf('', 1)).toEqual(['c129715d7a2bc9a3:1']);
    expect(hashesOf(' a\nb\n  \t\tc\n d', 4)).toEqual([
      '271789c17abda88f:1',
      '54703d4cd895b18:1',
      '180aee12dab6264:1',
      'a23a3dc5e078b07b:1',
    ]);
  });

  it('is the same for every kind of line end', () => {
    expect(hashesOf('a\r\nb\r\n', 3)).toEqual(hashesOf('a\nb\n', 3));
    expect(hashesOf('a\rb\r', 3)).toEqual(hashesOf('a\nb\n', 3));
  });

  it('counts equal ones', () => {
    const hashes = hashesOf('x\n'.repeat(200), 3);
    expect(hashes.map((hash) => hash.split(':')[1])).toEqual(['1', '2', '3']);
  });

  it('agrees with its definition', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', ' ', '\t', '\u{1f600}', '\uffff'), maxLength: 300 });
    fc.assert(
      fc.property(text, (sample) => {
        const expected = byDefinition(sample);
        expect(hashesOf(sample, expected.length)).toEqual(expected);
      }),
    );
  });

  it('has none past the end', () => {
    expect(lineHashes('a\n', new Set([9])).size).toBe(0);
  });
});
