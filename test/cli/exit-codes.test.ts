import { describe, expect, it } from 'vitest';
import { DEBUG_APP, project, QUIET_APP, ratel, SLOW_CLIENT } from './run-cli.ts';

describe('exit codes', () => {
  it('0 when there is nothing', () => {
    const run = ratel(['.'], { cwd: project({ 'app.py': QUIET_APP }) });
    expect(run.code).toBe(0);
    expect(run.out).toContain('found nothing');
  });

  it('1 when there is a finding', () => {
    const run = ratel([], { cwd: project({ 'app.py': DEBUG_APP }) });
    expect(run.code).toBe(1);
    expect(run.out).toContain('app.py:6:5  error  flask-debug-enabled');
  });

  it('--fail-on says which severity fails, --min-severity what is shown', () => {
    const cwd = project({ 'client.py': SLOW_CLIENT });
    expect(ratel([], { cwd }).code).toBe(1);
    expect(ratel(['--fail-on', 'error'], { cwd }).code).toBe(0);
    expect(ratel(['--fail-on', 'error'], { cwd }).out).toContain('outbound-request-without-timeout');
    expect(ratel(['--fail-on', 'never'], { cwd }).code).toBe(0);
    expect(ratel(['--exit-zero'], { cwd }).code).toBe(0);
    expect(ratel(['--min-severity', 'error'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('found nothing') });
  });

  it('0 for an empty directory, and says so', () => {
    const run = ratel([], { cwd: project({}) });
    expect(run.code).toBe(0);
    expect(run.out + run.err).toMatch(/nothing was audited/i);
  });

  it('0 for a directory without anything that ratel reads', () => {
    const run = ratel([], { cwd: project({ 'main.go': 'package main\n', 'notes.md': '# Notes\n' }) });
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/nothing was audited/i);
  });

  it('a file with a syntax error is a gap, not a failure', () => {
    const run = ratel([], { cwd: project({ 'app.py': DEBUG_APP, 'broken.py': 'def f(:\n    pass\n\nx = 1\n' }) });
    expect(run.code).toBe(1);
    expect(run.out).toContain('broken.py');
    expect(run.out).toContain('1 gap');
  });
});

describe('wrong usage ends with 2 and says what to do', () => {
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [['--formt', 'json'], 'Did you mean “--format”?'],
    [['--format', 'sarfi'], 'Did you mean “sarif”?'],
    [['--format'], '--format needs a value'],
    [['--profile', 'strct'], 'Did you mean “strict”?'],
    [['--fail-on', 'high'], 'It is one of error, warning, note, never.'],
    [['no-such-place'], 'There is no file or directory “no-such-place”'],
    [['explian', 'S201'], 'Did you mean “explain”?'],
    [['--config', 'none.toml'], 'none.toml: there is no such configuration file'],
    [['--config', 'ratel.toml', '--no-config'], '--config and --no-config contradict each other'],
    [['--quiet', '--verbose'], '--quiet and --verbose contradict each other'],
    [['--exit-zero', '--fail-on', 'error'], '--exit-zero and --fail-on contradict each other'],
    [['--profile', 'strict', '--profile', 'default'], '--profile is given more than once'],
    [['--format', 'json', '--format', 'sarif'], 'would both go to standard output'],
    [['--format', 'json=a.json', '--format', 'sarif=a.json'], 'would both go to'],
    [['--format', 'json=a.json', '--output', 'b.txt'], 'every --format has a file already'],
    [['--format', 'json='], 'names no file'],
    [['--output', '.'], 'is a directory'],
    [['--output', 'missing/report.txt'], 'does not exist'],
    [['--baseline', 'none.json'], 'There is no baseline none.json'],
    [['--write-baseline', '--since', 'HEAD'], '--write-baseline with --since'],
    [['--write-baseline', '--format', 'json'], '--write-baseline writes no report'],
    [['--since', 'HEAD'], '--since needs a Git repository'],
    [['--select', 'flask-debug-enabeld'], 'Did you mean “flask-debug-enabled”?'],
    [['--ignore', 'no-such-rule-at-all'], 'There is no rule “no-such-rule-at-all”'],
    [['--rules', 'no-rules'], 'no-rules'],
    [['--select', ''], '--select has an empty value'],
    [['--ignore', ' , '], '--ignore has an empty value'],
    [['--rules', ''], '--rules has an empty value'],
    [['--config', ''], '--config has an empty value'],
    [['--since='], '--since has an empty value'],
    [['--quiet=maybe'], '--quiet takes no value, and “maybe” is given'],
    [['--select', 'DJG199'], 'There is no rule “DJG199”. `ratel rules`'],
    [['--select', 'FKL110'], 'Did you mean “FLK110”?'],
    [['--rules', 'app.py'], 'app.py is a file'],
    [['--rules', 'app.py/x'], 'There is no rule folder app.py/x'],
    [['--rules', '.'], 'There are no rules in'],
    [['explain'], '`ratel explain` needs a rule'],
    [['explain', 'flask'], 'rules --family flask'],
    [['explain', 'a'], 'There is no rule “a”. `ratel rules`'],
    [['explain', 'S201', 'S608'], 'has no use for “S608”'],
    [['rules', 'flask'], '--family flask'],
    [['init', 'here'], 'has no use for “here”'],
    [['completion', 'bash', 'zsh'], 'one shell at a time'],
    [['test-rules'], '`ratel test-rules` needs a folder'],
    [['test-rules', 'app.py'], 'app.py is a file'],
    [['explain', 'flask-debug'], 'Did you mean “flask-debug-enabled”'],
    [['rules', '--family', 'flsk'], 'Did you mean “flask”?'],
    [['rules', '--fail-on', 'error'], '--fail-on is an option of another command'],
    [['test-rules', 'no-rules'], 'no-rules'],
    [['completion', 'tcsh'], 'There is no completion for “tcsh”'],
  ];

  it.each(cases)('%j', (args, message) => {
    const run = ratel(args, { cwd: project({ 'app.py': DEBUG_APP, 'ratel.toml': '' }) });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(message);
    expect(run.err).toMatch(/^ratel: /);
    expect(run.err).not.toContain('internal error');
    expect(run.err).not.toMatch(/\n\s+at /);
  });
});
