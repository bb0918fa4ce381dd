import type { Options } from 'yargs';

const CONFIGURATION = 'Configuration:';
const OUTPUT = 'Output:';

/** Options of every command that looks at the configuration and at rules. */
export const CONFIGURATION_OPTIONS = {
  config: {
    group: CONFIGURATION,
    type: 'string',
    requiresArg: true,
    desc: 'Read this file instead of the nearest ratel.toml or pyproject.toml',
  },
  'no-config': { group: CONFIGURATION, type: 'boolean', desc: 'Read no configuration file' },
  rules: {
    group: CONFIGURATION,
    type: 'string',
    array: true,
    requiresArg: true,
    desc: 'Also use the rules in this folder; may be repeated',
  },
} as const satisfies Readonly<Record<string, Options>>;

/** Options of every command. */
export const OUTPUT_OPTIONS = {
  color: {
    group: OUTPUT,
    choices: ['auto', 'always', 'never'] as const,
    default: 'auto' as const,
    desc: 'Colour; auto looks at the terminal, NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE',
  },
  verbose: { group: OUTPUT, alias: 'v', type: 'boolean', desc: 'Say more: every gap, every step, the stack of internal errors' },
} as const satisfies Readonly<Record<string, Options>>;
