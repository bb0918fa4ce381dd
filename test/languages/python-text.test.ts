import { describe, expect, it } from 'vitest';
import type { Stmt } from '../../src/ir/nodes.ts';
import { printed, python } from './printed.ts';
import { wrongSpans } from './spans.ts';

function spans(source: string): string[] {
  return python.lower(source).body.map(({ start, end }: Stmt) => source.slice(start, end));
}

describe('line ends', () => {
  for (const [name, lineEnd] of [
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`${name} separates statements, ends comments and continues lines`, () => {
      const source = ['if a:  # one', '    b', '# two', 'c = 1 + \\', '  2', 'd = """x', 'y"""', ''].join(lineEnd);
      expect(printed(source)).toBe('if a\n  b\nc = (1 + 2)\nd = "x\\ny"');
      const { comments } = python.lower(source);
      expect(comments.map(({ text }) => text)).toEqual(['one', 'two']);
      expect(comments.map(({ start, end }) => source.slice(start, end))).toEqual(['# one', '# two']);
      expect(spans(source)[1]).toBe(`c = 1 + \\${lineEnd}  2`);
    });
  }
});

describe('unusual characters', () => {
  it('offsets are UTF-16 units, also after characters outside the BMP', () => {
    const source = '"😀"; 𝔁 = "é"; y # 😀 z\nw';
    expect(spans(source)).toEqual(['"😀"', '𝔁 = "é"', 'y', 'w']);
    expect(printed(source)).toBe('"😀"\nx = "é"\ny\nw');
    expect(python.lower(source).comments).toEqual([{ start: 18, end: 24, text: '😀 z' }]);
  });

  it('form feeds and tabs are blanks', () => {
    expect(printed('\fdef f():\n\tif a:\n\t\tb\n\f\nc')).toBe('def f()\n  if a\n    b\nc');
  });

  it('a byte order mark is skipped', () => {
    expect(spans('\uFEFFx = 1')).toEqual(['x = 1']);
  });

  it('NUL characters are a problem and hide nothing', () => {
    const source = 'a = 1\0\nb = "x\0y"\nc';
    expect(python.lower(source).problems.map(({ start, detail }) => [start, detail])).toEqual([
      [5, 'the file contains NUL characters, which Python refuses; they were read as blanks'],
    ]);
    expect(spans(source)).toEqual(['a = 1', 'b = "x\0y"', 'c']);
  });

  it('names are normalised as Python does', () => {
    expect(printed('ﬁle = ℌ.ｅval')).toBe('file = H.eval');
  });
});

describe('comments', () => {
  it('are collected in order, wherever they stand', () => {
    const source = '#!x\n# -*- y -*-\nf(a, # b\n  # c\n)\nclass A:\n    # d\n    x = 1 #e\n#\n##  f  ';
    const { comments } = python.lower(source);
    expect(comments.map(({ text }) => text)).toEqual(['!x', '-*- y -*-', 'b', 'c', 'd', 'e', '', '#  f']);
    expect(comments.map(({ start, end }) => source.slice(start, end))).toEqual(source.match(/#.*/g));
  });

  it('are not taken from strings', () => {
    expect(python.lower('x = "# a"\ny = """\n# b\n"""\nz = f"{a}# c"').comments).toEqual([]);
  });

  it('are found in long runs, which the parser does not see', () => {
    const run = Array.from({ length: 20 }, (_, i) => `  # "${i}`).join('\n\n');
    const source = `if a:\n  b\n${run}\n  c\n`;
    const { comments } = python.lower(source);
    expect(printed(source)).toBe('if a\n  b\n  c');
    expect(comments.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, i) => `"${i}`));
    expect(wrongSpans(python.lower(source), source)).toEqual([]);
  });

  it('are not taken from a string that looks like a long run of them', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `# line ${i}`).join('\n');
    expect(printed(`x = """\n${lines}\n"""\ny`)).toBe(`x = ${JSON.stringify(`\n${lines}\n`)}\ny`);
    expect(python.lower(`x = """\n${lines}\n"""\ny`).comments).toEqual([]);
    expect(printed(`x = f"""\n${lines}{a}\n# {b}"""`)).toContain('{a}\\n# {b}"');
  });

  it('a long run of continued lines is one line', () => {
    expect(printed(`x = 1 + \\\n${'  \\\n'.repeat(20)}  2`)).toBe('x = (1 + 2)');
  });
});
