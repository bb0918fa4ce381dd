import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The pages hold what every rule prints about its example, so all of them run. */
const PATIENCE = 240_000;

it('schemas and documentation are what `npm run docs` writes', { timeout: PATIENCE }, () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts', '--check'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
});
