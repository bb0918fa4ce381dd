/**
 * `npm run docs`: writes every committed file that has its source elsewhere: the JSON Schemas, the pages of the rules, the reports on
 * the applications in `fixtures/apps/`, and in all other pages what stands between `<!-- generated: … -->` and `<!-- end -->`. `npm run docs -- --check` writes nothing and fails
 * when something differs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './build/root.ts';
import { appReportFiles } from './docs/app-reports.ts';
import { fillBlocks } from './docs/fill-blocks.ts';
import { rulePages } from './docs/rule-pages.ts';
import { schemaFiles } from './docs/schemas.ts';

const RULE_PAGES = 'docs/rules';
const PAGES = [
  'README.md',
  ...readdirSync(`${ROOT}/docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const wanted = new Map([...schemaFiles(), ...(await appReportFiles())]);
for (const page of PAGES) {
  const text = readFileSync(join(ROOT, page), 'utf8');
  if (text.includes('<!-- generated:')) wanted.set(page, await fillBlocks(text, page));
}
for (const [page, text] of await rulePages()) wanted.set(`${RULE_PAGES}/${page}`, text);

const leftOver = existsSync(join(ROOT, RULE_PAGES))
  ? readdirSync(join(ROOT, RULE_PAGES), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${RULE_PAGES}/${name.replaceAll('\\', '/')}`)
      .filter((page) => !wanted.has(page))
  : [];
const stale = [...wanted].filter(([page, text]) => !existsSync(join(ROOT, page)) || readFileSync(join(ROOT, page), 'utf8') !== text);

if (process.argv.includes('--check')) {
  for (const page of [...stale.map(([name]) => name), ...leftOver])
    console.error(`${page} is not what \`npm run docs\` writes. Run it and commit the result.`);
  process.exitCode = stale.length + leftOver.length > 0 ? 1 : 0;
} else {
  for (const [page, text] of stale) {
    mkdirSync(dirname(join(ROOT, page)), { recursive: true });
    writeFileSync(join(ROOT, page), text);
  }
  for (const page of leftOver) rmSync(join(ROOT, page));
  console.log(`generated files: ${wanted.size}, ${stale.length} rewritten, ${leftOver.length} removed`);
}
