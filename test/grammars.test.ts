import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const source = readFileSync('grammars/SOURCE.md', 'utf8');
/** File name and checksum of each table row. */
const rows = [...source.matchAll(/^\| *(\S+\.wasm) *\|.*\| *([0-9a-f]{64}) *\|$/gm)].map(([, file = '', sum = '']) => ({ file, sum }));

it('every grammar is listed in SOURCE.md', () => {
  const files = readdirSync('grammars').filter((file) => file.endsWith('.wasm'));
  expect(rows.map(({ file }) => file).sort()).toEqual(files.sort());
});

for (const { file, sum } of rows) {
  it(`${file} is what SOURCE.md says`, () => {
    expect(
      createHash('sha256')
        .update(readFileSync(`grammars/${file}`))
        .digest('hex'),
    ).toBe(sum);
  });
}
