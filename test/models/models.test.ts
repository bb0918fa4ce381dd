import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { behaviours } from '../../src/evaluate/behaviours/behaviours.ts';
import { LibraryModel, type ModelRow } from '../../src/evaluate/calls/library-model.ts';
import { modelSchema } from '../../src/rules/model-schema.ts';
import { compareText } from '../../src/util/compare-text.ts';
import { MODELS, modelFiles } from './model-files.ts';

const files = modelFiles();
const rows = files.flatMap((file) => file.rows);
const library = new LibraryModel(rows);

/** What decorators may be that the evaluator asks for by name instead of calling (definitions.ts, call-function.ts). */
const DECORATOR_BEHAVIOURS = ['validates-fields', 'context-manager', 'property', 'connects-decorated'];
/** Said of a class, or of a declaration of its fields, for whoever makes instances of it. */
const CLASS_BEHAVIOURS = [
  'redirect-output',
  'swallow-exceptions',
  'declares-field',
  'allows-listed',
  'allows-matching',
  'checks-fields',
  'declares-pattern',
  'environment-fields',
];
/** Containers that the evaluator makes itself. */
const CONTAINERS = ['list', 'set', 'tuple'];
/** Dotted; `*.` for any module, `()` for what calling the result of a call means. */
const NAME = /^(\*\.)?[A-Za-z_]\w*(\.\w+)*(\(\))?$/;

/** The names that a type expression refers to; a text that is not one throws. */
function namesIn(expression: string): readonly string[] {
  const match =
    /^(?:(\$(?:self|like|of|held|class|never)|\$(?:arg|instance|element)\(\d+\))|(symbol:)?([A-Za-z_][\w.]*))(?:\[(.*)\])?$/.exec(
      expression,
    );
  if (!match) throw new Error(`not a type expression: ${expression}`);
  const [, contextual, asSymbol, name, inner] = match;
  if (inner !== undefined && (contextual !== undefined || asSymbol !== undefined)) throw new Error(`nothing can be about ${expression}`);
  // A tuple says what each of its elements is: `tuple[builtins.str, shop.Upload]`.
  const elements = inner === undefined ? [] : name === 'tuple' ? inner.split(/, (?![^[]*\])/) : [inner];
  return [...(name === undefined || CONTAINERS.includes(name) ? [] : [name]), ...elements.flatMap(namesIn)];
}

function typesOf(row: ModelRow): readonly string[] {
  return [row.type, row.returns, row.element, row.enters].filter((expression) => expression !== undefined);
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}

/** Names for which no row stands. */
function unknown(names: readonly string[]): readonly string[] {
  return names.filter((name) => library.row(library.canonical(name)) === undefined);
}

describe('library models', () => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(modelSchema());

  it.each(files.map((file) => [file.name, file] as const))('%s follows the schema and is sorted', (name, file) => {
    expect(validate(JSON.parse(readFileSync(join(MODELS, name), 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
    expect(`${file.library}.json`).toBe(name);
    const names = file.rows.map((row) => row.name);
    expect(names).toEqual([...names].sort(compareText));
  });

  it('describes every name once; in files of its own what flows do there', () => {
    const isAboutFlows = (file: { readonly name: string }): boolean => file.name.startsWith('flow-');
    expect(repeated(files.filter((file) => !isAboutFlows(file)).flatMap((file) => file.rows.map((row) => row.name)))).toEqual([]);
    expect(files.filter(isAboutFlows).flatMap((file) => repeated(file.rows.map((row) => row.name)))).toEqual([]);
  });

  it('has dotted names and a page for each', () => {
    expect(rows.filter((row) => !NAME.test(row.name)).map((row) => row.name)).toEqual([]);
    expect(rows.filter((row) => !/^https:\/\/[^\s{}*]+$/.test(row.docs)).map((row) => `${row.name}: ${row.docs}`)).toEqual([]);
  });

  it('names only behaviours that the evaluator knows', () => {
    const known = [...Object.keys(behaviours), ...DECORATOR_BEHAVIOURS, ...CLASS_BEHAVIOURS];
    expect(
      rows.filter((row) => row.behaves !== undefined && !known.includes(row.behaves)).map((row) => `${row.name}: ${row.behaves}`),
    ).toEqual([]);
  });

  it('refers to things that have rows', () => {
    expect(rows.flatMap((row) => unknown(row.bases ?? []).map((base) => `${row.name} extends ${base}`))).toEqual([]);
    expect(
      rows.flatMap((row) => typesOf(row).flatMap((expression) => unknown(namesIn(expression)).map((name) => `${row.name} is ${name}`))),
    ).toEqual([]);
  });

  it('extends classes only, without circles', () => {
    expect(rows.filter((row) => row.bases !== undefined && row.class !== true).map((row) => row.name)).toEqual([]);
    expect(
      rows.flatMap((row) =>
        (row.bases ?? []).filter((base) => !library.isClass(library.canonical(base))).map((base) => `${row.name} extends ${base}`),
      ),
    ).toEqual([]);
    expect(
      rows
        .filter((row) => (row.bases ?? []).some((base) => library.order(library.canonical(base)).includes(row.name)))
        .map((row) => row.name),
    ).toEqual([]);
  });

  it('leads every other name to one that stays', () => {
    const aliases = rows.filter((row) => row.alias !== undefined);
    expect(aliases.filter((row) => library.canonical(row.name) === row.name).map((row) => row.name)).toEqual([]);
    expect(
      aliases.filter((row) => library.canonical(library.canonical(row.name)) !== library.canonical(row.name)).map((row) => row.name),
    ).toEqual([]);
  });

  it('leads other names to what the models know', () => {
    const prefixes = new Set<string>();
    for (const row of rows)
      for (let end = row.name.length; end > 0; end = row.name.lastIndexOf('.', end - 1)) prefixes.add(row.name.slice(0, end));
    const stray = rows.filter((row) => row.alias !== undefined && !prefixes.has(library.canonical(row.alias)));
    expect(stray.map((row) => `${row.name} → ${row.alias}`)).toEqual([]);
  });

  it('cleans numbers, dates and identifiers in every context', () => {
    for (const name of [
      'builtins.int',
      'builtins.float',
      'builtins.bool',
      'decimal.Decimal',
      'uuid.UUID',
      'datetime.date',
      'datetime.datetime',
    ]) {
      expect(library.row(name)?.cleans, name).toEqual(['html', 'path', 'shell', 'sql', 'url']);
    }
  });
});
