import fc from 'fast-check';
import ignore from 'ignore';
import { describe, expect, it } from 'vitest';
import { compileMatcher, compilePatterns } from '../../src/source/path-patterns.ts';

describe('patterns', () => {
  it.each([
    ['build/', 'build/', 'in'],
    ['build/', 'build', 'silent'],
    ['build/', 'a/build/lib/x.py', 'in'],
    ['/build', 'a/build', 'silent'],
    ['docs/_build', 'docs/_build/x.html', 'in'],
    ['docs/_build', 'a/docs/_build/', 'silent'],
    ['*.py', 'a/b.py', 'in'],
    ['*.py', 'a/b.PY', 'silent'],
    ['**/node_modules/', 'a/node_modules/', 'in'],
    ['a/**/b', 'a/x/y/b', 'in'],
    ['\\!odd', '!odd', 'in'],
    ['name ', 'name', 'in'],
    ['[ab].py', 'b.py', 'in'],
  ])('%s says of %s: %s', (pattern, path, expected) => {
    expect(compilePatterns([pattern]).verdict(path)).toBe(expected);
  });

  it('are overruled by later ones, except inside a directory that is left out', () => {
    const { verdict } = compilePatterns(['*.py', '!keep.py', 'old/', '!old/keep.py']);
    expect(['a.py', 'keep.py', 'old/', 'old/keep.py', 'a.txt'].map(verdict)).toEqual(['in', 'out', 'in', 'in', 'silent']);
  });

  it('without any mean nothing', () => {
    expect(compileMatcher([])('a.py')).toBe(false);
  });

  it('mean what the ignore package makes of them, whatever they are', () => {
    const word = fc.constantFrom(
      '*.p[yb]',
      'a.*',
      '[a-b]',
      '[!a]',
      'a',
      'b',
      'ab',
      'a.py',
      'b.py',
      '.a',
      'a.b.py',
      '*',
      '*.py',
      '*.b.py',
      'a*',
      '**',
      '?',
      '[ab]',
      '.',
      '...',
      '$a.py',
      'a b',
      '*$a.py',
    );
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '', '!', '/', '!/', '**/', '\\'),
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '', '/', ' ', '/**'),
      )
      .map(([start, words, end]) => start + words.join('/') + end);
    const name = fc.constantFrom('a', 'b', 'ab', 'a.py', 'b.py', '.a', 'a.b.py', '...', 'x$a.py', 'a b');
    const path = fc
      .tuple(fc.array(name, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/'))
      .map(([names, end]) => names.join('/') + end);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), fc.array(path, { minLength: 1, maxLength: 5 }), (patterns, paths) => {
        const compiled = compilePatterns(patterns);
        const reference = ignore({ ignorecase: false, allowRelativePaths: true }).add(
          patterns.filter((each) => !compiled.refused.includes(each)),
        );
        for (const each of paths) {
          const { ignored, unignored } = reference.test(each);
          expect([each, compiled.verdict(each)]).toEqual([each, ignored ? 'in' : unignored ? 'out' : 'silent']);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
