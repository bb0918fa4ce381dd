import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** Lowest first: a file may import its own layer and any lower one. docs/architecture.md says what each is for. */
const LAYERS = ['util', 'source', 'findings', 'ir', 'languages', 'semantics', 'evaluate', 'frameworks', 'rules', 'report', 'audit', 'cli'];

/** Imports that the order allows and the design does not. */
const BANNED_IMPORTS: readonly { readonly from: string; readonly allowed: readonly string[]; readonly remedy: string }[] = [
  {
    from: 'report',
    allowed: ['util', 'source', 'findings'],
    remedy: 'a reporter never asks the model: put what it needs into AuditResult',
  },
  ...['semantics', 'evaluate', 'frameworks', 'rules'].map((from) => ({
    from,
    allowed: LAYERS.filter((layer) => layer !== 'languages'),
    remedy: 'only languages/ sees syntax trees: put what is needed into the IR',
  })),
];

/** Words that only some places may use; a place is a path below src/, a folder ends in `/`. */
const BANNED_WORDS: readonly { readonly words: RegExp; readonly places: readonly string[]; readonly remedy: string }[] = [
  {
    words: /from 'node:fs(?:\/promises)?'|\bprocess\.|\bconsole\./,
    places: ['source/', 'cli.ts', 'cli/', 'rules/load-pack.ts', 'languages/grammar.ts', 'test-rules.ts'],
    remedy: 'files are read in source/, and only cli/ knows the process and the console: pass in what is needed',
  },
  {
    words: /\bweb-tree-sitter\b/,
    places: ['languages/'],
    remedy: 'only languages/ sees tree-sitter',
  },
  {
    words: /flask|django|werkzeug/i,
    places: ['frameworks/', 'rules/', 'cli/help-texts.ts', 'cli/command-line.ts', 'source/artefact-names.ts'],
    remedy: 'only frameworks/ and rules/ name a framework: make it a row of rules/models/*.json or a hook of frameworks/',
  },
];

interface SourceText {
  /** Relative to src/, with `/`. */
  readonly path: string;
  readonly code: string;
}

const files: readonly SourceText[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, code: withoutComments(readFileSync(join(SRC, path), 'utf8')) }));

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' ')).replaceAll(/^\s*\/\/.*$/gm, '');
}

/** Files directly in src/ are the program around `audit`. */
function layerOf(path: string): string {
  if (path === 'cli.ts') return 'cli';
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : 'audit';
}

/** Paths below src/ that a file imports, types and dynamic imports included. */
function importsOf({ path, code }: SourceText): readonly string[] {
  return [...code.matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']+)'/g)].map((match) =>
    relative(SRC, join(SRC, dirname(path), match[1] ?? '')).replaceAll('\\', '/'),
  );
}

function isIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || (place.endsWith('/') && path.startsWith(place)));
}

describe('layers', () => {
  it('knows the layer of every folder', () => {
    expect([...new Set(files.map(({ path }) => layerOf(path)))].filter((layer) => !LAYERS.includes(layer))).toEqual([]);
  });

  it('imports go one way', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => LAYERS.indexOf(layerOf(target)) > LAYERS.indexOf(layerOf(file.path)))
        .map((target) => `src/${file.path} imports src/${target}, which is above it: move what is needed down, or the importer up`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(BANNED_IMPORTS)('$from/ imports nothing else', ({ from, allowed, remedy }) => {
    const wrong = files
      .filter(({ path }) => layerOf(path) === from)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => layerOf(target) !== from && !allowed.includes(layerOf(target)))
          .map((target) => `src/${file.path} imports src/${target}: ${remedy}`),
      );
    expect(wrong).toEqual([]);
  });

  it.each(BANNED_WORDS)('$words stays in its places', ({ words, places, remedy }) => {
    const wrong = files
      .filter(({ path }) => !isIn(path, places))
      .flatMap(({ path, code }) =>
        code.split('\n').flatMap((line, index) => (words.test(line) ? [`src/${path}:${index + 1}: ${line.trim()}: ${remedy}`] : [])),
      );
    expect(wrong).toEqual([]);
  });

  it.each(BANNED_WORDS)('every place of $words is needed', ({ words, places }) => {
    const idle = places.filter((place) => !files.some(({ path, code }) => isIn(path, [place]) && words.test(code)));
    expect(idle).toEqual([]);
  });

  it('no code names a rule: rules are data', () => {
    const families = readdirSync(join(ROOT, 'rules'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const ids = families
      .flatMap(({ name }) => readdirSync(join(ROOT, 'rules', name)))
      .filter((name) => /^[a-z0-9]+(-[a-z0-9]+)+$/.test(name));
    // Examples in help and in the description of the configuration show what a rule id looks like.
    const examples = ['cli/help-texts.ts', 'source/config-schema.ts'];
    const named = new RegExp(`['"\`](?:${ids.join('|')})['"\`]`);
    const wrong = files
      .filter(({ path }) => !examples.includes(path))
      .flatMap(({ path, code }) =>
        code.split('\n').flatMap((line, index) => (named.test(line) ? [`src/${path}:${index + 1}: ${line.trim()}`] : [])),
      );
    expect(wrong).toEqual([]);
  });
});
