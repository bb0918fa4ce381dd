import { describe, expect, it } from 'vitest';
import { MAX_PROBLEMS } from '../../src/languages/python/lowering.ts';
import { printed, python, table } from './printed.ts';

const problems = (source: string): string[] => python.lower(source).problems.map(({ detail }) => detail);

describe('what parsed is kept, and one problem says where it did not', () => {
  table([
    ['a = 1\nb = = 2\nc = 3', 'a = 1\nb = 2\nc = 3\n! 10-11 syntax error at `=`'],
    ['f(a b)\nc', 'f(a)\n<unknown>\n  b\nc\n! 4-5 syntax error at `b`'],
    ['x = (1 + )\ny', 'x = 1\ny\n! 7-8 syntax error at `+`'],
    ['def f(:\n  g(a)\nh()', 'def f()\n  g(a)\nh()\n! 6-6 syntax error: `)` is missing'],
    [
      'class A:\n  def f(self)\n    g()\n  def h(self): i()\nj()',
      'class A()\n  <unknown>\n    f\n    self\n  g()\ndef h(self)\n  i()\n<unknown>\n  j\n()\n! 8-22 syntax error at `def f(self)`\n! 49-51 syntax error at `j`',
    ],
    [
      '<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\nc = 3',
      'HEAD\na = 1\na = 2\nb\nc = 3\n! 0-7 syntax error at `<<<<<<<`\n! 19-26 syntax error at `=======`\n! 33-40 syntax error at `>>>>>>>`',
    ],
    ['if a:\n\nb', 'if a\nb\n! 5-5 syntax error: a body is missing'],
    ['$x = 1;\nreturn a ? b : c;', 'x = 1\nreturn a\n<unknown>\n  b\n  c\n! 0-1 syntax error at `$`\n! 17-24 syntax error at `? b : c`'],
  ]);
});

describe('an unclosed bracket or string stays in its line', () => {
  table([
    ['x = f(a,\ndef g(b):\n  return h(b)\n', 'x = (a,)\n<unknown>\n  f\ndef g(b)\n  return h(b)\n! 5-6 syntax error: `(` is never closed'],
    [
      'def f():\n  x = [1, {2: g(3)\n  return 4\ndef h():\n  return 5',
      'def f()\n  x = (1, g(3))\n  <unknown>\n    2\n  return 4\ndef h()\n  return 5\n! 15-16 syntax error: `[` is never closed\n! 19-20 syntax error: `{` is never closed',
    ],
    [
      "a = 'x\nb = f('y)\nc = 3",
      'a = x\nb = f(y)\nc = 3\n! 4-5 syntax error: the string is never closed\n! 13-14 syntax error: the string is never closed',
    ],
    ['x = (a.\nb)', 'x = a.b'],
    ['def f():\n  x = (a +\n b)\n  return x', 'def f()\n  x = (a + b)\n  return x'],
  ]);
});

describe('Python 2', () => {
  table([
    ['print a, b', 'print(a, b)\n! 0-10 Python 2: `print` without parentheses was read as a call'],
    ['print >>f, a', 'print(file=f, a)\n! 0-12 Python 2: `print` without parentheses was read as a call'],
    ['exec a in b, c', 'exec(a, b, c)\n! 0-14 Python 2: `exec` without parentheses was read as a call'],
    ['try: a\nexcept A, e: b', 'try\n  a\nexcept A as e\n  b\n! 7-18 Python 2: `except Error, name` was read as `except Error as name`'],
    ['a <> b', '(a != b)\n! 2-4 Python 2: the operator `<>` was read as `!=`'],
    ['x = `a`', 'x = <unknown>\n! 4-7 Python 2: what stands between backticks was not read'],
    ['0777, 0', '(511, 0)\n! 0-4 Python 2: a number that starts with `0` was read as octal'],
    ['10L', '10\n! 0-3 Python 2: a number that ends in `L` was read without it'],
    ['ur"\\a"', '"\\\\a"\n! 0-3 Python 2: a `ur` string was read as a raw string'],
    ['def f(a, (b, c)): pass', 'def f(a, (b, c))\n  pass\n! 9-15 Python 2: a parameter that unpacks a tuple was read as one parameter'],
    ['raise A, "b"', 'raise A\n! 6-12 Python 2: `raise Error, value` was read as `raise Error`'],
  ]);

  it('each construct is a problem once in a file', () => {
    expect(problems('print 1\nprint 2\nexec a\nprint 3')).toEqual([
      'Python 2: `print` without parentheses was read as a call',
      'Python 2: `exec` without parentheses was read as a call',
    ]);
  });
});

describe('the list of problems', () => {
  it('ends with one that says so', () => {
    const found = problems('f(a b)\n'.repeat(100));
    expect(found).toHaveLength(MAX_PROBLEMS + 1);
    expect(found.at(-1)).toBe(`more than ${MAX_PROBLEMS} problems; those from here on are not listed`);
  });

  it('is in the order of the source', () => {
    const starts = python.lower('f(a b)\nprint 1\ng(c d)\nx = `y`\n').problems.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts).toHaveLength(4);
  });

  it('quotes one line at most', () => {
    for (const detail of problems(`${'?'.repeat(500)}\n${'$ !\n'.repeat(50)}`)) expect(detail).toMatch(/^.{1,120}$/);
  });

  it('names integers that Python refuses', () => {
    expect(printed(`x = ${'9'.repeat(5000)}`)).toBe('x = <unknown>\n! 4-5004 an integer of more than 4300 digits was not read');
  });
});
