import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
const text = (page: string) => readFileSync(join(ROOT, page), 'utf8');
/** Without code, in which brackets and parentheses are something else. */
const prose = (page: string) =>
  text(page)
    .replaceAll(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');

const ids = new Set(
  readdirSync(join(ROOT, 'rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(ROOT, 'rules', name))),
);

describe('documentation', () => {
  it('links lead somewhere', () => {
    const broken = PAGES.flatMap((page) =>
      [...prose(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page} links to ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('suppressions in examples name rules that exist', () => {
    const unknown = PAGES.flatMap((page) =>
      [...text(page).matchAll(/ratel: ignore\[([^\]]+)\]/g)]
        .flatMap((match) => (match[1] ?? '').split(','))
        .map((name) => name.trim())
        .filter((name) => name !== 'rule-id' && !ids.has(name))
        .map((name) => `${page} suppresses ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('npm scripts that it names exist', () => {
    const { scripts } = JSON.parse(text('package.json'));
    const unknown = PAGES.flatMap((page) =>
      [...text(page).matchAll(/npm run ([a-z-]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => !(name in scripts))
        .map((name) => `${page}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('paths of the repository that it names exist', () => {
    const broken = PAGES.filter((page) => !page.startsWith('docs/rules/')).flatMap((page) =>
      [...text(page).matchAll(/`((?:src|test|scripts|fixtures|schema|grammars)\/[\w./-]+)`/g)]
        .map((match) => match[1] ?? '')
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(broken).toEqual([]);
  });
});
