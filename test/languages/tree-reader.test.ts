import { describe, expect, it } from 'vitest';
import { readWithCursor } from '../../src/languages/cursor-reader.ts';
import { FlatTree } from '../../src/languages/flat-tree.ts';
import { loadPythonParser } from '../../src/languages/grammar.ts';
import { nodeTypesOf } from '../../src/languages/node-types.ts';
import { PYTHON_NODE_TYPES } from '../../src/languages/python/kinds.ts';
import { LAYOUT_SAMPLE } from '../../src/languages/python/layout-sample.ts';
import { readsAlike, type TreeReader, treeReader } from '../../src/languages/tree-reader.ts';
import { SAMPLE } from './sample.ts';

const loaded = await loadPythonParser();
const fast = treeReader(loaded, PYTHON_NODE_TYPES, LAYOUT_SAMPLE);
const types = nodeTypesOf(loaded.grammar, PYTHON_NODE_TYPES);
const slow: TreeReader = { via: 'cursor', read: (tree, flat) => readWithCursor(tree, types, flat) };

describe('reading trees from memory', () => {
  it('is what this version of web-tree-sitter allows', () => {
    expect(fast.via).toBe('memory');
  });

  it('gives what the public cursor gives', () => {
    const texts = [
      '',
      SAMPLE,
      LAYOUT_SAMPLE,
      'x = (1 +\ndef broken(:\n    pass\ny = [1, 2\nprint 3\nfor z in (4 5 6): @\n',
      `x = [${'"text", '.repeat(5000)}]`,
      `${'['.repeat(2000)}x${']'.repeat(2000)}`,
      '<div>{{ x }}</div>\n'.repeat(50),
      '\n\n\n   ',
    ];
    for (let i = 0; i < SAMPLE.length; i += 37) texts.push(SAMPLE.slice(i, i + 400), SAMPLE.slice(0, i) + SAMPLE.slice(i + 1));
    for (const text of texts) expect(readsAlike(loaded.parser, text, fast, slow), text).toBe(true);
  });

  it('is given up when the two differ', () => {
    const wrong: TreeReader = {
      via: 'memory',
      read: (tree, flat) => {
        slow.read(tree, flat);
        flat.rows[0] = 99;
      },
    };
    const failing: TreeReader = {
      via: 'memory',
      read: () => {
        throw new RangeError('outside the memory');
      },
    };
    expect(readsAlike(loaded.parser, LAYOUT_SAMPLE, wrong, slow)).toBe(false);
    expect(readsAlike(loaded.parser, LAYOUT_SAMPLE, failing, slow)).toBe(false);
    expect(treeReader({ ...loaded, memory: {} }, PYTHON_NODE_TYPES, LAYOUT_SAMPLE).via).toBe('cursor');
  });

  it('reuses its rows from file to file', () => {
    const flat = new FlatTree();
    const read = (text: string): readonly number[] => {
      const tree = loaded.parser.parse(text);
      if (tree === null) throw new Error('no tree');
      fast.read(tree, flat);
      tree.delete();
      return Array.from(flat.rows.subarray(0, flat.size));
    };
    const small = read('x = 1');
    read(SAMPLE.repeat(50));
    expect(read('x = 1')).toEqual(small);
  });
});
