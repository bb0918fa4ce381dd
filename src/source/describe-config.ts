import { CONFIG_PROPERTIES, type ConfigProperty } from './config-schema.ts';

/**
 * The text of a `ratel.toml` that sets nothing: every key with what it means and its default, commented out. Prose stands behind
 * `# `, a key behind `#` alone, so that taking away one character switches it on.
 */
export function describeConfig(): string {
  const lines = ['# Configuration of ratel. Every key is shown with its default; remove the # before a key to change it.', ''];
  const properties = Object.entries<ConfigProperty>(CONFIG_PROPERTIES);
  // In TOML a key behind a table would belong to the table.
  for (const [key, property] of properties.filter(([, { type }]) => type !== 'object')) lines.push(...describeValue(key, property), '');
  for (const [key, property] of properties.filter(([, { type }]) => type === 'object')) lines.push(...describeTable(key, property), '');
  return lines.join('\n');
}

function describeValue(key: string, property: ConfigProperty): string[] {
  const values = property.enum === undefined ? [] : [`# One of: ${property.enum.join(', ')}.`];
  const example = property.examples?.[0];
  const shown = property.default ?? example;
  const isEmpty = Array.isArray(property.default) && property.default.length === 0;
  const notes =
    property.default === undefined
      ? ['# Not set by default; for example:']
      : isEmpty && example
        ? [`# For example: ${key} = ${toml(example)}`]
        : [];
  return [...wrap(property.description), ...values, ...notes, `#${key} = ${toml(shown)}`];
}

function describeTable(key: string, property: ConfigProperty): string[] {
  const rows = Object.entries(property.examples?.[0] ?? {}).map(([name, value]) => `#${toml(name)} = ${toml(value)}`);
  return [...wrap(property.description), '# Empty by default; for example:', `#[${key}]`, ...rows];
}

/** JSON's strings, booleans and lists of strings are TOML as well. A long list gets a line for each element. */
function toml(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const elements = value.map((element) => JSON.stringify(element));
  const short = `[${elements.join(', ')}]`;
  return short.length <= WIDTH ? short : `[\n${elements.map((element) => `#  ${element},\n`).join('')}#]`;
}

const WIDTH = 96;

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length >= WIDTH) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
