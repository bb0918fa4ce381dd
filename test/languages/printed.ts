import { expect, it } from 'vitest';
import { printUnit } from '../../src/ir/print.ts';
import { loadPython } from '../../src/languages/grammar.ts';

export const python = await loadPython();

/** What the front end makes of some source, as src/ir/print.ts writes it. */
export function printed(source: string): string {
  return printUnit(python.lower(source));
}

/** One test for each pair of source and printed IR. */
export function table(rows: readonly (readonly [source: string, expected: string])[]): void {
  for (const [source, expected] of rows) {
    it(source.length > 60 ? `${source.slice(0, 60)}…` : source, () => {
      expect(printed(source)).toBe(expected);
    });
  }
}
