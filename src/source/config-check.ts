import type { ErrorObject } from 'ajv';
import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import { type ConfigFile, isTable } from './config-file.ts';
import { CONFIG_PROPERTIES, CONFIG_SCHEMA, type ConfigKey, type ConfigProperty } from './config-schema.ts';
import type { FileRole } from './source-file.ts';

/** A configuration as it is written, once it is known to fit the schema. */
export interface WrittenConfig {
  readonly profile?: 'default' | 'strict' | 'pedantic';
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly 'min-severity'?: 'error' | 'warning' | 'note';
  readonly 'min-confidence'?: 'high' | 'medium' | 'low';
  readonly 'fail-on'?: 'error' | 'warning' | 'note' | 'never';
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly 'extend-exclude'?: readonly string[];
  readonly 'respect-gitignore'?: boolean;
  readonly rules?: readonly string[];
  readonly baseline?: string;
  readonly 'python-version'?: string;
  readonly 'require-suppression-reason'?: boolean;
  readonly 'per-file-ignores'?: Readonly<Record<string, readonly string[]>>;
  readonly roles?: Readonly<Record<string, FileRole>>;
}

/** A key of the schema that the type above lacks, or the reverse, is a type error here. */
type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : never) : never;
const keysAgree: Same<keyof WrittenConfig, ConfigKey> = true;

/**
 * Checks a configuration against the schema. ajv is loaded only when there is something to check: it costs more than a start without work.
 * @throws UserError that names the file, every key that is wrong, what was expected and what was found.
 */
export async function checkConfig(file: ConfigFile): Promise<WrittenConfig> {
  const { Ajv } = await import('ajv');
  const validate = new Ajv({ allErrors: true, verbose: true }).compile<WrittenConfig>(CONFIG_SCHEMA);
  const { table } = file;
  if (validate(table) && keysAgree) return table;
  const problems = new Set((validate.errors ?? []).map((error) => explain(file, error)));
  throw new UserError([...problems]);
}

function explain(file: ConfigFile, error: ErrorObject): string {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const nearest = didYouMean(key, Object.keys(CONFIG_PROPERTIES));
    const hint = nearest === '' ? ` Known keys: ${Object.keys(CONFIG_PROPERTIES).join(', ')}.` : nearest;
    return `${place(file, [...path, key])}: unknown key ${quoteKey([...file.prefix, ...path, key])}.${hint}`;
  }
  const where = `${place(file, path)}: ${path.length === 0 ? `[${file.prefix.join('.')}]` : quoteKey([...file.prefix, ...path])}`;
  return `${where} must be ${expected(path)}, found ${found(error.data)}.${hintFor(error)}`;
}

function expected(path: readonly string[]): string {
  const [key, ...rest] = path;
  const property: ConfigProperty | undefined = key === undefined ? undefined : propertyOf(key);
  if (property === undefined) return 'a table';
  const inner = property.additionalProperties;
  if (property.type === 'object' && rest.length > 0 && inner !== undefined) {
    if (inner.type === 'array') return rest.length > 1 ? 'a rule id (a string)' : 'a list of rule ids';
    return describe(inner);
  }
  return rest.length > 0 ? 'a string that is not empty' : describe(property);
}

function describe(property: ConfigProperty): string {
  return property.enum === undefined ? property.$comment : `one of ${property.enum.map((value) => `"${value}"`).join(', ')}`;
}

function propertyOf(key: string): ConfigProperty | undefined {
  return Object.entries<ConfigProperty>(CONFIG_PROPERTIES).find(([name]) => name === key)?.[1];
}

function hintFor(error: ErrorObject): string {
  const allowed: unknown = error.keyword === 'enum' ? error.params.allowedValues : undefined;
  return Array.isArray(allowed) && typeof error.data === 'string' ? didYouMean(error.data, allowed.map(String)) : '';
}

/** A long value is cut: what matters is which one is meant. */
const LONGEST_SHOWN = 40;

function found(value: unknown): string {
  if (typeof value === 'string')
    return value === ''
      ? 'an empty string'
      : `the string ${JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value)}`;
  if (Array.isArray(value)) return 'a list';
  if (isTable(value)) return 'a table';
  if (value instanceof Date) return 'a date';
  return `${typeof value === 'boolean' ? '' : 'the number '}${String(value)}`;
}

/** `tool.ratel.per-file-ignores."tests/"[0]` between quotes. */
function quoteKey(path: readonly string[]): string {
  let text = '';
  for (const part of path) {
    if (/^\d+$/.test(part) && text !== '') text += `[${part}]`;
    else text += `${text === '' ? '' : '.'}${/^[\w-]+$/.test(part) ? part : JSON.stringify(part)}`;
  }
  return `“${text}”`;
}

/** `file` or `file:line`. The TOML reader keeps no positions, so the line is where the key stands at the start of one. */
function place(file: ConfigFile, path: readonly string[]): string {
  const keys = path.filter((part) => !/^\d+$/.test(part));
  const key = keys.at(-1);
  if (key === undefined) return file.shownAs;
  const lines = file.text.split(/\r?\n/);
  const start =
    file.prefix.length === 0
      ? 0
      : Math.max(
          0,
          lines.findIndex((line) => /^\s*\[\s*tool\s*\.\s*ratel\b/.test(line)),
        );
  // The key of an assignment, or the last part of a table's name: `select = `, `roles."qa/" = `, `[tool.ratel.roles]`.
  const setsKey = new RegExp(`^\\s*\\[?\\s*(?:[\\w-]+\\s*\\.\\s*)*["']?${escapeRegExp(key)}["']?\\s*[=.\\]]`);
  const index = lines.findIndex((line, at) => at >= start && setsKey.test(line));
  return index < 0 ? file.shownAs : `${file.shownAs}:${index + 1}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
