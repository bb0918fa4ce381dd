import { describe } from 'vitest';
import { table } from './printed.ts';

describe('names, attributes, subscripts, calls', () => {
  table([
    ['x', 'x'],
    ['print', 'print'],
    ['match.type.exec', 'match.type.exec'],
    ['a.b.c', 'a.b.c'],
    ['a [ 0 ]', 'a[0]'],
    ['a[1, 2]', 'a[(1, 2)]'],
    ['a[1,]', 'a[(1,)]'],
    ['a[:]', 'a[:]'],
    ['a[1:]', 'a[1:]'],
    ['a[:2]', 'a[:2]'],
    ['a[1:2:3]', 'a[1:2:3]'],
    ['a[::2]', 'a[::2]'],
    ['a[1:2, ..., None]', 'a[(1:2, ..., None)]'],
    ['a[*b]', 'a[(*b,)]'],
    ['a[*f().x, 1]', 'a[(*f().x, 1)]'],
    ['f()', 'f()'],
    ['f(a, *b, c=1, **d)', 'f(a, *b, c=1, **d)'],
    ['f(print=1, type=2, match=3)', 'f(print=1, type=2, match=3)'],
    ['f(*a or b)', 'f(*(a or b))'],
    ['f(x for x in y)', 'f((x for x in y))'],
    ['f((x for x in y), z)', 'f((x for x in y), z)'],
    ['f(a := 1)', 'f((a := 1))'],
    ['f(a)(b)[c].d', 'f(a)(b)[c].d'],
    ['ｅval(x)', 'eval(x)'],
  ]);
});

describe('operators', () => {
  table([
    ['a + b - c', '((a + b) - c)'],
    ['a + b * c', '(a + (b * c))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a ** b ** c', '(a ** (b ** c))'],
    ['-a ** b', '(-(a ** b))'],
    ['a // b % c @ d', '(((a // b) % c) @ d)'],
    ['a | b ^ c & d << e >> f', '(a | (b ^ (c & ((d << e) >> f))))'],
    ['a & b ^ c & d', '((a & b) ^ (c & d))'],
    ['a & (b ^ c)', '(a & (b ^ c))'],
    ['a + (b & c ^ d & e)', '(a + ((b & c) ^ (d & e)))'],
    ['~+-a', '(~(+(-a)))'],
    ['not a and b or c', '(((not a) and b) or c)'],
    ['a and b and c', '(a and b and c)'],
    ['a and (b and c)', '(a and (b and c))'],
    ['a or b and c or d', '(a or (b and c) or d)'],
    ['a < b <= c', '(a < b <= c)'],
    ['a == b != c > d >= e', '(a == b != c > d >= e)'],
    ['a in b not in c is d is not e', '(a in b not in c is d is not e)'],
    ['not a in b', '(not (a in b))'],
    ['a if b else c if d else e', '(a if b else (c if d else e))'],
    ['(y := f(x))', '(y := f(x))'],
    ['lambda: 0', '(lambda : 0)'],
    ['lambda x, /, y=1, *a, z, **k: x', '(lambda x/, y = 1, *a, =z, **k: x)'],
    ['lambda x: lambda y: x', '(lambda x: (lambda y: x))'],
  ]);
});

describe('collections and comprehensions', () => {
  table([
    ['[]', '[]'],
    ['[1, *a, 2,]', '[1, *a, 2]'],
    ['()', '()'],
    ['(1,)', '(1,)'],
    ['1, 2', '(1, 2)'],
    ['1,', '(1,)'],
    ['x = *a, b', 'x = (*a, b)'],
    ['{1, 2}', '{1, 2}'],
    ['{}', '{}'],
    ['{1: 2, **a, "b": c}', '{1: 2, **a, "b": c}'],
    ['[x for x in y]', '[x for x in y]'],
    ['[x async for x in y if a if b for z in x]', '[x async for x in y if a if b for z in x]'],
    ['{x for x, y in z}', '{x for (x, y) in z}'],
    ['{k: v for k, v in z.items()}', '{k: v for (k, v) in z.items()}'],
    ['(x for x in lambda: y, z)', '(x for x in ((lambda : y), z))'],
    ['[x for x in (lambda: y) if x]', '[x for x in (lambda : y) if x]'],
    ['[(yield)]', '[(yield)]'],
  ]);
});

describe('numbers and constants', () => {
  table([
    ['0, 00, 1_000, 9007199254740993', '(0, 0, 1000, 9007199254740993)'],
    ['0xFF, 0XfF, 0o17, 0B101, 0x_ff', '(255, 255, 15, 5, 255)'],
    ['0xFFFFFFFFFFFFFFFFFF', '4722366482869645213695'],
    ['1.5, 1., .5, 1e3, 1_0.0_1E-2', '(1.5, 1.0, 0.5, 1000.0, 0.1001)'],
    ['1j, 1.5J, 08j', '(1j, 1.5j, 8j)'],
    ['True, False, None, ...', '(True, False, None, ...)'],
  ]);
});

describe('await and yield', () => {
  table([
    ['await a', '(await a)'],
    ['await a ** b', '((await a) ** b)'],
    ['x = yield', 'x = (yield)'],
    ['x = yield a, b', 'x = (yield (a, b))'],
    ['yield from a', '(yield from a)'],
    ['yield *a, b', '(yield (*a, b))'],
  ]);
});

describe('types', () => {
  table([
    ['x: list[int] | None', 'x: (list[int] | None)'],
    ['x: a | b[c] | d | e', 'x: (((a | b[c]) | d) | e)'],
    ['x: "Fwd" = 1', 'x: "Fwd" = 1'],
    ['x: Callable[[int, str], None]', 'x: Callable[([int, str], None)]'],
    ['x: tuple[*Ts]', 'x: tuple[(*Ts,)]'],
    ['x: a.b[c]', 'x: a.b[c]'],
    ['def f(*args: *Ts): pass', 'def f(*args: *Ts)\n  pass'],
  ]);
});
