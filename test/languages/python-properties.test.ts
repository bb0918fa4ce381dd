import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printUnit } from '../../src/ir/print.ts';
import { python } from './printed.ts';
import { SAMPLE } from './sample.ts';
import { wrongSpans } from './spans.ts';

/** Pieces of the sample, cut anywhere. */
const piece = fc.tuple(fc.nat(SAMPLE.length), fc.nat(SAMPLE.length)).map(([a, b]) => SAMPLE.slice(Math.min(a, b), Math.max(a, b)));
const token = fc.constantFrom(
  ...'( ) [ ] { } : , . = := -> * ** @ " \' """ # \\ \n \r \r\n \t \f \0 ; | & ^ ~ < <> ! $ ? ` f" rb\' 😀 é \ud800 \uFEFF'.split(' '),
  ...' def class if elif else for in while try except finally with as match case lambda yield await async import from return print 1 0x x'.split(
    ' ',
  ),
);
const source = fc.oneof(
  piece,
  fc.array(fc.oneof(piece, token), { maxLength: 4 }).map((parts) => parts.join('')),
  fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(' ')),
  fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(fc.nat(SAMPLE.length), fc.integer({ min: 0, max: 5 }), fc.oneof(token, fc.constant('')))
    .map(([at, length, inserted]) => SAMPLE.slice(0, at) + inserted + SAMPLE.slice(at + length)),
);

describe('any text', () => {
  it('is lowered without an exception, to spans that nest, and the same way each time', () => {
    fc.assert(
      fc.property(source, (text) => {
        const unit = python.lower(text);
        expect(wrongSpans(unit, text)).toEqual([]);
        expect(printUnit(python.lower(text))).toBe(printUnit(unit));
      }),
      { numRuns: Number(process.env.RUNS ?? 400) },
    );
  });
});
