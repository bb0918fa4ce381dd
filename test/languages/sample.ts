/** Python source with about every construct, for tests that cut it up. */
export const SAMPLE =
  String.raw`# -*- coding: utf-8 -*-
"""Doc 😀 string."""
from __future__ import annotations
import os, sys as system
from ..a.b import (c as d, e,)
@decorator(x=1)
class A[T: int, *Ts = *tuple[int]](B, metaclass=C, **k):
    x: list[int] | None = None  # comment é
    async def f(self, a, /, b: int = 1, *args, c, **kw) -> dict[str, int]:
        async with open(a) as g, (h): pass
        async for i, *j in aiter(x): await i
        return [y async for y in z if y if not y], {k: v for k, v in w}, (yield)
    def g(self): global q; nonlocal r; del a, b[0]; yield from self.h(*a, **b)
type(self).cache = {}
type Pair[T] = tuple[T, T]
s = f"a{b!r:>{w}.2f}{{x}} {d['k']} {e = } {f'{g}'}" 'plain\n\x41\u00e9' rb'\x00'
t = t"a{b}" + r'\d\\' + '''multi
line''' + u"x"
n = 0xFF + 0b1 - 1_000 * 1.5e-3 // 2j ** -9 % ~a @ b << 1 >> 2 & 3 | 4 ^ 5
if a < b <= c and not d or e is not f in g not in h: print(a if b else c, sep="")
elif (m := re.match(r"x", y)) is None: assert m, "no"
else:
    try: raise E("x") from None
    except* (A, B) as e: pass
    except C: continue
    else: break
    finally: x += 1; y[1:2, ::3, ...] = lambda q, *r, s=1: q
while True: x = y = z, *w = 1, 2
match x, y:
    case [1, -2.5 + 3j, "a" "b", None | True, *rest] if z: pass
    case {"k": A(1, b=C(d)), a.b: _, **rest} as q: pass
    case (x, ) | _: pass
print >>f, "py2", 0777L, ` +
  '`x`' +
  `
exec "code" in d
try: a
except E, e: b
`;
