import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from '../build/root.ts';

/**
 * Runs `ratel …` as a reader would, optionally behind `cd FOLDER &&`, and gives what a terminal would then show.
 * The time that a run took differs each time, so it is always the same here.
 */
export function runExample(command: string): string {
  const program = `${ROOT}/dist/cli.js`;
  if (!existsSync(program)) throw new Error('the documentation shows real output: run `npm run build` first');
  const [, folder = '.', line = ''] = /^(?:cd (\S+) && )?ratel\s*(.*)$/.exec(command) ?? [];
  const args = line.split(/\s+/).filter((word) => word !== '');
  const { CI: _ci, FORCE_COLOR: _force, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: `${ROOT}/${folder}`,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  });
  const output = `${stdout}${stderr}`.replaceAll(/ · \d+(?:\.\d+)? s\b/g, ' · 0.4 s').trimEnd();
  return `$ ${command}\n${output}`;
}
