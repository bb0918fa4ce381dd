import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearestWord } from '../../src/util/nearest.ts';

describe('the nearest word', () => {
  const known = ['select', 'ignore', 'min-severity', 'min-confidence', 'per-file-ignores', 'rules', 'roles'];

  it.each([
    ['selct', 'select'],
    ['slecet', 'select'],
    ['MIN_SEVERITY', 'min-severity'],
    ['min-confidense', 'min-confidence'],
    ['per-file-ignore', 'per-file-ignores'],
    ['rule', 'rules'],
    ['role', 'roles'],
    ['ingore', 'ignore'],
  ])('to %s is %s', (word, expected) => {
    expect(nearestWord(word, known)).toBe(expected);
  });

  it.each(['colour', 'x', ''])('to what resembles nothing is none: “%s”', (word) => {
    expect(nearestWord(word, known)).toBeUndefined();
    expect(didYouMean(word, known)).toBe('');
  });

  it('of a word with a number has the same number or none', () => {
    const codes = ['DJG101', 'DJG102', 'S608', 'security.W018', 'sarif'];
    expect(nearestWord('DJG107', codes)).toBeUndefined();
    expect(nearestWord('DGJ102', codes)).toBe('DJG102');
    expect(nearestWord('securty.W018', codes)).toBe('security.W018');
    expect(nearestWord('security.W19', codes)).toBeUndefined();
    expect(nearestWord('sarif2', codes)).toBe('sarif');
  });

  it('is not looked for when the word is longer than any name', () => {
    expect(nearestWord('a'.repeat(100_000), ['a'.repeat(100_001)])).toBeUndefined();
  });

  it('is put into words', () => {
    expect(didYouMean('selct', known)).toBe(' Did you mean “select”?');
  });
});

describe('the edit distance', () => {
  it('counts insertions, deletions, replacements and swaps', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is the same both ways, and never more than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        const distance = editDistance(left, right);
        expect(editDistance(right, left)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
        expect(distance === 0).toBe(left === right);
        expect(Math.min(editDistance(left, right, 3), 4)).toBe(Math.min(distance, 4));
      }),
    );
  });
});
