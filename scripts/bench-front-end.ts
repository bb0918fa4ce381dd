/**
 * Measures the front end on Python sources: `tsx scripts/bench-front-end.ts DIR [ROUNDS]`.
 * Parsing alone (parse and free the tree) is the yardstick; both run in turn on the same files, with the files in memory.
 * Counts the CPU time of the process, which other programs disturb less than the clock. Prints the best and the median of all
 * rounds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPythonParser } from '../src/languages/grammar.ts';
import { pythonLanguage } from '../src/languages/python/python-language.ts';

const [directory = '/usr/lib/python3/dist-packages/django', rounds = '7'] = process.argv.slice(2);
const texts = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.py'))
  .sort()
  .map((file) => readFileSync(join(directory, file), 'utf8'));
const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;

const loaded = await loadPythonParser();
const language = pythonLanguage(loaded);

/** CPU time in milliseconds. */
function time(run: (text: string) => void): number {
  const before = process.cpuUsage();
  for (const text of texts) run(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
const parse = (text: string): void => loaded.parser.parse(text)?.delete();
const lower = (text: string): void => {
  language.lower(text);
};

const parsed: number[] = [];
const lowered: number[] = [];
for (let round = 0; round < Number(rounds) + 1; round++) {
  const both = [time(parse), time(lower)] as const;
  if (round === 0) console.log(`first round  parse ${both[0].toFixed(0)} ms, parse and lower ${both[1].toFixed(0)} ms`);
  else {
    parsed.push(both[0]);
    lowered.push(both[1]);
  }
}

const best = (times: readonly number[]): number => Math.min(...times);
const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
console.log(`${texts.length} files, ${megabytes.toFixed(2)} MB, ${rounds} rounds`);
for (const [name, pick] of [
  ['best', best],
  ['median', median],
] as const) {
  const [alone, whole] = [pick(parsed), pick(lowered)];
  console.log(
    `${name.padEnd(7)} parse ${((megabytes / alone) * 1000).toFixed(2)} MB/s, parse and lower ${((megabytes / whole) * 1000).toFixed(2)} MB/s, ratio ${(whole / alone).toFixed(2)}`,
  );
}
