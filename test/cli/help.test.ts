import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../src/report/reporter.ts';
import { project, ratel, shell } from './run-cli.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

describe('help', () => {
  it('shows commands, options, examples and exit codes on standard output', () => {
    const run = ratel(['--help']);
    expect(run).toMatchObject({ code: 0, err: '' });
    for (const word of ['ratel explain [rule]', '--write-baseline', '--fail-on', 'Examples:', 'Exit codes:'])
      expect(run.out).toContain(word);
    expect(Math.max(...run.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('names every report format', () => {
    const text = ratel(['--help']).out.replaceAll(/\s+/g, ' ');
    for (const format of Object.keys(REPORT_FORMATS)) expect(text).toMatch(new RegExp(`\\b${format}\\b`));
  });

  it.each(['audit', 'explain', 'rules', 'init', 'test-rules'])('there is help for %s', (command) => {
    expect(ratel([command, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining(`ratel ${command}`) });
  });

  it.each([['--version'], ['-V'], ['rules', '--version']])('version by %j %j', (...args) => {
    expect(ratel(args)).toEqual({ code: 0, out: `ratel ${version}\n`, err: '' });
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s', (name) => {
    const run = ratel(['completion', name]);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toContain('ratel');
    expect(run.out).toContain('--get-yargs-completions');
  });

  it('works in bash', () => {
    const complete = (words: string) =>
      shell(
        `source <(ratel completion bash)\nCOMP_WORDS=(${words}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))\n_ratel_yargs_completions; echo "\${COMPREPLY[*]}"`,
        { cwd: project({}) },
      ).out.trim();
    expect(complete('ratel ex')).toBe('explain');
    expect(complete('ratel --min')).toBe('--min-severity --min-confidence');
    expect(complete('ratel --profile s')).toBe('strict');
    expect(complete('ratel --format sa')).toBe('sarif');
    expect(complete('ratel explain flask-debug-e')).toBe('flask-debug-enabled');
  });
});
