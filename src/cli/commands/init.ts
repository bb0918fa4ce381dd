import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findConfigFile } from '../../source/config-file.ts';
import { describeConfig } from '../../source/describe-config.ts';
import { UserError } from '../../util/user-error.ts';
import type { InitArguments } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { writeNamedFile } from '../report-outputs.ts';
import { tell } from '../streams.ts';

const FILE = 'ratel.toml';

/** `ratel init`. @throws UserError when there is a configuration already */
export async function runInit(args: InitArguments): Promise<ExitCode> {
  const file = resolve(FILE);
  if (args.force !== true) refuseToHide(file);
  writeNamedFile(file, describeConfig());
  tell(`ratel: wrote ${FILE}; every key is in it with its default, commented out.`);
  return EXIT.clean;
}

/** A new file would take the place of the table in a `pyproject.toml` beside it, which nobody asked for. */
function refuseToHide(file: string): void {
  if (existsSync(file)) throw new UserError(`${FILE} is there already. Edit it, or overwrite it with --force.`);
  const other = findConfigFile(dirname(file), dirname(file));
  if (other !== undefined && dirname(other.path) === dirname(file))
    throw new UserError(
      `${other.shownAs} has a table [tool.ratel] already, and a ${FILE} would be read in its place. Edit the table, or write ${FILE} with --force.`,
    );
}
