import { dirname, resolve } from 'node:path';
import { UserError } from '../util/user-error.ts';
import { checkConfig, type WrittenConfig } from './config-check.ts';
import { type ConfigFile, findConfigFile, openConfigFile } from './config-file.ts';
import { expandDirectories } from './expand-paths.ts';
import type { SelectionOptions } from './selection.ts';
import type { FileRole } from './source-file.ts';

/** What a project's configuration says, with every default filled in. Rule ids are not checked here. */
export interface Config {
  /** The file it comes from, absolute; `undefined` when all is default. */
  readonly file: string | undefined;
  /** The file as messages name it. */
  readonly shownAs: string;
  /** Absolute directory that patterns are relative to. */
  readonly directory: string;
  readonly profile: 'default' | 'strict' | 'pedantic';
  /** Empty means every rule of the profile. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly minSeverity: 'error' | 'warning' | 'note';
  readonly minConfidence: 'high' | 'medium' | 'low';
  readonly failOn: 'error' | 'warning' | 'note' | 'never';
  readonly include: readonly string[];
  /** `undefined` means the default list. */
  readonly exclude: readonly string[] | undefined;
  readonly extendExclude: readonly string[];
  readonly respectGitignore: boolean;
  readonly perFileIgnores: readonly { readonly pattern: string; readonly ruleIds: readonly string[] }[];
  /** Directories of rule packs, absolute. */
  readonly rules: readonly string[];
  /** Absolute path of the baseline. */
  readonly baseline: string | undefined;
  readonly roles: Readonly<Record<string, FileRole>>;
  readonly pythonVersion: string | undefined;
  readonly requireSuppressionReason: boolean;
}

/** Where to look for a configuration. */
export interface ConfigSearch {
  /** The audited root. */
  readonly root: string;
  readonly workingDirectory: string;
  /** A file that the user named; nothing else is looked at. */
  readonly file?: string;
  /** Use the defaults, whatever files there are. */
  readonly isolated?: boolean;
}

/**
 * The configuration for a root: the nearest `ratel.toml` or `[tool.ratel]` going up, alone; nothing is merged.
 * @throws UserError when it cannot be read or does not fit the schema.
 */
export async function loadConfig(search: ConfigSearch): Promise<Config> {
  if (search.isolated === true) return defaultConfig(search.root);
  const { root, workingDirectory } = search;
  const file = search.file === undefined ? findConfigFile(root, workingDirectory) : openConfigFile(search.file, workingDirectory);
  return file === undefined ? defaultConfig(root) : await fromFile(file);
}

/** What holds without a configuration. */
export function defaultConfig(root: string): Config {
  return withDefaults({}, resolve(root), undefined, [], '');
}

async function fromFile(file: ConfigFile): Promise<Config> {
  const written = await checkConfig(file);
  const directory = dirname(file.path);
  const rules = await Promise.all((written.rules ?? []).map((pattern) => packDirectories(pattern, directory, file.shownAs)));
  return withDefaults(written, directory, file.path, rules.flat(), file.shownAs);
}

async function packDirectories(pattern: string, directory: string, shownAs: string): Promise<readonly string[]> {
  const directories = await expandDirectories(pattern, directory);
  if (directories.length > 0) return directories;
  throw new UserError(`${shownAs}: “rules” names ${JSON.stringify(pattern)}, but there is no such directory in ${directory}.`);
}

function withDefaults(
  written: WrittenConfig,
  directory: string,
  file: string | undefined,
  rules: readonly string[],
  shownAs: string,
): Config {
  return {
    file,
    shownAs,
    directory,
    profile: written.profile ?? 'default',
    select: written.select ?? [],
    ignore: written.ignore ?? [],
    minSeverity: written['min-severity'] ?? 'note',
    minConfidence: written['min-confidence'] ?? 'low',
    failOn: written['fail-on'] ?? 'warning',
    include: written.include ?? [],
    exclude: written.exclude,
    extendExclude: written['extend-exclude'] ?? [],
    respectGitignore: written['respect-gitignore'] ?? true,
    perFileIgnores: Object.entries(written['per-file-ignores'] ?? {}).map(([pattern, ruleIds]) => ({ pattern, ruleIds })),
    rules,
    baseline: written.baseline === undefined ? undefined : resolve(directory, written.baseline),
    roles: written.roles ?? {},
    pythonVersion: written['python-version'],
    requireSuppressionReason: written['require-suppression-reason'] ?? true,
  };
}

/** What collect has to know of a configuration. */
export function selectionOf(config: Config): SelectionOptions & { readonly respectGitignore: boolean } {
  return {
    patternBase: config.directory,
    include: config.include,
    extendExclude: config.extendExclude,
    roles: config.roles,
    respectGitignore: config.respectGitignore,
    ...(config.exclude === undefined ? {} : { exclude: config.exclude }),
  };
}

/** A rule id in a configuration, with where it stands, for a message about one that does not exist. */
export interface RuleIdReference {
  readonly id: string;
  /** The file as messages name it. */
  readonly file: string;
  /** `select`, `ignore` or `per-file-ignores`. */
  readonly key: string;
}

/** Every rule id that a configuration names, in the order of the file. */
export function ruleIdsIn(config: Config): readonly RuleIdReference[] {
  const from = (key: string, ids: readonly string[]): RuleIdReference[] => ids.map((id) => ({ id, file: config.shownAs, key }));
  return [
    ...from('select', config.select),
    ...from('ignore', config.ignore),
    ...config.perFileIgnores.flatMap(({ ruleIds }) => from('per-file-ignores', ruleIds)),
  ];
}
