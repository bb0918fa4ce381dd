import { UserError } from '../../util/user-error.ts';
import type { SettingsArguments } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { listedSettings } from '../listed-settings.ts';
import { wordsOf } from '../lists.ts';
import { auditProject } from '../project-audit.ts';
import { settingsJson } from '../settings-json.ts';
import { settingsReport } from '../settings-report.ts';
import { print } from '../streams.ts';
import { lookOf } from '../terminal.ts';

/** `ratel settings`: for people, or JSON. @throws UserError for a path that is no directory, and for a module that is not there */
export async function runSettings(args: SettingsArguments): Promise<ExitCode> {
  const outcome = await auditProject(
    args,
    { settings: true },
    'Settings are those of a project: give its directory, and --module for one of them.',
  );
  const only = wordsOf(args.only);
  const modules = wordsOf(args.module);
  const environments = wordsOf(args.environment);
  const filter = { only, modules, environments, all: args.all === true };
  const listed = listedSettings(outcome, filter);
  if (modules && listed.length === 0) {
    const known = [...new Set((outcome.settings?.environments ?? []).map(({ name }) => name))];
    throw new UserError(
      `No settings module here is called ${modules.map((one) => `“${one}”`).join(' or ')}.${known.length > 0 ? ` There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}.` : ''}`,
    );
  }
  if (args.json === true) print(settingsJson(listed));
  else {
    const look = lookOf(process.stdout, args.color, process.env);
    // Whoever names a module, or asks for one environment, wants to see it whole.
    const differences = modules === undefined && environments === undefined;
    print(settingsReport(listed, { ...look, full: only !== undefined, differences }));
  }
  return EXIT.clean;
}
