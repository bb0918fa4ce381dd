import { CONFIG_PROPERTIES, type ConfigProperty } from '../../src/source/config-schema.ts';

/** Every key of the configuration, its default and its meaning. */
export function configTable(): string {
  const rows = Object.entries<ConfigProperty>(CONFIG_PROPERTIES).map(([key, property]) => {
    const values = property.enum === undefined ? '' : ` One of ${property.enum.map((value) => `\`${value}\``).join(', ')}.`;
    return `| \`${key}\` | ${shownDefault(property)} | ${(property.description + values).replaceAll('|', '\\|')} |`;
  });
  return ['| key | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** A list longer than this says more in `ratel init`, which writes it out. */
const LONGEST_LIST = 5;

function shownDefault({ default: value }: ConfigProperty): string {
  if (value === undefined) return 'not set';
  if (Array.isArray(value) && value.length > LONGEST_LIST) return `${value.length} names, see \`ratel init\``;
  return `\`${JSON.stringify(value)}\``;
}
