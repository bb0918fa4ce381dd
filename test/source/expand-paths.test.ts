import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandPaths } from '../../src/source/expand-paths.ts';
import { UserError } from '../../src/util/user-error.ts';
import { makeTree } from './tree.ts';

describe('paths on a command line', () => {
  it('are taken as they are when they exist, whatever characters they hold', async () => {
    const root = makeTree({ 'a[1].py': '', 'a1.py': '', 'src/b.py': '' });
    expect(await expandPaths(['a[1].py', 'src', './src/../a1.py', 'a1.py'], root)).toEqual(
      ['a[1].py', 'src', 'a1.py'].map((name) => join(root, name)),
    );
  });

  it('are expanded where the shell did not', async () => {
    const root = makeTree({ 'src/a.py': '', 'src/sub/b.py': '', 'src/c.html': '' });
    expect(await expandPaths(['src/**/*.py'], root)).toEqual([join(root, 'src/a.py'), join(root, 'src/sub/b.py')]);
    expect(await expandPaths(['src/*.{py,html}'], root)).toEqual([join(root, 'src/a.py'), join(root, 'src/c.html')]);
  });

  it('that mean nothing are the mistake of who wrote them', async () => {
    const root = makeTree({ 'a.py': '' });
    await expect(expandPaths(['b.py'], root)).rejects.toThrow(UserError);
    await expect(expandPaths(['*.txt'], root)).rejects.toThrow(/^\*\.txt: there is no such file or directory/);
  });
});
