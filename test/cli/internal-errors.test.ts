import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { cleanEnvironment, DEBUG_APP, emptyFolder, program, project } from './run-cli.ts';

/** A copy of the program whose rules are damaged. */
function damaged(args: readonly string[]) {
  const folder = emptyFolder();
  cpSync(dirname(program()), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'pack.json'), '{"rules": 7}');
  return spawnSync(process.execPath, [join(folder, 'cli.js'), ...args], {
    cwd: project({ 'app.py': DEBUG_APP }),
    env: cleanEnvironment(),
    encoding: 'utf8',
  });
}

it('a bug is called one, and the exit code is 2', () => {
  const { status, stdout, stderr } = damaged([]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^ratel: internal error: .+\nThis is a bug in ratel, please report it: https:/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

it('--verbose shows the stack', () => {
  expect(damaged(['--verbose']).stderr).toMatch(/\n\s+at /);
});
