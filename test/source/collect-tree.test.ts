import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/source/collect.ts';
import { readSource } from '../../src/source/read-source.ts';
import { UserError } from '../../src/util/user-error.ts';
import { addTo, fileIn, git, makeTree, pathsIn } from './tree.ts';

const onWindows = process.platform === 'win32';
const readsEverything = process.getuid?.() === 0;

describe('a tree', () => {
  it('that is empty has no files and no gaps', () => {
    const root = makeTree({});
    expect(collect({ root })).toMatchObject({ files: [], gaps: [] });
  });

  it('without Python still lists what there is', () => {
    expect(pathsIn(makeTree({ 'README.md': '', 'src/a.js': '' }))).toEqual(['README.md', 'src/a.js']);
  });

  it('is listed by path in code-unit order, the same for every way to name its root', () => {
    const root = makeTree({ 'b/a.py': '', 'b-c.py': '', 'B.py': '', 'a.py': '', 'ä.py': '', 'b.py': '' });
    expect(pathsIn(root)).toEqual(['B.py', 'a.py', 'b-c.py', 'b.py', 'b/a.py', 'ä.py']);
    expect(pathsIn(`${root}/b/../`)).toEqual(pathsIn(root));
  });

  it('that does not exist, or is a file, is the mistake of who named it', () => {
    const root = makeTree({ 'a.py': '' });
    expect(() => collect({ root: join(root, 'nowhere') })).toThrow(UserError);
    expect(() => collect({ root: join(root, 'nowhere') })).toThrow(/there is no such directory/);
    expect(() => collect({ root: join(root, 'a.py') })).toThrow(/is a file, not a directory/);
  });

  it('with a directory that cannot be read loses nothing else', () => {
    const root = makeTree({ 'closed/a.py': '', 'open/b.py': '' });
    // A path longer than the system allows fails for every user, root included.
    const name = 'd'.repeat(250);
    let directory = root;
    for (let depth = 0; depth < 12; depth++) {
      directory = join(directory, name);
      mkdirSync(directory);
    }
    for (let depth = 0; depth < 12; depth++) {
      const moved = join(root, `deeper${depth}`);
      mkdirSync(moved);
      renameSync(join(root, name), join(moved, name));
      renameSync(moved, join(root, name));
    }
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual(['closed/a.py', 'open/b.py']);
    expect(collected.gaps).toEqual([
      { path: expect.stringContaining(name), reason: 'unreadable', detail: expect.stringContaining('longer than the system allows') },
    ]);
    execFileSync('rm', ['-rf', join(root, name)]);
  });

  it.skipIf(onWindows || readsEverything)('with a file or a directory without permission loses nothing else', () => {
    const root = makeTree({ 'closed/a.py': '', 'locked.py': '', 'open/b.py': '' });
    chmodSync(join(root, 'closed'), 0);
    chmodSync(join(root, 'locked.py'), 0);
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual(['locked.py', 'open/b.py']);
    expect(collected.gaps).toEqual([{ path: 'closed', reason: 'unreadable', detail: 'directory: permission denied' }]);
    expect(readSource(fileIn(collected, 'locked.py')).gap).toEqual({
      path: 'locked.py',
      reason: 'unreadable',
      detail: 'permission denied',
    });
    chmodSync(join(root, 'closed'), 0o700);
  });

  it('from which a file vanishes between listing and reading has a gap for it', () => {
    const root = makeTree({ 'a.py': 'x = 1', 'b.py': 'y = 2' });
    const collected = collect({ root });
    rmSync(join(root, 'a.py'));
    const results = collected.files.map((file) => readSource(file));
    expect(results[0]).toEqual({ gap: { path: 'a.py', reason: 'unreadable', detail: 'vanished while the audit ran' } });
    expect(results[1]?.text?.text).toBe('y = 2');
  });

  it.skipIf(onWindows)('keeps names with spaces, escapes and control characters as they are', () => {
    const names = ['a b.py', 'new\nline.py', 'red\u001b[31m.py', 'quo\'te".py', 'back\\slash.py'];
    const root = makeTree(Object.fromEntries(names.map((name) => [name, 'x = 1'])));
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual([...names].sort());
    for (const file of collected.files) expect(readSource(file).text?.text).toBe('x = 1');
  });

  it.skipIf(process.platform !== 'linux')('with a name that is not UTF-8 has a gap for it', () => {
    const root = makeTree({ 'ok.py': '' });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]), '');
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual(['ok.py']);
    expect(collected.gaps).toEqual([{ path: 'caf\uFFFD.py', reason: 'unreadable', detail: expect.stringContaining('not UTF-8') }]);
  });

  it.skipIf(onWindows)('with a pipe that is named like a module is not waited for', () => {
    const root = makeTree({ 'ok.py': '' });
    execFileSync('mkfifo', [join(root, 'pipe.py'), join(root, 'plain')]);
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual(['ok.py']);
    expect(collected.gaps).toEqual([{ path: 'pipe.py', reason: 'unreadable', detail: 'is no regular file' }]);
    const file = fileIn(collected, 'ok.py');
    expect(readSource({ ...file, absolutePath: join(root, 'pipe.py') }).gap?.reason).toBe('unreadable');
  });
});

describe.skipIf(onWindows)('symbolic links', () => {
  it('inside the root are found at their real place, once', () => {
    const root = makeTree({ 'app/views.py': '', 'app/sub/b.py': '' });
    symlinkSync('views.py', join(root, 'app/alias.py'));
    symlinkSync('app', join(root, 'link'));
    symlinkSync(join(root, 'app/sub'), join(root, 'absolute'));
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual(['app/sub/b.py', 'app/views.py']);
    expect(collected.gaps).toEqual([]);
  });

  it('in a loop end, with a gap for one that leads nowhere but to itself', () => {
    const root = makeTree({ 'app/a.py': '' });
    symlinkSync('..', join(root, 'app/up'));
    symlinkSync('.', join(root, 'app/here'));
    symlinkSync('two.py', join(root, 'one.py'));
    symlinkSync('one.py', join(root, 'two.py'));
    const collected = collect({ root });
    expect(collected.files.map((file) => file.path)).toEqual(['app/a.py']);
    expect(collected.gaps.map(({ path, reason }) => `${path} ${reason}`)).toEqual(['one.py link', 'two.py link']);
  });

  it('out of the root are not followed, and said', () => {
    const outside = makeTree({ 'secret.py': 'KEY = 1', 'picture.png': '', 'package/a.py': '' });
    const root = makeTree({ 'a.py': '' });
    symlinkSync(join(outside, 'secret.py'), join(root, 'stolen.py'));
    symlinkSync(join(outside, 'package'), join(root, 'package'));
    symlinkSync(join(outside, 'picture.png'), join(root, 'picture.png'));
    symlinkSync(join(outside, 'nothing.py'), join(root, 'broken.py'));
    // A directory next to the root whose name starts like it is outside as well.
    mkdirSync(`${root}-twin`);
    symlinkSync(`${root}-twin`, join(root, 'twin'));
    const collected = collect({ root });
    rmSync(`${root}-twin`, { recursive: true });
    expect(collected.files.map((file) => file.path)).toEqual(['a.py']);
    expect(collected.gaps.map(({ path, reason, detail }) => `${path} ${reason}: ${detail}`)).toEqual([
      'broken.py link: a symbolic link to nothing',
      'package link: a symbolic link out of the audited root is not followed',
      'stolen.py link: a symbolic link out of the audited root is not followed',
      'twin link: a symbolic link out of the audited root is not followed',
    ]);
  });

  it('that take the place of a file after it was listed are not followed', () => {
    const outside = makeTree({ 'secret.py': 'KEY = 1' });
    const root = makeTree({ 'a.py': '' });
    const file = fileIn(collect({ root }), 'a.py');
    rmSync(file.absolutePath);
    symlinkSync(join(outside, 'secret.py'), file.absolutePath);
    expect(readSource(file)).toEqual({ gap: { path: 'a.py', reason: 'unreadable', detail: expect.stringContaining('symbolic link') } });
  });

  it('named as the root are resolved', () => {
    const root = makeTree({ 'real/a.py': '' });
    symlinkSync('real', join(root, 'link'));
    const collected = collect({ root: join(root, 'link') });
    expect(collected.files.map((file) => file.path)).toEqual(['a.py']);
    expect(lstatSync(collected.root).isSymbolicLink()).toBe(false);
  });
});

describe('what belongs to others', () => {
  it('is left out: version control, environments, caches, packages, build output', () => {
    const root = makeTree({
      'app.py': '',
      '.git/hooks/a.py': '',
      '.hg/a.py': '',
      '.svn/a.py': '',
      '.venv/lib/python3.12/site-packages/a.py': '',
      'venv/a.py': '',
      'env/bin/activate': '',
      'env/lib/python3.12/site-packages/a.py': '',
      'my-own-name/pyvenv.cfg': '',
      'my-own-name/lib/a.py': '',
      'miniconda/conda-meta/history': '',
      'miniconda/lib/a.py': '',
      'lib/site-packages/a.py': '',
      'web/node_modules/gyp/a.py': '',
      'web/bower_components/a.html': '',
      '__pycache__/app.py': '',
      '.tox/a.py': '',
      '.nox/a.py': '',
      '.mypy_cache/a.py': '',
      '.ruff_cache/a.py': '',
      '.pytest_cache/a.py': '',
      '__pypackages__/a.py': '',
      '.eggs/a.py': '',
      'shop.egg-info/PKG-INFO': '',
      '.direnv/a.py': '',
      'build/lib/shop/a.py': '',
      'dist/shop-1.0.tar.gz': '',
      'dist/index.html': '',
    });
    expect(pathsIn(root)).toEqual(['app.py']);
  });

  it('is left out where an installer put it beside the project’s own code', () => {
    const root = makeTree({
      'app.py': '',
      'libs/apprise/url.py': '',
      'libs/apprise-1.9.2.dist-info/INSTALLER': 'pip\n',
      'libs/apprise-1.9.2.dist-info/RECORD':
        '../../bin/apprise,sha256=a,233\napprise/url.py,sha256=b,31\n"six, 1.py",,\nsix.py,sha256=c,9\napprise-1.9.2.dist-info/RECORD,,\n',
      'libs/six.py': '',
      'libs/own.py': '',
      'libs/own/apprise/url.py': '',
      'unpacked/shop/a.py': '',
      'unpacked/shop-1.0.dist-info/RECORD': 'shop/a.py,,\n',
    });
    expect(pathsIn(root)).toEqual(['app.py', 'libs/own.py', 'libs/own/apprise/url.py', 'unpacked/shop/a.py']);
    expect(pathsIn(join(root, 'libs'))).toEqual(['apprise/url.py', 'own.py', 'own/apprise/url.py', 'six.py']);
  });

  it('is left out where it is one of many, though the lists of their files are gone', () => {
    const root = makeTree({
      'libs/own.py': '',
      'libs/apprise/url.py': '',
      'libs/apprise-1.9.2.dist-info/METADATA': '',
      'libs/bs4/__init__.py': '',
      'libs/beautifulsoup4-4.9.dist-info/top_level.txt': 'bs4\n',
      'libs/six.py': '',
      'libs/six-1.16.0.dist-info/METADATA': '',
      'libs/yaml/__init__.py': '',
      'libs/PyYAML-6.0.dist-info/top_level.txt': '_yaml\nyaml\n',
    });
    expect(pathsIn(root)).toEqual(['libs/own.py']);
  });

  it('is told from the project’s own directories that have such names', () => {
    const root = makeTree({
      'build/__init__.py': '',
      'build/steps.py': '',
      'dist/Dockerfile': '',
      'env/production.env': '',
      'packages/build/lib/deep.py': '',
    });
    expect(pathsIn(root)).toEqual(['build/__init__.py', 'build/steps.py', 'dist/Dockerfile', 'env/production.env']);
    git(root, 'init', '-q');
    git(root, 'add', 'packages');
    expect(pathsIn(root)).toContain('packages/build/lib/deep.py');
  });

  it('can be audited when its directory is named', () => {
    const root = makeTree({
      'venv/pyvenv.cfg': '',
      'venv/lib/python3.12/site-packages/shop/views.py': '',
      'venv/lib/python3.12/site-packages/shop/build/__init__.py': '',
      'usr/lib/python3/dist-packages/shop/views.py': '',
    });
    expect(pathsIn(join(root, 'venv/lib/python3.12/site-packages/shop'))).toEqual(['build/__init__.py', 'views.py']);
    expect(pathsIn(join(root, 'usr/lib/python3/dist-packages/shop'))).toEqual(['views.py']);
    expect(pathsIn(join(root, 'venv/lib/python3.12/site-packages'))).toContain('shop/views.py');
  });
});

describe('patterns of the configuration', () => {
  const tree = { 'a.py': '', 'venv/b.py': '', 'legacy/c.py': '', 'src/d.py': '', 'src/d_pb2.py': '', '.git/e.py': '' };

  it('add to what is excluded', () => {
    expect(pathsIn(makeTree(tree), { extendExclude: ['/legacy/', '*_pb2.py'] })).toEqual(['a.py', 'src/d.py']);
  });

  it('replace the default list, but never let version control in', () => {
    expect(pathsIn(makeTree(tree), { exclude: ['legacy'] })).toEqual(['a.py', 'src/d.py', 'src/d_pb2.py', 'venv/b.py']);
    expect(pathsIn(makeTree(tree), { exclude: [] })).not.toContain('.git/e.py');
  });

  it('name the only files to look at', () => {
    expect(pathsIn(makeTree(tree), { include: ['src', '/a.py'], extendExclude: ['*_pb2.py'] })).toEqual(['a.py', 'src/d.py']);
  });

  it('are relative to the directory of the configuration', () => {
    const root = makeTree({ 'web/legacy/a.py': '', 'web/b.py': '', 'legacy/c.py': '' });
    const options = { extendExclude: ['/web/legacy/'], patternBase: root };
    expect(pathsIn(join(root, 'web'), options)).toEqual(['b.py']);
    expect(pathsIn(root, options)).toEqual(['legacy/c.py', 'web/b.py']);
  });

  it('give files a role, the last line that matches winning', () => {
    const root = makeTree({ 'qa/a.py': '', 'qa/real/b.py': '', 'tests/c.py': '' });
    const { files } = collect({ root, roles: { 'qa/': 'test', 'qa/real/': 'app', '/tests/': 'script' } });
    expect(files.map(({ path, role }) => `${path} ${role}`)).toEqual(['qa/a.py test', 'qa/real/b.py app', 'tests/c.py script']);
  });
});

describe('limits', () => {
  it('skip what is too large, by kind', () => {
    const root = makeTree({
      'a.py': 'x'.repeat(300),
      'b.py': 'x'.repeat(100),
      'page.html': 'x'.repeat(200),
      'big.bin': 'x'.repeat(900),
      'uv.lock': 'x'.repeat(400),
    });
    const limits = { pythonBytes: 200, otherBytes: 100, dependencyBytes: 500 };
    const collected = collect({ root, limits });
    expect(collected.files.map((file) => file.path)).toEqual(['b.py', 'big.bin', 'uv.lock']);
    expect(collected.gaps.map(({ path, reason }) => `${path} ${reason}`)).toEqual(['a.py too-large', 'page.html too-large']);
  });

  it('read a Python file of five megabytes, and skip a template of two', () => {
    const root = makeTree({ 'table.py': `T = [\n${'    0x1234567,\n'.repeat(350_000)}]\n`, 'dump.html': '<p>'.repeat(700_000) });
    const collected = collect({ root });
    expect(collected.gaps).toEqual([{ path: 'dump.html', reason: 'too-large', detail: expect.stringMatching(/^2100000 bytes/) }]);
    expect(readSource(fileIn(collected, 'table.py')).text?.text.length).toBe(350_000 * 15 + 8);
  });

  it('on the number of files keep the same ones every time, whatever else lies around', () => {
    const root = makeTree({ 'a.py': '', 'b.py': '', 'c.py': '', 'x1.png': '', 'x2.png': '', 'sub/z.py': '' });
    const collected = collect({ root, limits: { files: 2, otherFiles: 1 } });
    expect(collected.files.map((file) => file.path)).toEqual(['a.py', 'b.py', 'x1.png']);
    expect(collected.gaps.map(({ path, reason }) => `${path}|${reason}`)).toEqual(['|limit', '|limit']);
  });

  it('on depth and on looking for shebangs make gaps', () => {
    const root = makeTree({ 'a/b/c/d.py': '', one: '#!/usr/bin/python\n', two: '#!/usr/bin/python\n' });
    const collected = collect({ root, limits: { depth: 2, shebangProbes: 1 } });
    expect(collected.files.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['one python', 'two other']);
    expect(collected.gaps.map(({ path, reason }) => `${path}|${reason}`)).toEqual(['|limit', 'a/b/c|limit']);
  });

  it('count a file that is listed but was not looked at as of unknown size', () => {
    const root = makeTree({ 'a.py': 'x = 1\n', 'logo.png': 'png' });
    addTo(root, {});
    expect(collect({ root }).files.map(({ path, size }) => [path, size])).toEqual([
      ['a.py', 6],
      ['logo.png', -1],
    ]);
  });
});
