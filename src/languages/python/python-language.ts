import type { Unit } from '../../ir/nodes.ts';
import { FlatTree } from '../flat-tree.ts';
import type { Language } from '../language.ts';
import { type LoadedGrammar, treeReader } from '../tree-reader.ts';
import { PYTHON_NODE_TYPES } from './kinds.ts';
import { LAYOUT_SAMPLE } from './layout-sample.ts';
import { lowerUnit } from './lower-unit.ts';
import { parserText, withLineFeeds } from './parser-text.ts';
import { findQuietLines } from './quiet-lines.ts';

/** The front end for Python 3.8 to 3.14, on a loaded tree-sitter-python grammar. */
export function pythonLanguage(loaded: LoadedGrammar): Language {
  const reader = treeReader(loaded, PYTHON_NODE_TYPES, LAYOUT_SAMPLE);
  const flat = new FlatTree();

  function lower(text: string): Unit {
    const lines = withLineFeeds(text);
    const quiet = findQuietLines(lines);
    const tree = loaded.parser.parse(parserText(lines, quiet));
    if (tree === null) throw new Error('internal error: the parser stopped without a tree');
    try {
      reader.read(tree, flat);
    } finally {
      tree.delete();
    }
    return lowerUnit(flat, text, quiet.comments);
  }

  return { name: 'python', lower };
}
