import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, DEBUG_APP, project, QUIET_APP, ratel, write } from './run-cli.ts';

/** `path:line` of each finding. */
function places(args: readonly string[], cwd: string): readonly string[] {
  const { findings } = JSON.parse(ratel([...args, '--format', 'json'], { cwd }).out);
  return findings.map((finding: { path: string; region: { startLine: number } }) => `${finding.path}:${finding.region.startLine}`);
}

const SHOP = {
  'manage.py': '',
  'shop/__init__.py': '',
  'shop/settings.py': 'WAIT = True\n',
  'shop/main.py': `from flask import Flask\nfrom .settings import WAIT\n\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(debug=WAIT)\n`,
  'stall/__init__.py': '',
  'stall/run.py': DEBUG_APP,
};

describe('paths', () => {
  it('a directory is the audited root', () => {
    const cwd = project(SHOP);
    expect(places([], cwd)).toEqual(['shop/main.py:6', 'stall/run.py:6']);
    expect(places(['stall'], cwd)).toEqual(['run.py:6']);
  });

  it('a file reports on itself, and the project around it is still read', () => {
    const cwd = project(SHOP);
    // That debug mode is on stands in another file.
    expect(places(['shop/main.py'], cwd)).toEqual(['shop/main.py:6']);
    expect(places(['shop/settings.py'], cwd)).toEqual([]);
    expect(places(['shop/main.py', 'stall/run.py'], cwd)).toEqual(['shop/main.py:6', 'stall/run.py:6']);
  });

  it('from a directory below, files are named from the root of the project', () => {
    const cwd = project(SHOP);
    expect(places(['main.py'], join(cwd, 'shop'))).toEqual(['shop/main.py:6']);
  });

  it('several directories filter the report of one audit', () => {
    const cwd = project({ ...SHOP, 'other/run.py': DEBUG_APP });
    expect(places(['shop', 'stall'], cwd)).toEqual(['shop/main.py:6', 'stall/run.py:6']);
    expect(places(['stall', 'other/run.py'], cwd)).toEqual(['other/run.py:6', 'stall/run.py:6']);
    expect(places(['.', 'stall'], cwd)).toHaveLength(3);
  });

  it('a path that begins with a dash stands behind --', () => {
    const cwd = project({ '-odd.py': DEBUG_APP, 'app.py': DEBUG_APP });
    const run = ratel(['--format', 'concise', '--', '-odd.py'], { cwd });
    expect(run.out).toMatch(/^-odd\.py:6:5: /);
    expect(run.out).not.toContain('app.py');
  });

  it('a link to a file means the file', () => {
    const cwd = project({ 'real/app.py': DEBUG_APP, 'pyproject.toml': '' });
    symlinkSync('real/app.py', join(cwd, 'link.py'));
    expect(places(['link.py'], cwd)).toEqual(['real/app.py:6']);
  });

  it('a command that is also a directory', () => {
    const cwd = project({ 'rules/app.py': DEBUG_APP });
    expect(places(['audit', 'rules'], cwd)).toEqual(['app.py:6']);
    expect(places(['./rules'], cwd)).toEqual(['app.py:6']);
  });

  it('a named file that is excluded stays out, and is named', () => {
    const cwd = project({ 'pyproject.toml': '[tool.ratel]\nextend-exclude = ["old/"]\n', 'old/app.py': DEBUG_APP });
    const run = ratel(['old/app.py'], { cwd });
    expect(run.code).toBe(0);
    expect(run.err).toContain('not audited, because excluded or of no kind that ratel reads: old/app.py');
  });
});

describe('--since', () => {
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...args], {
      cwd,
      env: cleanEnvironment(),
      stdio: 'pipe',
    });

  function repository(): string {
    const cwd = project({ 'old.py': DEBUG_APP, 'moved.py': QUIET_APP, 'kept.py': DEBUG_APP, '.gitignore': 'ignored.py\n' });
    git(cwd, 'init', '-q', '-b', 'main');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'first');
    return cwd;
  }

  it('reports on committed, staged, unstaged and new files, and on no other', () => {
    const cwd = repository();
    git(cwd, 'switch', '-qc', 'topic');
    write(cwd, { 'committed.py': DEBUG_APP });
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'second');
    write(cwd, { 'staged.py': DEBUG_APP, 'old.py': `${DEBUG_APP}\n`, 'ignored.py': DEBUG_APP });
    git(cwd, 'add', 'staged.py');
    write(cwd, { 'new file.py': DEBUG_APP, 'ümlaut.py': DEBUG_APP });
    expect(places(['--since', 'main'], cwd)).toEqual(['committed.py:6', 'new file.py:6', 'old.py:6', 'staged.py:6', 'ümlaut.py:6']);
    expect(places(['--since', 'main', 'staged.py', 'kept.py'], cwd)).toEqual(['staged.py:6']);
  });

  it('compares with where the branch began', () => {
    const cwd = repository();
    git(cwd, 'branch', 'topic');
    write(cwd, { 'kept.py': `${DEBUG_APP}# later\n` });
    git(cwd, 'commit', '-qam', 'on main');
    git(cwd, 'switch', '-q', 'topic');
    write(cwd, { 'mine.py': DEBUG_APP });
    expect(places(['--since', 'main'], cwd)).toEqual(['mine.py:6']);
  });

  it('works for a directory of the repository, and changes nothing', () => {
    const cwd = repository();
    write(cwd, { 'sub/app.py': DEBUG_APP, 'top.py': DEBUG_APP });
    const before = git(cwd, 'status', '--porcelain').toString();
    expect(places(['--since', 'HEAD', 'sub'], cwd)).toEqual(['app.py:6']);
    expect(git(cwd, 'status', '--porcelain').toString()).toBe(before);
  });

  it('knows nothing of the repository whose hook it runs in', () => {
    const cwd = repository();
    write(cwd, { 'new.py': DEBUG_APP });
    mkdirSync(join(cwd, 'elsewhere'));
    const run = ratel(['--since', 'HEAD', '--format', 'concise'], {
      cwd,
      env: { GIT_DIR: join(cwd, 'elsewhere'), GIT_INDEX_FILE: 'none' },
    });
    expect(run.out).toMatch(/^new\.py:6:5: /);
  });

  it.each(['nowhere', '-x', '--output=/tmp/x', 'HEAD:old.py'])('%s is no revision', (revision) => {
    const run = ratel([`--since=${revision}`], { cwd: repository() });
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/no revision|is no Git revision/);
  });
});
