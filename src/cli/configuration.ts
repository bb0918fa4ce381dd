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

/** Folders with rules of the command line and of the configuration, absolute. */
export function packFolders(given: readonly string[] | undefined, config: Config, workingDirectory: string): readonly string[] {
  return [...new Set([...config.rules, ...(given ?? []).map((folder) => resolve(workingDirectory, folder))])];
}
