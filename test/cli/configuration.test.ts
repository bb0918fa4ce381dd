import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEBUG_APP, project, ratel, SLOW_CLIENT } from './run-cli.ts';

describe('configuration', () => {
  it('is found above the audited directory, and options come before it', () => {
    const cwd = project({ 'pyproject.toml': '[tool.ratel]\nfail-on = "error"\n', 'shop/client.py': SLOW_CLIENT });
    expect(ratel(['shop'], { cwd }).code).toBe(0);
    expect(ratel(['shop', '--fail-on', 'warning'], { cwd }).code).toBe(1);
    expect(ratel(['shop', '--no-config'], { cwd }).code).toBe(1);
  });

  it('an unknown key is an error with the nearest known one', () => {
    const run = ratel([], { cwd: project({ 'app.py': DEBUG_APP, 'ratel.toml': '# ours\nfail_on = "error"\n' }) });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('ratel.toml:2');
    expect(run.err).toContain('Did you mean “fail-on”?');
  });

  it('broken TOML names the line', () => {
    const run = ratel([], { cwd: project({ 'app.py': DEBUG_APP, 'ratel.toml': 'profile = \n' }) });
    expect(run.code).toBe(2);
    expect(run.err).toContain('ratel.toml:1');
  });

  it('--ignore adds to the file, --select replaces it', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'client.py': SLOW_CLIENT, 'ratel.toml': 'ignore = ["flask-debug-enabled"]\n' });
    expect(ratel(['--format', 'concise'], { cwd }).out).toMatch(/^client\.py:.*\n$/);
    expect(ratel(['--format', 'concise', '--ignore', 'outbound-request-without-timeout'], { cwd }).out).toBe('');
  });

  it('rules are named by id, code, alias or family', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'client.py': SLOW_CLIENT });
    for (const name of ['flask-debug-enabled', 'FLK110', 'S201', 'B201,S602', 'flask']) {
      const { out } = ratel(['--format', 'concise', '--select', name], { cwd });
      expect(out).toContain('flask-debug-enabled');
      expect(out).not.toContain('client.py');
    }
  });
});

describe('init', () => {
  it('writes a configuration that sets nothing', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    const run = ratel(['init'], { cwd });
    expect(run).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(join(cwd, 'ratel.toml'), 'utf8')).toContain('#fail-on = "warning"');
    expect(ratel([], { cwd }).code).toBe(1);
  });

  it('overwrites only when told to', () => {
    const cwd = project({ 'ratel.toml': 'profile = "strict"\n' });
    expect(ratel(['init'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('--force') });
    expect(readFileSync(join(cwd, 'ratel.toml'), 'utf8')).toBe('profile = "strict"\n');
    expect(ratel(['init', '--force'], { cwd }).code).toBe(0);
  });
});
