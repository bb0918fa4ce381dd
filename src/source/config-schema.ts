import { DEFAULT_EXCLUDES } from './default-excludes.ts';
import { FILE_ROLES } from './source-file.ts';

/** One key of the configuration as JSON Schema describes it, with what `ratel init` writes about it. */
export interface ConfigProperty {
  readonly type: 'string' | 'boolean' | 'array' | 'object';
  readonly description: string;
  readonly default?: string | boolean | readonly string[] | Readonly<Record<string, never>>;
  /** The first is shown by `ratel init` where there is no default to show. */
  readonly examples?: readonly (string | readonly string[] | Readonly<Record<string, string | readonly string[]>>)[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly items?: { readonly type: 'string'; readonly minLength: number };
  readonly additionalProperties?:
    | ConfigProperty
    | { readonly type: 'array'; readonly items: { readonly type: 'string'; readonly minLength: number } };
  /** What the value is, in words for an error message: “a list of rule ids”. */
  readonly $comment: string;
}

const WORD = { type: 'string', minLength: 1 } as const;
const PATTERNS = 'Patterns as in .gitignore, relative to the directory of this file.';

/**
 * Every key of `ratel.toml` and `[tool.ratel]`. The command line overrides what it has an option for. Output formats are not
 * here: where a report goes belongs to the run that makes it, not to the project.
 */
export const CONFIG_PROPERTIES = {
  profile: {
    type: 'string',
    enum: ['default', 'strict', 'pedantic'],
    default: 'default',
    description: 'Which rules run: what a good reviewer would raise, what is worth a look as well, or matters of taste too.',
    $comment: 'the name of a profile',
  },
  select: {
    type: 'array',
    items: WORD,
    default: [],
    examples: [['hardcoded-credential', 'weak-hash']],
    description:
      'Only these rules run, whatever the profile. Ids, codes, families or the ids of the same check in other tools. Empty means all of the profile.',
    $comment: 'a list of rule ids',
  },
  ignore: {
    type: 'array',
    items: WORD,
    default: [],
    examples: [['weak-hash']],
    description: 'These rules do not run.',
    $comment: 'a list of rule ids',
  },
  'min-severity': {
    type: 'string',
    enum: ['error', 'warning', 'note'],
    default: 'note',
    description: 'Findings below this severity are left out.',
    $comment: 'a severity',
  },
  'min-confidence': {
    type: 'string',
    enum: ['high', 'medium', 'low'],
    default: 'low',
    description: 'Findings below this confidence are left out.',
    $comment: 'a confidence',
  },
  'fail-on': {
    type: 'string',
    enum: ['error', 'warning', 'note', 'never'],
    default: 'warning',
    description: 'The exit code is 1 when there is a finding of at least this severity.',
    $comment: 'a severity or “never”',
  },
  include: {
    type: 'array',
    items: WORD,
    default: [],
    examples: [['src/', 'requirements*.txt', 'Dockerfile']],
    description: `When not empty, only these files are audited; settings, requirements and container files have to be named too. ${PATTERNS}`,
    $comment: 'a list of patterns',
  },
  exclude: {
    type: 'array',
    items: WORD,
    default: DEFAULT_EXCLUDES,
    description: `Never audited. Setting it replaces this list, and then build and env directories, and packages that pip put beside the code, are audited too. ${PATTERNS}`,
    $comment: 'a list of patterns',
  },
  'extend-exclude': {
    type: 'array',
    items: WORD,
    default: [],
    examples: [['legacy/', '*_pb2.py']],
    description: `Never audited, in addition to exclude. ${PATTERNS}`,
    $comment: 'a list of patterns',
  },
  'respect-gitignore': {
    type: 'boolean',
    default: true,
    description: 'Leave out what .gitignore files and .git/info/exclude ignore, unless Git tracks it nevertheless.',
    $comment: 'true or false',
  },
  rules: {
    type: 'array',
    items: WORD,
    default: [],
    examples: [['security/ratel-rules']],
    description: 'Directories of rule packs to load besides the built-in one, relative to the directory of this file. May hold * and **.',
    $comment: 'a list of directories',
  },
  baseline: {
    type: 'string',
    minLength: 1,
    examples: ['ratel-baseline.json'],
    description: 'Findings listed in this file are accepted for now. Relative to the directory of this file.',
    $comment: 'the path of a file',
  },
  'python-version': {
    type: 'string',
    pattern: '^\\d+\\.\\d+$',
    examples: ['3.12'],
    description: 'The Python that the project runs on, when its own files do not say so.',
    $comment: 'a Python version such as "3.12", in quotes',
  },
  'require-suppression-reason': {
    type: 'boolean',
    default: true,
    description: 'A suppression without a reason behind it does not count.',
    $comment: 'true or false',
  },
  'per-file-ignores': {
    type: 'object',
    additionalProperties: { type: 'array', items: WORD },
    default: {},
    examples: [{ 'scripts/': ['subprocess-shell-dynamic'] }],
    description: `Rules that do not report in some files. ${PATTERNS}`,
    $comment: 'a table of pattern = [rule ids]',
  },
  roles: {
    type: 'object',
    additionalProperties: {
      type: 'string',
      enum: FILE_ROLES,
      description: 'What a file is for.',
      $comment: 'a role',
    },
    default: {},
    examples: [{ 'qa/': 'test' }],
    description: `What some files are for, where their names do not say it: ${FILE_ROLES.join(', ')}. The last line that matches decides. ${PATTERNS}`,
    $comment: 'a table of pattern = "role"',
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

export type ConfigKey = keyof typeof CONFIG_PROPERTIES;

/** JSON Schema (draft 7) of `ratel.toml` and of the table `[tool.ratel]`. */
export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of ratel',
  description: 'The contents of ratel.toml, or of the table [tool.ratel] in pyproject.toml.',
  type: 'object',
  properties: CONFIG_PROPERTIES,
  additionalProperties: false,
} as const;

/** The text of `schema/ratel-config.schema.json`. */
export function renderConfigSchema(): string {
  return `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`;
}
