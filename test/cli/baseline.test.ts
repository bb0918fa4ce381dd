import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEBUG_APP, project, ratel, SLOW_CLIENT, write } from './run-cli.ts';

describe('baseline', () => {
  it('accepts what is there, and nothing new', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    const written = ratel(['--write-baseline'], { cwd });
    expect(written).toMatchObject({ code: 0, out: '' });
    expect(written.err).toContain('ratel-baseline.json accepts 1 finding.');
    expect(ratel(['--baseline', 'ratel-baseline.json'], { cwd }).code).toBe(0);

    write(cwd, { 'app.py': `"""Moved down."""\n\n${DEBUG_APP}`, 'client.py': SLOW_CLIENT });
    const run = ratel(['--baseline', 'ratel-baseline.json', '--format', 'concise'], { cwd });
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/^client\.py:/);
    expect(run.out.trim().split('\n')).toHaveLength(1);
  });

  it('is named by the configuration as well', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'ratel.toml': 'baseline = "ci/known.json"\n', 'ci/.keep': '' });
    expect(ratel(['--write-baseline'], { cwd }).err).toContain('ci/known.json accepts 1 finding.');
    expect(ratel([], { cwd }).code).toBe(0);
  });

  it('drops what is gone and keeps what was not judged', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'client.py': SLOW_CLIENT });
    ratel(['--write-baseline'], { cwd });
    write(cwd, { 'app.py': '' });
    ratel(['--write-baseline', '--select', 'flask-debug-enabled'], { cwd });
    const { findings } = JSON.parse(readFileSync(join(cwd, 'ratel-baseline.json'), 'utf8'));
    expect(findings.map((entry: { rule: string }) => entry.rule)).toEqual(['outbound-request-without-timeout']);
  });

  it('says when it is broken, and is written anew', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    ratel(['--write-baseline'], { cwd });
    const text = readFileSync(join(cwd, 'ratel-baseline.json'), 'utf8');
    write(cwd, { 'ratel-baseline.json': text.replace('"findings"', '<<<<<<< HEAD\n"findings"') });
    expect(ratel(['--baseline', 'ratel-baseline.json'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--write-baseline'),
    });
    expect(ratel(['--write-baseline'], { cwd }).code).toBe(0);
    expect(ratel(['--baseline', 'ratel-baseline.json'], { cwd }).code).toBe(0);
  });

  it('overwrites nothing that is no baseline', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'package.json': '{"name": "shop"}' });
    expect(ratel(['--write-baseline', '--baseline', 'package.json'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no baseline'),
    });
    expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toBe('{"name": "shop"}');
  });
});
