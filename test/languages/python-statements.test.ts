import { describe, expect, it } from 'vitest';
import { python, table } from './printed.ts';

describe('simple statements', () => {
  table([
    ['a = b = c', 'a = b = c'],
    ['a, *b = c', '(a, *b) = c'],
    ['(a, b), [c, d] = e', '((a, b), [c, d]) = e'],
    ['(a) = 1', 'a = 1'],
    ['(a.b): int = 1', 'a.b: int = 1'],
    ['a[0].b = yield', 'a[0].b = (yield)'],
    ['x: int', 'x: int'],
    ['type(self).cache = {}', 'type(self).cache = {}'],
    ['a += 1; b **= 2; c //= d; e @= f; g >>= 1', 'a += 1\nb **= 2\nc //= d\ne @= f\ng >>= 1'],
    ['pass; break; continue', 'pass\nbreak\ncontinue'],
    ['return', 'return'],
    ['return a, *b', 'return (a, *b)'],
    ['raise', 'raise'],
    ['raise A from b', 'raise A from b'],
    ['del a, b[0], (c, d)', 'del a, b[0], (c, d)'],
    ['del (a, b)', 'del a, b'],
    ['assert a, "b"', 'assert a, "b"'],
    ['global a, b', 'global a, b'],
    ['nonlocal a', 'nonlocal a'],
    ['import a.b.c, d as e', 'import a.b.c, d as e'],
    ['import a . b', 'import a.b'],
    ['from . import a', 'from . import a'],
    ['from .. a.b import (c as d, e,)', 'from ..a.b import c as d, e'],
    ['from ... import *', 'from ... import *'],
    ['from __future__ import annotations, division as d', 'from __future__ import annotations, division as d'],
    ['print(a, file=b)', 'print(a, file=b)'],
    ['print (a), b', '(print(a), b)'],
    ['exec("x", {})', 'exec("x", {})'],
    ['type X = int | str', 'type X = (int | str)'],
    ['type X[T: int, *Ts, **P] = list[T]', 'type X = list[T]'],
    ['type = 1; match = 2; case = 3; _ = 4', 'type = 1\nmatch = 2\ncase = 3\n_ = 4'],
    ['type X[T = int] = list[T]', 'type X = list[T]'],
  ]);
});

describe('compound statements', () => {
  table([
    ['if a: b\nelif c: d\nelse: e', 'if a\n  b\nelse\n  if c\n    d\n  else\n    e'],
    ['while a:\n  b\nelse:\n  c', 'while a\n  b\nelse\n  c'],
    ['for a, b in c, d:\n  e\nelse:\n  f', 'for (a, b) in (c, d)\n  e\nelse\n  f'],
    ['for x in *a, *b: pass', 'for x in (*a, *b)\n  pass'],
    ['async for a in b: c', 'async for a in b\n  c'],
    ['try:\n  a\nexcept:\n  b\nelse:\n  c\nfinally:\n  d', 'try\n  a\nexcept\n  b\nelse\n  c\nfinally\n  d'],
    ['try: a\nexcept A as e: b\nexcept (B, C): c', 'try\n  a\nexcept A as e\n  b\nexcept (B, C)\n  c'],
    ['try: a\nexcept A, B: b', 'try\n  a\nexcept (A, B)\n  b'],
    ['try: a\nexcept* A as e: b\nexcept* (B, C): c', 'try\n  a\nexcept* A as e\n  b\nexcept* (B, C)\n  c'],
    ['try: a\nexcept* A, B: b', 'try\n  a\nexcept* (A, B)\n  b'],
    ['with a as b, c: d', 'with a as b, c\n  d'],
    ['with (a as b, c as (d, e),): f', 'with a as b, c as (d, e)\n  f'],
    ['with (a, b): c', 'with a, b\n  c'],
    ['with (a, b) as c: d', 'with (a, b) as c\n  d'],
    ['with (a): b', 'with a\n  b'],
    ['with (a as b): c', 'with a as b\n  c'],
    ['with a if b else c as d: e', 'with (a if b else c) as d\n  e'],
    ['with a as b.c, d as e[0]: f', 'with a as b.c, d as e[0]\n  f'],
    ['async with a as b: c', 'async with a as b\n  c'],
  ]);
});

describe('functions and classes', () => {
  table([
    ['def f(): pass', 'def f()\n  pass'],
    ['def f(a, b=1, *c, d, e=2, **g): pass', 'def f(a, b = 1, *c, =d, =e = 2, **g)\n  pass'],
    ['def f(a, /, b, *, c): pass', 'def f(a/, b, =c)\n  pass'],
    ['def f(a: int, b: str = "", *c: X, **d: Y) -> Z: pass', 'def f(a: int, b: str = "", *c: X, **d: Y) -> Z\n  pass'],
    ['def f[T: (int, str), *Ts, **P](a: T) -> T: pass', 'def f(a: T) -> T\n  pass'],
    ['def f[T = int, *Ts = *tuple[int, ...], **P = [int]](a: T): pass', 'def f(a: T)\n  pass'],
    ['async def f(): await a', 'async def f()\n  (await a)'],
    ['def print(): pass', 'def print()\n  pass'],
    ['@a\n@b.c(d)\n@(e := g)\ndef f(): pass', '@a\n@b.c(d)\n@(e := g)\ndef f()\n  pass'],
    ['class A: pass', 'class A()\n  pass'],
    ['class A(): pass', 'class A()\n  pass'],
    ['class A(B, c.D, *e, metaclass=M, **k): x = 1', 'class A(B, c.D, *e, metaclass=M, **k)\n  x = 1'],
    ['class A[T = int](B[T]): pass', 'class A(B[T])\n  pass'],
    ['@a\nclass A:\n  @b\n  def f(self): pass', '@a\nclass A()\n  @b\n  def f(self)\n    pass'],
    ['def f():\n  yield', 'def f() [generator]\n  (yield)'],
    ['def f():\n  x = [(yield a)]', 'def f() [generator]\n  x = [(yield a)]'],
    ['def f():\n  def g(): yield\n  return lambda: (yield)', 'def f()\n  def g() [generator]\n    (yield)\n  return (lambda : (yield))'],
  ]);

  it('spans from def to the end of the body, without decorators, and knows where the name is', () => {
    const source = '@a\nasync  def  name (x): return x\ny';
    const [func] = python.lower(source).body;
    if (func?.kind !== 'function') throw new Error('no function');
    expect(source.slice(func.start, func.end)).toBe('async  def  name (x): return x');
    expect(source.slice(func.nameStart, func.nameEnd)).toBe('name');
    expect(func.decorators.map(({ start, end }) => source.slice(start, end))).toEqual(['@a']);
  });
});

describe('match', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['1', '=1'],
    ['-1', '=(-1)'],
    ['-1.5 + 2j', '=((-1.5) + 2j)'],
    ['"a" "b"', '="ab"'],
    ['b"a"', '=b"a"'],
    ['None | True | False', '(=None | =True | =False)'],
    ['-1 | 2 | -3', '(=(-1) | =2 | =(-3))'],
    ['x', 'x'],
    ['_', '_'],
    ['a.b.c', '=a.b.c'],
    ['(x)', 'x'],
    ['(x,)', '[x]'],
    ['x, y', '[x, y]'],
    ['x,', '[x]'],
    ['[]', '[]'],
    ['()', '[]'],
    ['[a, *_, (b, *c)]', '[a, *_, [b, *c]]'],
    ['{}', '{}'],
    ['{"a": x, -1: y, a.b: z, **rest}', '{"a": x, (-1): y, a.b: z, **rest}'],
    ['A()', 'A()'],
    ['a.B(1, x, y=2, z=C(w))', 'a.B(=1, x, y==2, z=C(w))'],
    ['A(x=1 | 2)', 'A(x=(=1 | =2))'],
    ['[a] as b', '([a] as b)'],
    ['(1 | 2) as b', '((=1 | =2) as b)'],
    ['x if x > 1', 'x if (x > 1)'],
  ];
  table(cases.map(([pattern, expected]) => [`match v:\n  case ${pattern}: pass`, `match v\n  case ${expected}\n    pass`] as const));
  table([
    ['match a, b:\n  case _: pass', 'match (a, b)\n  case _\n    pass'],
    ['match a,:\n  case _: pass', 'match (a,)\n  case _\n    pass'],
    ['match (x):\n  case 1:\n    a\n    b\n  case 2: c', 'match x\n  case =1\n    a\n    b\n  case =2\n    c'],
    ['match(x)', 'match(x)'],
    ['match[x] = 1', 'match[x] = 1'],
  ]);
});
