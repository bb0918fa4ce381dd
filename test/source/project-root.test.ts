import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findGitRoot } from '../../src/source/git-directory.ts';
import { findProjectRoot, findRootOfFiles } from '../../src/source/project-root.ts';
import { git, makeTree } from './tree.ts';

describe('the top of a work tree', () => {
  it('is found from any depth, for a repository, a linked work tree and a submodule', () => {
    const root = makeTree({ 'main/pkg/a.py': '', 'library/b.py': '' });
    for (const name of ['main', 'library']) {
      git(join(root, name), 'init', '-q');
      git(join(root, name), 'add', '-A');
      git(join(root, name), 'commit', '-q', '-m', 'one');
    }
    git(join(root, 'main'), 'worktree', 'add', '-q', '../linked');
    git(join(root, 'main'), 'submodule', '--quiet', 'add', join(root, 'library'), 'vendor/library');
    expect(findGitRoot(join(root, 'main/pkg'))).toBe(join(root, 'main'));
    expect(findGitRoot(join(root, 'linked/pkg'))).toBe(join(root, 'linked'));
    expect(findGitRoot(join(root, 'main/vendor/library'))).toBe(join(root, 'main/vendor/library'));
  });

  it('is not a file that only has the name', () => {
    const root = makeTree({ 'a/.git': 'something else', 'a/b/c.py': '' });
    expect(findGitRoot(join(root, 'a/b'))).toBe(findGitRoot(root));
  });
});

describe('the project around files', () => {
  const tree = {
    'manage.py': '',
    'shop/views.py': '',
    'libs/one/pyproject.toml': '',
    'libs/one/src/one/a.py': '',
    'libs/two/pyproject.toml': '',
    'libs/two/src/two/b.py': '',
  };

  it('is the nearest of manage.py, pyproject.toml and the top of a work tree', () => {
    const root = makeTree(tree);
    expect(findProjectRoot(join(root, 'shop'))).toBe(root);
    expect(findProjectRoot(join(root, 'libs/one/src/one'))).toBe(join(root, 'libs/one'));
    mkdirSync(join(root, 'shop/.git'));
    expect(findProjectRoot(join(root, 'shop'))).toBe(join(root, 'shop'));
  });

  it('holds all of the files', () => {
    const root = makeTree(tree);
    expect(findRootOfFiles(['libs/one/src/one/a.py'], root)).toBe(join(root, 'libs/one'));
    expect(findRootOfFiles(['libs/one/src/one/a.py', 'libs/two/src/two/b.py'], root)).toBe(root);
    expect(findRootOfFiles([join(root, 'shop/views.py')], '/')).toBe(root);
  });

  it('is the working directory where nothing marks a project', () => {
    const root = makeTree({ 'pkg/sub/a.py': '', 'pkg/b.py': '', 'elsewhere/': '' });
    expect(findProjectRoot(root)).toBeUndefined();
    expect(findRootOfFiles(['pkg/sub/a.py'], root)).toBe(root);
    expect(findRootOfFiles([join(root, 'pkg/sub/a.py'), join(root, 'pkg/b.py')], join(root, 'elsewhere'))).toBe(join(root, 'pkg'));
  });
});
