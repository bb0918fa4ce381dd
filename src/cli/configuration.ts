import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, loadConfig } from '../source/config.ts';
import { UserError } from '../util/user-error.ts';

/** What the command line says about configuration. */
export interface ConfigurationWishes {
  readonly config?: string | undefined;
  readonly noConfig?: boolean | undefined;
}

/**
 * The configuration for a directory: the named file, else the nearest one, else the defaults.
 * @throws UserError when the file is missing or wrong
 */
export async function configurationFor(directory: string, wishes: ConfigurationWishes, workingDirectory: string): Promise<Config> {
  const { config: file, noConfig } = wishes;
  if (file !== undefined && noConfig === true) throw new UserError('--config and --no-config contradict each other. Leave one out.');
  return loadConfig({ root: directory, workingDirectory, ...(file === undefined ? {} : { file }), isolated: noConfig === true });
}

/**
 * Folders with rules of the command line and of the configuration, absolute.
 * @throws UserError for what is no folder
 */
export function packFolders(given: readonly string[] | undefined, config: Config, workingDirectory: string): readonly string[] {
  return [...new Set([...config.rules, ...(given ?? []).map((folder) => ruleFolder(folder, workingDirectory))])];
}

/** @throws UserError for what is no folder */
export function ruleFolder(name: string, workingDirectory: string): string {
  const folder = resolve(workingDirectory, name);
  if (!existsSync(folder)) throw new UserError(`There is no rule folder ${name}. Give the path of a folder that holds rules.`);
  if (!statSync(folder).isDirectory()) throw new UserError(`${name} is a file, not a folder that holds rules. Give the path of a folder.`);
  return folder;
}
