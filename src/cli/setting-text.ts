import type { SettingValue } from '../frameworks/setting-value.ts';

/** How much of a value is written out. */
export interface SettingTextOptions {
  /** `SecurityMiddleware` for `django.middleware.security.SecurityMiddleware`. */
  readonly short: boolean;
  /** Numbers are permissions: `0o644`. */
  readonly octal?: boolean;
}

/** A value in one line, as Python would write it where it is known. */
export function settingText(value: SettingValue, options: SettingTextOptions): string {
  switch (value.kind) {
    case 'known':
      return knownText(value.value, options);
    case 'environment':
      return environmentText(value, options);
    case 'list':
    case 'tuple':
    case 'set':
      return itemsText(value, options);
    case 'dict': {
      const entries = value.entries.map(
        ({ key, value: inner, optional }) => `${quoted(key)}${optional ? '?' : ''}: ${settingText(inner, options)}`,
      );
      return `{${[...entries, ...(value.complete ? [] : ['…'])].join(', ')}}`;
    }
    case 'path':
      return value.path === '' ? 'the project itself' : `${value.path}/ in the project`;
    case 'secret':
      return value.empty ? '""' : 'a literal (hidden)';
    case 'name':
      return value.name;
    case 'computed':
      return `computed: ${value.code}`;
    case 'any':
      return value.of.map((one) => settingText(one, options)).join(' | ');
    case 'unset':
      return 'not set';
  }
}

function knownText(value: string | number | boolean | null, { short, octal }: SettingTextOptions): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return octal === true ? `0o${value.toString(8)}` : String(value);
  const [, last] = short ? (/^(?:[a-z_]\w*\.){2,}([A-Z]\w*)$/.exec(value) ?? []) : [];
  return last ?? quoted(value);
}

function environmentText(value: SettingValue & { kind: 'environment' }, options: SettingTextOptions): string {
  const cast = value.cast === undefined || value.cast === 'str' ? '' : ` as ${value.cast}`;
  const otherwise = value.default ? `, default ${settingText(value.default, options)}` : ', no default';
  const start = value.part ? 'made from environment' : 'from environment';
  return `${start}${value.variable === undefined ? '' : ` ${value.variable}`}${cast}${otherwise}`;
}

function itemsText(value: SettingValue & { kind: 'list' | 'tuple' | 'set' }, options: SettingTextOptions): string {
  const items = [...value.items.map((item) => settingText(item, options)), ...(value.complete ? [] : ['…'])].join(', ');
  if (value.kind === 'list') return `[${items}]`;
  return value.kind === 'set' ? `{${items}}` : `(${items}${value.items.length === 1 && value.complete ? ',' : ''})`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
