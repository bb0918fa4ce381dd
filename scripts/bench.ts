import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { collect } from '../src/source/collect.ts';

/**
 * `npm run bench -- [DIR] [ROUNDS]`: times, on one core where `taskset` is there, a process that only parses the Python files of DIR, a cold
 * audit of DIR, an audit of one small file, and `bandit -r` where it is installed. Rounds are interleaved; minimum and median are printed,
 * with the audit's peak memory. Build first.
 */
const directory = resolve(process.argv[2] ?? '/usr/lib/python3/dist-packages/django');
const rounds = Number(process.argv[3] ?? 5);
const work = mkdtempSync(join(tmpdir(), 'ratel-bench-'));
const parser = resolve('scripts', `.parse-only.${process.pid}.mjs`);
buildSync({
  entryPoints: ['scripts/parse-only.ts'],
  outfile: parser,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  bundle: true,
  logLevel: 'error',
});
const files = collect({ root: directory })
  .files.filter((file) => file.kind === 'python')
  .map((file) => file.absolutePath);
const single = join(work, 'one.py');
writeFileSync(single, 'import os\n\nprint(os.environ["HOME"])\n');
const pinned = spawnSync('taskset', ['-V']).status === 0 ? ['taskset', '-c', '0'] : [];

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}
function run(command: readonly string[], input?: string): Run {
  const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%M', ...command] : command;
  const [program = '', ...args] = [...pinned, ...timed];
  const started = performance.now();
  const result = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = (performance.now() - started) / 1000;
  if (result.error || (result.status ?? 2) > 1) throw new Error(`${command.join(' ')} failed: ${result.stderr}`);
  return { seconds, megabytes: Number(/(\d+)\s*$/.exec(result.stderr)?.[1] ?? 0) / 1024 };
}

const commands: Record<string, () => Run> = {
  'parse only': () => run(['node', parser], files.join('\n')),
  'cold audit': () => run(['node', 'dist/cli.js', directory, '--format', 'json', '--exit-zero', '--no-config']),
  'one file': () => run(['node', 'dist/cli.js', work, '--exit-zero', '--no-config']),
};
if (spawnSync('bandit', ['--version']).status === 0)
  commands.bandit = () => run(['bandit', '-q', '-r', directory, '-f', 'json', '-o', join(work, 'bandit.json')]);

const runs = new Map<string, Run[]>(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const [name, command] of Object.entries(commands)) if (name !== 'bandit' || round === 0) runs.get(name)?.push(command());
rmSync(parser);
rmSync(work, { recursive: true });

const minimum = (name: string): number => Math.min(...(runs.get(name) ?? []).map((one) => one.seconds));
const median = (name: string): number => {
  const sorted = (runs.get(name) ?? []).map((one) => one.seconds).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};
console.log(`${files.length} Python files in ${directory}, ${rounds} rounds${pinned.length > 0 ? ', one core' : ''}`);
for (const [name, list] of runs)
  console.log(
    `${name.padEnd(11)} min ${minimum(name).toFixed(2)} s  median ${median(name).toFixed(2)} s  peak ${Math.max(...list.map((one) => one.megabytes)).toFixed(0)} MB`,
  );
console.log(
  `cold audit / parse only: ${(minimum('cold audit') / minimum('parse only')).toFixed(2)} (minimum), ${(median('cold audit') / median('parse only')).toFixed(2)} (median)`,
);
if (runs.has('bandit')) console.log(`bandit / cold audit: ${(minimum('bandit') / minimum('cold audit')).toFixed(1)}`);
