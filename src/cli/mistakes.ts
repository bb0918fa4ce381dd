import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import { ALL_OPTIONS, COMMANDS } from './command-options.ts';

/**
 * Refuses what the parser would let pass and what nobody can have meant.
 * @param args the command line as it was written
 * @param argv what yargs made of it
 * @throws UserError for the first mistake
 */
export function refuseMistakes(args: readonly string[], argv: Readonly<Record<string, unknown>>): void {
  for (const [name, option] of Object.entries(ALL_OPTIONS)) {
    const value = argv[name];
    // Whichever of the two was used would surprise.
    if (!('array' in option) && Array.isArray(value)) throw new UserError(`--${name} is given more than once. Give it once.`);
    // What a script writes when its variable is not set.
    if ([value].flat().some((one) => typeof one === 'string' && /^[\s,]*$/.test(one)))
      throw new UserError(`--${name} has an empty value. Give it one, or leave --${name} out.`);
  }
  refuseSwitchValues(args);
  refuseExtraWords(argv._);
}

/** yargs takes `--quiet=yes` for “not quiet”. */
function refuseSwitchValues(args: readonly string[]): void {
  for (const arg of args.slice(0, args.indexOf('--') < 0 ? args.length : args.indexOf('--'))) {
    const [, name = '', value = ''] = /^--([\w-]+)=(.*)$/s.exec(arg) ?? [];
    if (Object.hasOwn(ALL_OPTIONS, name) && ALL_OPTIONS[name]?.type === 'boolean' && value !== 'true' && value !== 'false')
      throw new UserError(`--${name} takes no value, and “${value}” is given. Write --${name}, or leave it out.`);
  }
}

/** Words behind a command that it has no place for; `audit` takes any number of paths. */
function refuseExtraWords(words: unknown): void {
  const [command, extra] = Array.isArray(words) ? words.map(String) : [];
  if (command === undefined || extra === undefined) return;
  const hint = command === 'rules' ? ` A family is named with --family ${extra}.` : didYouMean(extra, Object.keys(COMMANDS));
  throw new UserError(`\`ratel ${command}\` has no use for “${extra}”.${hint} \`ratel ${command} --help\` tells more.`);
}
