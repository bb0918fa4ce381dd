import type { Unit } from '../../ir/nodes.ts';
import { FlatTree } from '../flat-tree.ts';
import type { Language } from '../language.ts';
import { type LoadedGrammar, treeReader } from '../tree-reader.ts';
import { Kind, PYTHON_NODE_TYPES } from './kinds.ts';
import { LAYOUT_SAMPLE } from './layout-sample.ts';
import { lowerUnit } from './lower-unit.ts';
import { parserText, withLineFeeds } from './parser-text.ts';
import { findQuietLines } from './quiet-lines.ts';
import { repair } from './repair.ts';

/** The front end for Python 3.8 to 3.14, on a loaded tree-sitter-python grammar. */
export function pythonLanguage(loaded: LoadedGrammar): Language {
  const reader = treeReader(loaded, PYTHON_NODE_TYPES, LAYOUT_SAMPLE);
  /** Two, so that a second try does not overwrite the first; kept, so that their memory serves all files. */
  const first = new FlatTree();
  const second = new FlatTree();

  function parse(text: string, flat: FlatTree): void {
    const tree = loaded.parser.parse(text);
    if (tree === null) throw new Error('internal error: the parser stopped without a tree');
    try {
      reader.read(tree, flat);
    } finally {
      tree.delete();
    }
  }

  function lower(text: string): Unit {
    const lines = withLineFeeds(text);
    const quiet = findQuietLines(lines);
    const parsed = parserText(lines, quiet);
    parse(parsed, first);
    const damaged = damage(first);
    const repaired = damaged > 0 ? repair(parsed) : undefined;
    if (repaired !== undefined) {
      parse(repaired.text, second);
      if (damage(second) < damaged) return lowerUnit(second, text, quiet.comments, repaired.problems);
    }
    return lowerUnit(first, text, quiet.comments, []);
  }

  return { name: 'python', lower };
}

/** How much of the file the parser did not understand, in characters; each token that it had to supply counts as one. */
function damage(flat: FlatTree): number {
  const { rows, errors, missing } = flat;
  if (rows[0] === Kind.ERROR) return Number.POSITIVE_INFINITY;
  let sum = missing.length;
  for (const { root, nested } of errors) {
    if (!nested) sum += Math.max(1, (rows[root + 2] as number) - (rows[root + 1] as number));
  }
  return sum;
}
