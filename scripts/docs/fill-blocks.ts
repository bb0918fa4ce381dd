import { configTable } from './config-table.ts';
import { fenced } from './rule-pages.ts';
import { runExample } from './run-example.ts';
import { formatTable, modelTable, textTable, vocabularyTable } from './tables.ts';

const BLOCK = /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * Writes what the blocks of a page ask for: `run COMMAND` the command and its real output, else the name of a table.
 * @throws Error for a block that asks for something unknown
 */
export async function fillBlocks(text: string, page: string): Promise<string> {
  const contents = new Map<string, string>();
  for (const [, , wish = ''] of text.matchAll(BLOCK)) contents.set(wish, await contentOf(wish, page));
  return text.replaceAll(BLOCK, (_, start: string, wish: string, end: string) => `${start}${contents.get(wish) ?? ''}\n${end}`);
}

const TABLES: Readonly<Record<string, () => string>> = {
  config: configTable,
  formats: formatTable,
  vocabulary: vocabularyTable,
  texts: textTable,
  models: modelTable,
};

async function contentOf(wish: string, page: string): Promise<string> {
  if (wish.startsWith('run ')) return fenced('console', runExample(wish.slice('run '.length)));
  const table = TABLES[wish];
  if (table === undefined)
    throw new Error(`${page}: there is nothing to generate called “${wish}”; known: run COMMAND, ${Object.keys(TABLES).join(', ')}`);
  return table();
}
