import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEBUG_APP, emptyFolder, project, ratel, shell } from './run-cli.ts';

const ESCAPE = '\u001b';

describe('where reports go', () => {
  it('results on standard output, nothing else there', () => {
    const run = ratel(['--format', 'json'], { cwd: project({ 'app.py': DEBUG_APP }) });
    expect(run.err).toBe('');
    const report = JSON.parse(run.out);
    expect(report.schema).toBe('ratel-report/1');
    expect(report.findings[0]).toMatchObject({ ruleId: 'flask-debug-enabled', path: 'app.py', region: { startLine: 6, startColumn: 5 } });
  });

  it('several formats in one run', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    const out = emptyFolder();
    const run = ratel(['-f', `sarif=${out}/r.sarif`, '-f', `json=${out}/r.json`, '-f', 'concise'], { cwd });
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/^app\.py:6:5: error flask-debug-enabled /);
    expect(run.err).toContain('1 finding written to');
    expect(JSON.parse(readFileSync(join(out, 'r.sarif'), 'utf8')).runs[0].results).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(out, 'r.json'), 'utf8')).findings).toHaveLength(1);
  });

  it('--output writes what would be printed, without colour', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    const run = ratel(['--output', 'report.txt', '--color', 'always'], { cwd });
    expect(run).toMatchObject({ code: 1, out: '' });
    const text = readFileSync(join(cwd, 'report.txt'), 'utf8');
    expect(text).toContain('flask-debug-enabled');
    expect(text).not.toContain(ESCAPE);
  });

  it('the same run gives the same bytes', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'shop/views.py': DEBUG_APP, 'shop/__init__.py': '' });
    const formats = ['json', 'sarif', 'gitlab', 'junit', 'github', 'concise'];
    const reports = () => {
      const out = emptyFolder();
      ratel(
        formats.flatMap((format) => ['-f', `${format}=${out}/${format}`]),
        { cwd },
      );
      return formats.map((format) => readFileSync(join(out, format), 'utf8'));
    };
    expect(reports()).toEqual(reports());
  });

  it.skipIf(process.getuid?.() === 0)('a folder that may not be written to', () => {
    const folder = emptyFolder();
    chmodSync(folder, 0o555);
    const run = ratel(['--output', `${folder}/report.txt`], { cwd: project({ 'app.py': DEBUG_APP }) });
    chmodSync(folder, 0o755);
    expect(run.code).toBe(2);
    expect(run.err).toContain('cannot be written');
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    const file = ratel(['--output', '/dev/full'], { cwd });
    expect(file).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^ratel: \/dev\/full cannot be written \(ENOSPC.*\n$/) });
    const stream = shell('ratel > /dev/full', { cwd });
    expect(stream).toMatchObject({ code: 2, err: expect.stringMatching(/^ratel: standard output cannot be written \(ENOSPC.*\n$/) });
  });

  it('a file below a file', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'notes.txt': '' });
    expect(ratel(['--output', 'notes.txt/report.txt'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be written'),
    });
  });

  it('a reader that goes away ends it quietly', () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`app${at}.py`, DEBUG_APP]));
    const run = shell('(ratel; echo "ended with $?" >&2) | head -n 1', { cwd: project(files) });
    expect(run.out).toBe('app0.py:6:5  error  flask-debug-enabled\n');
    expect(run.err).toBe('ended with 1\n');
  });

  it('help into a closed pipe is quiet too', () => {
    expect(shell('ratel --help | head -n 1').err).toBe('');
  });

  it('--quiet leaves places and messages', () => {
    const run = ratel(['--quiet'], { cwd: project({ 'app.py': DEBUG_APP }) });
    expect(run.err).toBe('');
    expect(run.out).not.toContain('Mend');
    expect(run.out.split('\n')[0]).toBe('app.py:6:5  error  flask-debug-enabled');
  });
});

describe('looks', () => {
  const look = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    ratel(args, { cwd: project({ 'app.py': DEBUG_APP }), env });

  it('no colour, links or progress in a pipe', () => {
    const run = look([]);
    expect(run.out).not.toContain(ESCAPE);
    expect(run.err).toBe('');
  });

  it('FORCE_COLOR, CLICOLOR_FORCE and --color always colour it, never with links', () => {
    for (const run of [look([], { FORCE_COLOR: '1' }), look([], { CLICOLOR_FORCE: '1' }), look(['--color', 'always'], { NO_COLOR: '1' })]) {
      expect(run.out).toContain(`${ESCAPE}[`);
      expect(run.out).not.toContain(`${ESCAPE}]8;;`);
    }
  });

  it('NO_COLOR and --color never turn it off', () => {
    expect(look([], { NO_COLOR: '1', FORCE_COLOR: '1' }).out).not.toContain(ESCAPE);
    expect(look(['--color', 'never'], { FORCE_COLOR: '1' }).out).not.toContain(ESCAPE);
  });

  it('COLUMNS says how wide lines are, and files are as wide as ever', () => {
    const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
    const cwd = project({ 'app.py': DEBUG_APP });
    const env = { COLUMNS: '60' };
    expect(widest(ratel([], { cwd, env }).out)).toBeLessThanOrEqual(60);
    expect(widest(ratel(['--help'], { env }).out)).toBeLessThanOrEqual(60);
    expect(widest(ratel(['rules'], { env }).out)).toBeLessThanOrEqual(60);
    ratel(['-f', 'human=narrow.txt'], { cwd, env });
    ratel(['-f', 'human=wide.txt'], { cwd });
    const [narrow, wide] = ['narrow.txt', 'wide.txt'].map((name) => readFileSync(join(cwd, name), 'utf8').replace(/[\d.]+ s\n/, ''));
    expect(narrow).toBe(wide);
  });

  it.skipIf(!existsSync('/usr/bin/script'))('a terminal gets colour, and a progress line that is gone at the end', () => {
    const cwd = project({ 'app.py': DEBUG_APP });
    const inTerminal = (args: string, env: Readonly<Record<string, string>> = {}) => {
      writeFileSync(join(cwd, 'run.sh'), `${process.execPath} ${join(import.meta.dirname, '../../dist/cli.js')} ${args}\n`);
      return shell('script -qec "sh run.sh" /dev/null', { cwd, env: { TERM: 'xterm-256color', ...env } }).out;
    };
    const shown = inTerminal('app.py');
    expect(shown).toContain('ratel: reading files');
    expect(shown).toContain(`${ESCAPE}]8;;`);
    // What is left on the screen begins behind the last time the line is cleared.
    expect(shown.slice(shown.lastIndexOf(`${ESCAPE}[2K`))).not.toContain('reading files');
    expect(inTerminal('app.py --no-progress')).not.toContain('reading files');
    expect(inTerminal('app.py', { TERM: 'dumb' })).not.toContain(`${ESCAPE}[3`);
  });
});
