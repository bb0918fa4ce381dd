import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/source/collect.ts';
import { addTo, git, makeTree, pathsIn } from './tree.ts';

describe('ignore files', () => {
  it('count at every level, and the deeper one wins', () => {
    const root = makeTree({
      '.gitignore': '*.log\n/generated/\nlocal_*.py\n',
      'app.py': '',
      'a.log': '',
      'local_settings.py': '',
      'generated/x.py': '',
      'sub/generated/y.py': '',
      'sub/.gitignore': '!local_settings.py\n/secret.py\n',
      'sub/local_settings.py': '',
      'sub/local_other.py': '',
      'sub/secret.py': '',
      'sub/deep/secret.py': '',
    });
    expect(pathsIn(root)).toEqual([
      '.gitignore',
      'app.py',
      'sub/.gitignore',
      'sub/deep/secret.py',
      'sub/generated/y.py',
      'sub/local_settings.py',
    ]);
  });

  it('cannot bring back a file whose directory is ignored', () => {
    const root = makeTree({ '.gitignore': 'cache/\n!cache/keep.py\n', 'cache/keep.py': '', 'cache/.gitignore': '!keep.py', 'a.py': '' });
    expect(pathsIn(root)).toEqual(['.gitignore', 'a.py']);
  });

  it('count above the audited root up to the top of the work tree, with info/exclude', () => {
    const root = makeTree({
      '.gitignore': '*_gen.py\n/web/old/\n!keep_gen.py\n',
      'web/.gitignore': 'tmp.py\n',
      'web/old/a.py': '',
      'web/app/a.py': '',
      'web/app/a_gen.py': '',
      'web/app/keep_gen.py': '',
      'web/app/tmp.py': '',
      'web/app/private.py': '',
    });
    git(root, 'init', '-q');
    writeFileSync(join(root, '.git/info/exclude'), 'private.py\n');
    expect(pathsIn(join(root, 'web/app'))).toEqual(['a.py', 'keep_gen.py']);
    expect(pathsIn(join(root, 'web'))).toEqual(['.gitignore', 'app/a.py', 'app/keep_gen.py']);
  });

  it('do not hide a root that somebody names although it is ignored', () => {
    const root = makeTree({ '.gitignore': 'vendor/\n', 'vendor/pkg/a.py': '', 'vendor/pkg/.gitignore': 'b.py', 'vendor/pkg/b.py': '' });
    git(root, 'init', '-q');
    expect(pathsIn(join(root, 'vendor/pkg'))).toEqual(['.gitignore', 'a.py']);
  });

  it('are not obeyed when respectGitignore is off', () => {
    const root = makeTree({ '.gitignore': 'a.py', 'a.py': '' });
    expect(pathsIn(root, { respectGitignore: false })).toEqual(['.gitignore', 'a.py']);
  });

  it('do not hide what Git tracks, and say what it tracks', () => {
    const root = makeTree({ '.gitignore': '.env\nbuilt/\n', '.env': 'KEY=1', 'built/a.py': '', 'built/b.py': '', 'new.py': '' });
    git(root, 'init', '-q');
    git(root, 'add', '-f', '.env', 'built/a.py');
    const tracked = collect({ root }).files.map(({ path, tracked }) => [path, tracked]);
    expect(tracked).toEqual([
      ['.env', true],
      ['.gitignore', false],
      ['built/a.py', true],
      ['new.py', false],
    ]);
  });

  it.each(['2', '3', '4'])('read version %s of the index, with names that are not ASCII', (version) => {
    const names = ['a/é.py', 'a/long/common/prefix/one.py', 'a/long/common/prefix/two.py', 'b.py', '名前.py'];
    const root = makeTree(Object.fromEntries(names.map((name) => [name, ''])));
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    // An intent to add needs the extended flags that version 3 has.
    addTo(root, { 'later.py': '' });
    if (version === '3') git(root, 'add', '-N', 'later.py');
    git(root, 'update-index', '--index-version', version);
    const tracked = collect({ root })
      .files.filter((file) => file.tracked)
      .map((file) => file.path);
    expect(tracked).toEqual([...names, ...(version === '3' ? ['later.py'] : [])].sort());
    expect(collect({ root: join(root, 'a/long') }).files.map(({ path, tracked }) => [path, tracked])).toEqual([
      ['common/prefix/one.py', true],
      ['common/prefix/two.py', true],
    ]);
  });

  it('leave it open what is tracked when the index is split or damaged', () => {
    const root = makeTree({ 'a.py': '' });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'update-index', '--split-index');
    expect(collect({ root }).files.map((file) => file.tracked)).toEqual([undefined]);
    writeFileSync(join(root, '.git/index'), 'DIRC\0\0\0\x02\0\0\xff\xff and then nothing of what it promised');
    expect(collect({ root }).files.map((file) => file.tracked)).toEqual([undefined]);
  });

  it('of an outer repository end at a repository inside it', () => {
    const root = makeTree({ '.gitignore': 'a.py\n', 'a.py': '', 'inner/a.py': '', 'inner/b.py': '', 'inner/.gitignore': 'b.py' });
    git(root, 'init', '-q');
    git(root, 'add', '.gitignore');
    git(join(root, 'inner'), 'init', '-q');
    git(join(root, 'inner'), 'add', 'a.py');
    expect(collect({ root }).files.map(({ path, tracked }) => [path, tracked])).toEqual([
      ['.gitignore', true],
      ['inner/.gitignore', false],
      ['inner/a.py', true],
    ]);
  });

  it('work in a linked work tree', () => {
    const root = makeTree({ 'main/a.py': '' });
    const main = join(root, 'main');
    git(main, 'init', '-q');
    git(main, 'add', '-A');
    git(main, 'commit', '-q', '-m', 'one');
    git(main, 'worktree', 'add', '-q', '../linked');
    writeFileSync(join(main, '.git/info/exclude'), 'private.py\n');
    addTo(root, { 'linked/private.py': '' });
    const collected = collect({ root: join(root, 'linked') });
    expect(collected.gitRoot).toBe(join(collected.root));
    expect(collected.files.map(({ path, tracked }) => [path, tracked])).toEqual([['a.py', true]]);
  });

  it('with hostile patterns cost no more than a gap', () => {
    const deep = `${'a/'.repeat(90)}b.py`;
    const root = makeTree({
      '.gitignore': `**/a/**/a/**/a/**/c\n*${'.'.repeat(200_000)}!\nskip.py\n`,
      'skip.py': '',
      [deep]: '',
      '.../x.py': '',
    });
    const started = performance.now();
    const collected = collect({ root });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(collected.files.map((file) => file.path)).toEqual(['.../x.py', '.gitignore', deep]);
    expect(collected.gaps).toEqual([{ path: '.gitignore', reason: 'limit', detail: expect.stringContaining('not applied') }]);
  });

  it('that are too large are a gap', () => {
    const root = makeTree({ '.gitignore': `a.py\n${'#'.repeat(100)}\n`, 'a.py': '' });
    const collected = collect({ root, limits: { ignoreFileBytes: 50 } });
    expect(collected.files.map((file) => file.path)).toContain('a.py');
    expect(collected.gaps).toEqual([{ path: '.gitignore', reason: 'too-large', detail: expect.stringContaining('not applied') }]);
  });
});
