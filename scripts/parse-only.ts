import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

/** Parses the files named on stdin (one path a line) and does nothing else: the yardstick of `npm run bench`. */
await Parser.init();
const parser = new Parser().setLanguage(await Language.load(join(import.meta.dirname, '../grammars/tree-sitter-python.wasm')));
for (const path of readFileSync(0, 'utf8').split('\n')) {
  if (path !== '') parser.parse(readFileSync(path, 'utf8'))?.delete();
}
