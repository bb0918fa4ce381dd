import { loadPythonParser } from '../../src/languages/grammar.ts';
import { PYTHON_NODE_TYPES } from '../../src/languages/python/kinds.ts';
import { LAYOUT_SAMPLE } from '../../src/languages/python/layout-sample.ts';
import { treeReader } from '../../src/languages/tree-reader.ts';
import { UserError } from '../../src/util/user-error.ts';

/** Makes sure that the fast reader of trees fits the WASM files that are shipped: the built program takes that for granted. */
export async function checkLayout(): Promise<void> {
  const { via } = treeReader(await loadPythonParser(), PYTHON_NODE_TYPES, LAYOUT_SAMPLE);
  if (via !== 'memory') throw new UserError('web-tree-sitter lays out trees in another way now: mend src/languages/memory-reader.ts.');
}
