import { type Language as Grammar, Parser } from 'web-tree-sitter';
import type { Unit } from '../../ir/nodes.ts';
import { FlatTree } from '../flat-tree.ts';
import type { Language } from '../language.ts';
import { nodeTypesOf } from '../node-types.ts';
import { readTree } from '../read-tree.ts';
import { PYTHON_NODE_TYPES } from './kinds.ts';
import { lowerUnit } from './lower-unit.ts';
import { parserText } from './parser-text.ts';

/** The front end for Python 3.8 to 3.14, on a loaded tree-sitter-python grammar. */
export function pythonLanguage(grammar: Grammar): Language {
  const parser = new Parser().setLanguage(grammar);
  const types = nodeTypesOf(grammar, PYTHON_NODE_TYPES);
  const flat = new FlatTree();

  function lower(text: string): Unit {
    const tree = parser.parse(parserText(text));
    if (tree === null) throw new Error('internal error: the parser stopped without a tree');
    try {
      readTree(tree, types, flat);
    } finally {
      tree.delete();
    }
    return lowerUnit(flat, text);
  }

  return { name: 'python', lower };
}
