import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/ir/nodes.ts';
import { printed, python, table } from './printed.ts';

function literal(source: string): unknown {
  const [stmt] = python.lower(source).body;
  if (stmt?.kind !== 'expression' || stmt.value.kind !== 'literal') throw new Error(`no literal: ${printed(source)}`);
  return stmt.value.literal;
}
const str = (value: string): unknown => ({ type: 'str', value });
const bytes = (value: string): unknown => ({ type: 'bytes', value });

describe('plain strings', () => {
  for (const [source, value] of [
    [`''`, ''],
    [`"a'b"`, "a'b"],
    [`'''a\n"b"'''`, 'a\n"b"'],
    [String.raw`'\a\b\f\n\r\t\v\\\'\"'`, '\x07\b\f\n\r\t\v\\\'"'],
    [String.raw`'\x41\u00e9\U0001F600\ud800'`, 'Aé😀\ud800'],
    [String.raw`'\0\12\1234\777'`, '\0\nS4\u01ff'],
    [String.raw`'\N{DASH}\q\xZZ\u12\U00110000'`, String.raw`\N{DASH}\q\xZZ\u12\U00110000`],
    ['"a\\\nb"', 'ab'],
    ['"a\\\r\nb"', 'ab'],
    ['"""a\r\nb\rc"""', 'a\nb\nc'],
    [String.raw`r'\n\''`, String.raw`\n\'`],
    [String.raw`R"\\"`, String.raw`\\`],
    [`u'x'`, 'x'],
    [`U"x"`, 'x'],
    [`'a' "b" r'\\c'`, 'ab\\c'],
    [`('a'\n  'b')`, 'ab'],
    [`'{x}}'`, '{x}}'],
  ] as const) {
    it(JSON.stringify(source), () => expect(literal(source)).toEqual(str(value)));
  }
});

describe('bytes', () => {
  for (const [source, value] of [
    [`b'abc'`, 'abc'],
    [String.raw`b'\x00\xff\377\501'`, '\0\xff\xffA'],
    [String.raw`b'\u0041\N{DASH}'`, String.raw`\u0041\N{DASH}`],
    [String.raw`rb'\x00'`, String.raw`\x00`],
    [String.raw`BR"\n"`, String.raw`\n`],
    [`b'a' b"b"`, 'ab'],
    [`b'é'`, 'é'],
    [`b'☃'`, '\xe2\x98\x83'],
  ] as const) {
    it(source, () => expect(literal(source)).toEqual(bytes(value)));
  }
});

describe('f-strings and t-strings', () => {
  table([
    ['f""', 'f""'],
    ['f"a{b}c"', 'f"a{b}c"'],
    ['f"{{{a}}}"', 'f"{{{a}}}"'],
    ['f"{a!r}{b!s:>{w}.2f}{c:%Y}"', 'f"{a!r}{b!s:>{w}.2f}{c:%Y}"'],
    ['f"{a:{b!r:x}}"', 'f"{a:{b!r:x}}"'],
    ['f"{x=}"', 'f"x={x!r}"'],
    ['f"{ x + 1 = !s}"', 'f" x + 1 = {(x + 1)!s}"'],
    ['f"{x=:>3}"', 'f"x={x:>3}"'],
    ['f"{x==y}"', 'f"{(x == y)}"'],
    [`f"{d['k']}{d["k"]}"`, 'f"{d["k"]}{d["k"]}"'],
    ['f"{f"{x}"}"', 'f"{f"{x}"}"'],
    ['f"{a, b}"', 'f"{(a, b)}"'],
    ['f"{(lambda x: x)}"', 'f"{(lambda x: x)}"'],
    ['f"{*a, b}"', 'f"{(*a, b)}"'],
    ['f"""a\n{\nb\n}"""', 'f"a\\n{b}"'],
    ['rf"\\d{a}"', 'f"\\\\d{a}"'],
    ["rf'{a}\\\\'", 'f"{a}\\\\\\\\"'],
    ['f"\\n{a}\\x41"', 'f"\\n{a}A"'],
    ['f"\\N{DASH}{a}"', 'f"\\\\N{{DASH}}{a}"'],
    ['"a" f"b{c}" "d{e}"', 'f"ab{c}d{{e}}"'],
    ['t"a{b}"', 't"a{b}"'],
    ['T"a" rt"{b!r:x}"', 't"a{b!r:x}"'],
    ['f"{await a}{(yield)}"', 'f"{(await a)}{(yield)}"'],
  ]);

  it('spans the holes exactly', () => {
    const source = 'x = f"é{ab!r:>{wd}}"';
    const [stmt] = python.lower(source).body;
    const value = stmt?.kind === 'assign' ? stmt.value : undefined;
    const hole = value?.kind === 'fstring' ? value.parts[1] : undefined;
    if (hole?.kind !== 'hole') throw new Error('no hole');
    const width = hole.spec?.[1];
    const text = (expr: Expr): string => source.slice(expr.start, expr.end);
    expect(text(hole.value)).toBe('ab');
    expect(width?.kind === 'hole' && text(width.value)).toBe('wd');
  });
});
