import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { readPackSources } from '../../src/rules/load-pack.ts';
import { nativeRegex } from '../../src/rules/native-regex.ts';
import type { Json } from '../../src/rules/term.ts';

const sources = await readPackSources('rules');
const patterns = [...new Set([...sources.rules.map(({ json }) => json), sources.facts].flatMap(patternsIn))].filter((pattern) =>
  nativeRegex(pattern),
);

describe('regular expressions of rules on short texts', () => {
  it('takes the engine of the platform for most', () => {
    expect(patterns.length).toBeGreaterThan(100);
  });

  it('finds what re2js finds', () => {
    for (const pattern of patterns) {
      const linear = RE2JS.compile(pattern);
      // Texts made of what the expression speaks of come close to a match; others hardly ever do.
      const pieces = pattern.match(/[a-z]+|[^a-z()[\]?*+|\\]/gi) ?? [];
      const text = fc.array(
        fc.oneof(fc.constantFrom('', ...pieces), fc.constantFrom('A', '_', '.', '/', ' ', '\n', '\r', '\u2028', '7', 'é', '\u00a0')),
        {
          maxLength: 8,
        },
      );
      fc.assert(
        fc.property(text, (parts) => {
          const whole = parts.join('');
          expect({ pattern, whole, found: nativeRegex(pattern)?.test(whole) }).toEqual({
            pattern,
            whole,
            found: linear.matcher(whole).find(),
          });
        }),
        { numRuns: 60 },
      );
    }
  });

  it.each([
    ['a group that is repeated', '(a|a)+$'],
    ['a group that is repeated a number of times', '(\\w+_){1,5}'],
    ['many repetitions', '.*a.*b.*c.*'],
    ['flags for a part', '^(?i:a)$'],
    ['names of classes', '[[:alpha:]]'],
    ['the end of the text as re2 writes it', 'a\\z'],
    ['letters beyond ASCII', 'é'],
  ])('leaves %s to re2js', (_what, pattern) => {
    expect(nativeRegex(pattern)).toBeUndefined();
  });
});

function patternsIn(json: Json): readonly string[] {
  if (Array.isArray(json)) return json.flatMap(patternsIn);
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json).flatMap(([key, value]) => [
    ...(key === 'matches' && typeof value === 'string' ? [value] : []),
    ...patternsIn(value),
  ]);
}
