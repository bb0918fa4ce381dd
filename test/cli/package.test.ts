import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOOL } from '../../src/version.ts';
import { program } from './run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const MEGABYTE = 1024 * 1024;

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
  readonly size: number;
}

function packed(): Packed {
  program();
  const [result] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    }),
  );
  return result;
}

it('the package holds what runs, and nothing of the workshop', { timeout: 60_000 }, () => {
  const { files, size } = packed();
  const paths = files.map(({ path }) => path);
  for (const needed of [
    'dist/cli.js',
    'dist/pack.json',
    'dist/examples.json',
    'dist/web-tree-sitter.wasm',
    'dist/tree-sitter-python.wasm',
    'dist/THIRD-PARTY.txt',
    'schema/rule.schema.json',
    'LICENSE',
    'README.md',
  ]) {
    expect(paths).toContain(needed);
  }
  expect(paths.filter((path) => /^(?:src|test|fixtures|scripts|docs|grammars)\/|\/fixtures\//.test(path))).toEqual([]);
  expect(size).toBeLessThan(3 * MEGABYTE);
  expect((files.find(({ path }) => path === 'dist/cli.js')?.mode ?? 0) & 0o111).not.toBe(0);
});

it('users need neither dependencies nor install scripts, and Node as old as 20.19', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toBeUndefined();
  for (const script of ['preinstall', 'install', 'postinstall']) expect(manifest.scripts[script]).toBeUndefined();
  expect(manifest.engines.node).toBe('>=20.19');
  expect({ name: manifest.name, version: manifest.version }).toMatchObject({ name: TOOL.name, version: TOOL.version });
});

it('the licence of everything inside is there', () => {
  const text = readFileSync(join(ROOT, 'dist/THIRD-PARTY.txt'), 'utf8');
  for (const name of ['web-tree-sitter', 'tree-sitter-python', 'yargs', 'ajv', 'smol-toml', 'picocolors', 'ignore'])
    expect(text).toMatch(new RegExp(`^${name} .*\\(`, 'm'));
});
