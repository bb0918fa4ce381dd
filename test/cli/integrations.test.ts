import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cleanEnvironment, DEBUG_APP, program, project, ratel } from './run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => parse(readFileSync(join(ROOT, file), 'utf8'));

describe('the GitHub action', () => {
  const action = read('action.yml');
  const [step] = action.runs.steps;

  /** Runs the action's script as a runner does: in bash, inputs in the environment. */
  function run(cwd: string, inputs: Readonly<Record<string, string>>) {
    const defaults = Object.fromEntries(Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [name, input.default]));
    const values = { ...defaults, ...inputs };
    const env = Object.fromEntries(
      Object.entries<string>(step.env).map(([name, expression]) => {
        const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1];
        return [name, input === undefined ? ROOT : (values[input] ?? '')];
      }),
    );
    return spawnSync('bash', ['-c', step.run], { cwd, env: cleanEnvironment({ ...env, CI: 'true' }), encoding: 'utf8' });
  }

  it('audits, writes SARIF and fails on findings', () => {
    program();
    const cwd = project({ 'app.py': DEBUG_APP });
    const { status, stdout } = run(cwd, {});
    expect(status).toBe(1);
    expect(stdout).toContain('flask-debug-enabled');
    expect(JSON.parse(readFileSync(join(cwd, 'ratel.sarif'), 'utf8')).runs[0].results).toHaveLength(1);
  });

  it('takes a path with blanks, further options, and when to fail', () => {
    const cwd = project({ 'my shop/app.py': DEBUG_APP });
    const { status, stderr } = run(cwd, {
      path: 'my shop',
      args: '--profile strict  --ignore flask-dev-server-exposed',
      'fail-on': 'never',
      'sarif-file': 'out.sarif',
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(existsSync(join(cwd, 'out.sarif'))).toBe(true);
  });

  it('an input is never a command', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    run(cwd, { args: '$(touch owned)', path: '; touch owned' });
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
    expect(step.run).not.toContain('${{');
  });

  it('has a documented input for each', () => {
    const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
    for (const name of Object.keys(action.inputs)) expect(page).toContain(`| \`${name}\` |`);
  });
});

describe('the pre-commit hooks', () => {
  const hooks: readonly { id: string; entry: string; pass_filenames?: boolean; require_serial: boolean }[] = read('.pre-commit-hooks.yaml');

  it('one for files, one for the project', () => {
    expect(hooks.map(({ id, pass_filenames }) => [id, pass_filenames ?? true])).toEqual([
      ['ratel', true],
      ['ratel-project', false],
    ]);
    expect(hooks.every((hook) => hook.require_serial)).toBe(true);
  });

  it.each(hooks)('$id: what it starts is understood', ({ entry, pass_filenames }) => {
    const [name, ...args] = entry.split(' ');
    expect(name).toBe('ratel');
    const cwd = project({ 'app.py': DEBUG_APP, 'tool.py': '' });
    expect(ratel([...args, ...(pass_filenames === false ? [] : ['app.py', 'tool.py'])], { cwd }).code).toBe(1);
  });
});
