import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
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
  if (existsSync(file) && args.force !== true) throw new UserError(`${FILE} is there already. Edit it, or overwrite it with --force.`);
  writeNamedFile(file, describeConfig());
  tell(`ratel: wrote ${FILE}; every key is in it with its default, commented out.`);
  return EXIT.clean;
}
