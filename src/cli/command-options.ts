import type { Options } from 'yargs';
import { PROFILES } from '../findings/rule-description.ts';
import { AUDIT_OPTIONS } from './audit-options.ts';
import { CONFIGURATION_OPTIONS, OUTPUT_OPTIONS } from './common-options.ts';

const LISTED = 'What is listed:';

export const RULES_OPTIONS = {
  profile: { group: LISTED, choices: PROFILES, requiresArg: true, desc: 'Only the rules that this profile has on' },
  family: { group: LISTED, type: 'string', array: true, requiresArg: true, desc: 'Only the rules of these families; by comma or repeated' },
  json: { group: LISTED, type: 'boolean', desc: 'Print JSON' },
} as const satisfies Readonly<Record<string, Options>>;

export const EXPLAIN_OPTIONS = {
  flow: {
    group: 'Instead of a rule:',
    type: 'string',
    requiresArg: true,
    desc: 'PATH:LINE: what reaches the values on this line from outside, and what keeps it from doing harm',
  },
} as const satisfies Readonly<Record<string, Options>>;

export const ROUTES_OPTIONS = {
  method: {
    group: LISTED,
    type: 'string',
    array: true,
    requiresArg: true,
    desc: 'Only routes that answer these methods; by comma or repeated',
  },
  'no-login': { group: LISTED, type: 'boolean', desc: 'Only routes that somebody who has not logged in may get to' },
  json: { group: LISTED, type: 'boolean', desc: 'Print JSON' },
} as const satisfies Readonly<Record<string, Options>>;

const ENVIRONMENTS = ['production', 'development', 'test', 'base', 'example'] as const;

export const SETTINGS_OPTIONS = {
  environment: {
    group: LISTED,
    choices: ENVIRONMENTS,
    array: true,
    requiresArg: true,
    desc: 'Only the settings modules for these environments',
  },
  module: { group: LISTED, type: 'string', array: true, requiresArg: true, desc: 'Only these settings modules: dotted names or files' },
  only: {
    group: LISTED,
    type: 'string',
    array: true,
    requiresArg: true,
    desc: 'Only settings of these names, in full; “SECURE_*” for several; by comma or repeated',
  },
  all: { group: LISTED, type: 'boolean', desc: 'Every setting, not only those that decide how safe the application is' },
  json: { group: LISTED, type: 'boolean', desc: 'Print JSON' },
} as const satisfies Readonly<Record<string, Options>>;

export const INIT_OPTIONS = {
  force: { group: 'What is written:', type: 'boolean', desc: 'Write it even where there is a configuration already' },
} as const satisfies Readonly<Record<string, Options>>;

const CONFIGURED = { ...CONFIGURATION_OPTIONS, ...OUTPUT_OPTIONS };

/** Every command with its options. */
export const COMMANDS: Readonly<Record<string, Readonly<Record<string, Options>>>> = {
  audit: { ...AUDIT_OPTIONS, ...CONFIGURED },
  explain: { ...EXPLAIN_OPTIONS, ...CONFIGURED },
  rules: { ...RULES_OPTIONS, ...CONFIGURED },
  routes: { ...ROUTES_OPTIONS, ...CONFIGURED },
  settings: { ...SETTINGS_OPTIONS, ...CONFIGURED },
  init: { ...INIT_OPTIONS, ...OUTPUT_OPTIONS },
  'test-rules': OUTPUT_OPTIONS,
  completion: {},
};

/** The options of all commands, by name. */
export const ALL_OPTIONS = Object.assign({ help: {}, version: {} }, ...Object.values(COMMANDS)) as Readonly<Record<string, Options>>;
