import { describe, expect, it } from 'vitest';
import { explosiveText } from '../../../src/rules/regex/backtracking.ts';

const PLAIN = { verbose: false, dotAll: false, ignoreCase: false };

describe('regular expressions that backtrack exponentially', () => {
  it.each([
    '^([a-zA-Z0-9]+)*@x\\.com$',
    '(a+)+$',
    '(a|a)*b',
    '(\\w+\\s?)*$',
    '(x+x+)+y',
    '^(\\d+|\\d+\\.\\d+)*$',
    '(a{1,2})*c',
    '((a*)*)*b',
    '([\\w.]+)+@',
    '(?i)(a|A)+$',
    '^(?:[a-z]+|\\d+)*$',
    '^(https?://)?([\\da-z.-]+)\\.([a-z.]{2,6})([/\\w .-]*)*/?$',
  ])('%s does', (pattern) => {
    expect(explosiveText(pattern, PLAIN, false)).toBeDefined();
  });

  it.each([
    '^[a-z]+@x$',
    // Nothing follows that could fail.
    '(a+)+',
    // What is open when a quote has no end is given up at once: the match ends in front of it.
    '\\(|\\)|(?:[^\\s"()]+|"[^"]*")+',
    '(\\w+\\.)+$',
    '^(\\w+\\s)*$',
    '(a{2})*b',
    '^[-\\w]+(\\.[-\\w]+)*$',
    '^(\\d{1,3}\\.){3}\\d{1,3}$',
    '^([a-z0-9]+(-[a-z0-9]+)*)$',
    '(\\b\\w+\\b)+$',
    '"([^"\\\\]|\\\\.)*"',
    '(?:[^%]|%[0-9a-f]{2})+',
    '[0-9a-f]{32}$',
    // Only polynomial.
    'a*a*b',
    // Possessive and atomic: nothing is given back. https://docs.python.org/3/library/re.html#index-6
    '(?>a+)+b',
    '(a++)+b',
    // Not understood.
    '(a+)+(?R)$',
    '(',
  ])('%s does not', (pattern) => {
    expect(explosiveText(pattern, PLAIN, false)).toBeUndefined();
  });

  it('counts the end of the text for a full match', () => {
    expect(explosiveText('(a+)+', PLAIN, true)).toBe('a');
  });
});
