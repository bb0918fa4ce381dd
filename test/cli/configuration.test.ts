import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEBUG_APP, project, QUIET_APP, ratel, SLOW_CLIENT, write } from './run-cli.ts';

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

describe('rules that a configuration names', () => {
  it.each([
    [
      'ignore = ["flask-debug-enabeld"]',
      'ratel.toml: “ignore” names “flask-debug-enabeld”, and there is no such rule. Did you mean “flask-debug-enabled”?',
    ],
    ['select = ["FLK999"]', 'ratel.toml: “select” names “FLK999”, and there is no such rule. `ratel rules`'],
    [
      '[per-file-ignores]\n"tests/" = ["weak-hahs"]',
      'ratel.toml: “per-file-ignores” names “weak-hahs”, and there is no such rule. Did you mean “weak-hash”?',
    ],
  ])('exist: %s', (text, message) => {
    const cwd = project({ 'app.py': DEBUG_APP, 'ratel.toml': `${text}\n` });
    expect(ratel([], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
    expect(ratel(['--select', 'flask-debug-enabled'], { cwd }).code).toBe(2);
    expect(ratel(['--no-config'], { cwd }).code).toBe(1);
  });

  it('are all named when they do not exist', () => {
    const { err } = ratel([], {
      cwd: project({ 'pyproject.toml': '[tool.ratel]\nselect = ["aa", "bb"]\n[tool.ratel.per-file-ignores]\nx = ["cc"]\n' }),
    });
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^ratel: pyproject\.toml: .*“aa”/),
      expect.stringMatching(/^pyproject\.toml: .*“bb”/),
      expect.stringMatching(/^pyproject\.toml: “per-file-ignores” names “cc”/),
    ]);
  });

  it('may be those about ratel’s own comments', () => {
    const unused = '# ratel: ignore[flask-debug-enabled] not here\nx = 1\n';
    const cwd = project({ 'app.py': unused });
    const found = (...args: string[]) => ratel(['--format', 'concise', ...args], { cwd }).out;
    expect(found()).toContain('suppression-unused');
    for (const name of ['suppression-unused', 'RTL001', 'RUF100', 'suppressions']) {
      expect(found('--ignore', name)).toBe('');
      expect(found('--select', name, '--select', 'flask-debug-enabled')).toContain('suppression-unused');
    }
    expect(found('--select', 'flask-debug-enabled')).toBe('');
  });
});

describe('per-file-ignores', () => {
  it('are relative to the configuration, whatever is audited', () => {
    const cwd = project({
      'web/stall/run.py': DEBUG_APP,
      'stall/run.py': DEBUG_APP,
      'ratel.toml': '[per-file-ignores]\n"/web/stall/" = ["flask"]\n"/run.py" = ["flask-debug-enabled"]\n',
    });
    const places = (path: string) => ratel([path, '--format', 'concise'], { cwd }).out;
    expect(places('.')).toMatch(/^stall\/run\.py:6:5: .*\n$/);
    expect(places('web')).toBe('');
    expect(places('stall')).toMatch(/^run\.py:6:5: /);
  });
});

describe('init', () => {
  it('names rules that exist in its examples', () => {
    const cwd = project({ 'app.py': QUIET_APP });
    ratel(['init'], { cwd });
    const examples = readFileSync(join(cwd, 'ratel.toml'), 'utf8')
      .replaceAll(/^# For example: ((?:select|ignore) = )/gm, '$1')
      .replaceAll(/^#(?=\[per-file-ignores\]|"scripts\/")/gm, '');
    expect(examples).toMatch(/^select = \["[\s\S]*^ignore = \["[\s\S]*^\[per-file-ignores\]\n"/m);
    write(cwd, { 'ratel.toml': examples });
    expect(ratel([], { cwd })).toMatchObject({ code: 0, err: '' });
  });

  it('does not take the place of a table in pyproject.toml unasked', () => {
    const cwd = project({ 'pyproject.toml': '[tool.ratel]\nprofile = "strict"\n' });
    expect(ratel(['init'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('pyproject.toml has a table [tool.ratel]') });
    expect(ratel(['init', '--force'], { cwd }).code).toBe(0);
    expect(ratel(['init'], { cwd: project({ 'pyproject.toml': '[project]\nname = "shop"\n' }) }).code).toBe(0);
  });

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
