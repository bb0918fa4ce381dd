import { describe, expect, it } from 'vitest';
import type { Unit } from '../../src/ir/nodes.ts';
import { forEachChild, type IrNode } from '../../src/ir/walk.ts';
import { MAX_NESTING } from '../../src/languages/python/lowering.ts';
import { python } from './printed.ts';

/** Number of nodes and of levels, counted without recursion so that depth cannot break the count. */
function measure(unit: Unit): { nodes: number; depth: number } {
  let nodes = 0;
  let depth = 0;
  const pending: [node: IrNode, level: number][] = unit.body.map((stmt) => [stmt, 1]);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, level] = next;
    nodes++;
    depth = Math.max(depth, level);
    forEachChild(node, (child) => pending.push([child, level + 1]));
  }
  return { nodes, depth };
}

/** A cut-off operation keeps its operands, which may go a little beyond the limit; so may a statement's value. */
const DEPTH_LIMIT = MAX_NESTING + 25;

describe('deep nesting is cut off, with a problem that says so', () => {
  for (const [name, source] of [
    ['brackets', `x = ${'['.repeat(3000)}${']'.repeat(3000)}`],
    ['braces', `${'{'.repeat(3000)}1${'}'.repeat(3000)}`],
    ['more brackets', `x = ${'f('.repeat(30_000)}${')'.repeat(30_000)}`],
    ['method calls', `x${'.f()'.repeat(3000)}`],
    ['subscripts', `x${'[0]'.repeat(3000)}`],
    ['concatenation', `x = a${' + b'.repeat(3000)}`],
    ['powers', `x = a${' ** b'.repeat(3000)}`],
    ['mixed bit operators', `x = a${' & b ^ c'.repeat(3000)}`],
    ['elif', `if a: b\n${'elif c:\n  d()\n'.repeat(2000)}`],
    ['if', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}${i < 399 ? 'if a:' : 'b'}\n`).join('')],
    ['not', `${'not '.repeat(3000)}x`],
    ['minus', `${'-'.repeat(3000)}x`],
    ['lambda', `${'lambda: '.repeat(3000)}x`],
    ['conditional', `${'a if b else '.repeat(3000)}c`],
    ['types', `x: ${'a['.repeat(3000)}b${']'.repeat(3000)}`],
    ['union types', `x: ${'a[b] | '.repeat(3000)}c`],
    ['patterns', `match x:\n  case ${'['.repeat(3000)}${']'.repeat(3000)}: pass\n`],
  ] as const) {
    it(name, () => {
      const unit = python.lower(source);
      expect(unit.problems.map(({ detail }) => detail)).toEqual([
        `nested more than ${MAX_NESTING} levels deep; what is deeper was not read`,
      ]);
      expect(measure(unit).depth).toBeLessThanOrEqual(DEPTH_LIMIT);
    });
  }

  it('parentheses add no level', () => {
    expect(python.lower(`${'('.repeat(3000)}x${')'.repeat(3000)}`).problems).toEqual([]);
  });

  it('long operands of a cut-off concatenation are saved', () => {
    const { nodes } = measure(python.lower(`x = "a"${' + f(b)'.repeat(3000)}`));
    expect(nodes).toBeGreaterThan(9000);
  });
});

describe('length is no problem', () => {
  for (const [name, source, nodes] of [
    ['list', `x = [${'"abc", '.repeat(20_000)}]`, 20_003],
    ['dict', `x = {${'"a": [1, 2], '.repeat(20_000)}}`, 80_003],
    ['comparisons', `x = 1${' < a'.repeat(20_000)}`, 20_004],
    ['and', `x = 1${' and a'.repeat(20_000)}`, 20_004],
    ['targets', `${'a = '.repeat(20_000)}1`, 20_002],
    ['decorators', `${'@a\n'.repeat(20_000)}def f(): pass`, 20_002],
    ['implicit concatenation', `x = ${'"a" '.repeat(20_000)}`, 3],
    ['f-string', `x = f"${'{a}b'.repeat(20_000)}"`, 20_003],
    ['alternatives', `match x:\n  case ${'1 | '.repeat(20_000)}1: pass\n`, 20_004],
    ['cases', `match x:\n${'  case [1]: pass\n'.repeat(20_000)}`, 40_002],
    ['comments', '    # x\n'.repeat(50_000), 0],
    ['continuations', `x = \\\n${'\\\n'.repeat(50_000)}1`, 3],
  ] as const) {
    it(name, () => {
      const unit = python.lower(source);
      expect(unit.problems).toEqual([]);
      expect(measure(unit).nodes).toBe(nodes);
    });
  }

  it('a file of 5 MB', () => {
    const view =
      'def view(request, pk):\n    row = Model.objects.filter(pk=pk).first()\n    return render(request, "a.html", {"row": row})\n\n';
    const count = Math.ceil(5_000_000 / view.length);
    const unit = python.lower(view.repeat(count));
    expect(unit.body).toHaveLength(count);
    expect(unit.problems).toEqual([]);
  });
});

describe('what is not Python', () => {
  for (const [name, source] of [
    ['HTML', '<div class="x">{{ y }}</div>\n'.repeat(2000)],
    ['JavaScript', 'function f(a) { return a.b(c => c + 1); }\n'.repeat(2000)],
    ['Markdown', '# Title\n\nText with `code` and *stars*.\n\n- item\n'.repeat(2000)],
    ['quotes', '"'.repeat(100_001)],
    ['an open triple quote', `x = """${'a\n'.repeat(100_000)}`],
    ['open brackets', '('.repeat(100_000)],
    ['closing brackets', ')'.repeat(100_000)],
    ['mixed brackets', `${'([{'.repeat(30_000)}${')]}'.repeat(30_000)}`],
    ['open f-strings', 'f"{'.repeat(20_000)],
    ['keywords', 'def if class '.repeat(10_000)],
    ['an open bracket before much code', `x = (\n${'def f(a):\n    return g(a)\n'.repeat(10_000)}`],
    ['noise', Array.from({ length: 200_000 }, (_, i) => String.fromCharCode((i * 7919) % 65_536)).join('')],
    ['NUL', '\0'.repeat(100_000)],
  ] as const) {
    it(`${name} is lowered to what can be saved`, () => {
      const unit = python.lower(source);
      expect(unit.problems.length).toBeGreaterThan(0);
      expect(measure(unit).depth).toBeLessThanOrEqual(DEPTH_LIMIT);
    });
  }
});
