import { REPORT_FORMATS } from '../../src/report/reporter.ts';
import { modelSchema } from '../../src/rules/model-schema.ts';
import { TEXT } from '../../src/rules/schema.ts';
import { isObject, type Json, type Schema } from '../../src/rules/term.ts';
import { classTerms } from '../../src/rules/terms/class-terms.ts';
import { eventTerms } from '../../src/rules/terms/event-terms.ts';
import { functionTerms } from '../../src/rules/terms/function-terms.ts';
import { valueTerms } from '../../src/rules/terms/value-terms.ts';

/** The report formats. */
export function formatTable(): string {
  const rows = Object.entries(REPORT_FORMATS).map(([name, { description }]) => `| \`${name}\` | ${description} |`);
  return ['| format | what it is |', '|---|---|', ...rows].join('\n');
}

interface Described {
  readonly doc: string;
  readonly schema: Schema;
}

const VOCABULARIES: readonly (readonly [title: string, terms: Readonly<Record<string, Described>>])[] = [
  ['Words about an event', eventTerms],
  ['Words about a value', valueTerms],
  ['Words about a function', functionTerms],
  ['Words about a class', classTerms],
];

/** Every word of the rule language, from the tables that implement it. */
export function vocabularyTable(): string {
  return VOCABULARIES.map(([title, terms]) => {
    const rows = Object.entries(terms)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([word, { doc, schema }]) => `| \`${word}\` | ${shape(schema)} | ${doc.replaceAll('|', '\\|')} |`);
    return [`#### ${title}`, '', '| word | takes | meaning |', '|---|---|---|', ...rows].join('\n');
  }).join('\n\n');
}

/** The keys of what a rule of mode `text` looks for. */
export function textTable(): string {
  const rows = Object.entries(TEXT.properties).map(([key, schema]) => `| \`${key}\` | ${shape(schema)} | ${schema.description} |`);
  return ['| key | takes | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The keys of a row in `rules/models/*.json`. */
export function modelTable(): string {
  const properties = rowProperties(modelSchema());
  const rows = Object.entries(properties).map(
    ([key, schema]) =>
      `| \`${key}\` | ${isObject(schema) ? shape(schema) : ''} | ${isObject(schema) ? String(schema.description ?? '') : ''} |`,
  );
  return ['| key | takes | meaning |', '|---|---|---|', ...rows].join('\n');
}

function rowProperties(schema: Schema): Readonly<Record<string, Json>> {
  const rows = at(at(at(schema, 'properties'), 'rows'), 'items');
  return at(rows, 'properties') as Readonly<Record<string, Json>>;
}

function at(json: Json, key: string): Json {
  return isObject(json) ? (json[key] ?? {}) : {};
}

/** What a JSON Schema allows, in a few words. */
function shape(schema: Schema): string {
  if (schema.$ref === '#/$defs/names') return 'string or list of string';
  if (typeof schema.$ref === 'string') return `${schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)} words`;
  if (Array.isArray(schema.enum)) return schema.enum.map((value: Json) => `\`${String(value)}\``).join(' ');
  if ('const' in schema) return `\`${String(schema.const)}\``;
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(alternatives)) return [...new Set(alternatives.map((one: Json) => (isObject(one) ? shape(one) : '')))].join(' or ');
  switch (schema.type) {
    case 'array':
      return `list of ${isObject(schema.items) ? shape(schema.items) : 'anything'}`;
    case 'object':
      return isObject(schema.additionalProperties) ? `object of ${shape(schema.additionalProperties)}` : 'object';
    default:
      return Array.isArray(schema.type) ? 'constant' : String(schema.type ?? 'anything');
  }
}
