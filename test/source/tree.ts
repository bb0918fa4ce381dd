import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { type Collected, type CollectOptions, collect } from '../../src/source/collect.ts';

/** Content per path; a path that ends in `/` is an empty directory. */
export type Tree = Readonly<Record<string, string | Buffer>>;

const made: string[] = [];

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A temporary directory with these files; removed after the test. */
export function makeTree(tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'ratel-'));
  made.push(root);
  addTo(root, tree);
  return root;
}

export function addTo(root: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    const absolute = join(root, path);
    if (path.endsWith('/')) {
      mkdirSync(absolute, { recursive: true });
      continue;
    }
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
  }
}

export function git(directory: string, ...args: string[]): void {
  const identity = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.org',
    '-c',
    'init.defaultBranch=main',
    '-c',
    'protocol.file.allow=always',
  ];
  execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'pipe' });
}

/** Paths that collect finds. */
export function pathsIn(root: string, options: Partial<CollectOptions> = {}): string[] {
  return collect({ root, ...options }).files.map((file) => file.path);
}

export function fileIn(collected: Collected, path: string) {
  const file = collected.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`${path} was not collected, only ${collected.files.map((each) => each.path).join(' ')}`);
  return file;
}
