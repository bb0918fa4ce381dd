/** Prints tree-sitter's tree and the IR of a Python file, for whoever debugs the front end: `tsx scripts/dump-tree.ts FILE`. */
import { readFileSync } from 'node:fs';
import type { TreeCursor } from 'web-tree-sitter';
import { printUnit } from '../src/ir/print.ts';
import { loadPythonParser } from '../src/languages/grammar.ts';
import { pythonLanguage } from '../src/languages/python/python-language.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: tsx scripts/dump-tree.ts FILE');
  process.exit(2);
}
const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
const loaded = await loadPythonParser();

/** One line per node: its field and type, where it is, and the text of leaves. */
function printTree(cursor: TreeCursor, depth: number): void {
  const { startPosition: from, endPosition: to, currentFieldName: field, nodeType: type } = cursor;
  const range = `${from.row + 1}:${from.column + 1}-${to.row + 1}:${to.column + 1}`;
  const name = cursor.nodeIsNamed ? type : JSON.stringify(type);
  const missing = cursor.nodeIsMissing ? ' MISSING' : '';
  const inner = cursor.gotoFirstChild();
  if (inner) cursor.gotoParent();
  const leaf = inner || !cursor.nodeIsNamed ? '' : ` ${JSON.stringify(text.slice(cursor.startIndex, cursor.endIndex))}`;
  console.log(`${'  '.repeat(depth)}${field === null ? '' : `${field}: `}${name}${missing} ${range}${leaf}`);
  if (!cursor.gotoFirstChild()) return;
  do printTree(cursor, depth + 1);
  while (cursor.gotoNextSibling());
  cursor.gotoParent();
}

const tree = loaded.parser.parse(text);
if (tree !== null) {
  const cursor = tree.walk();
  printTree(cursor, 0);
  cursor.delete();
  tree.delete();
}
console.log(`\n${printUnit(pythonLanguage(loaded).lower(text))}`);
