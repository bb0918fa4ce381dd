import yargs, { type ArgumentsCamelCase, type InferredOptionTypes, type Options } from 'yargs';
import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import { AUDIT_OPTIONS, PROFILES } from './audit-options.ts';
import { CONFIGURATION_OPTIONS, OUTPUT_OPTIONS } from './common-options.ts';
import type { ExitCode } from './exit-code.ts';
import { EXAMPLES, EXIT_CODES } from './help-texts.ts';

/** What a command line asks for, ready to be run. Help and version are printed by parsing, so then there is nothing to run. */
export type Command = () => Promise<ExitCode>;

export type AuditArguments = Args<typeof AUDIT_OPTIONS & typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS> & {
  readonly paths: readonly string[];
};
export type ExplainArguments = Args<typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS> & { readonly rule: string };
export type RulesArguments = Args<typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS & typeof RULES_OPTIONS>;
export type InitArguments = { readonly force?: boolean | undefined };
export type TestRulesArguments = { readonly directory: string };

/** What yargs makes of options: also by their names in camel case. */
type Args<O extends Readonly<Record<string, Options>>> = Readonly<ArgumentsCamelCase<InferredOptionTypes<O>>>;

const RULES_OPTIONS = {
  json: { type: 'boolean', desc: 'Print JSON' },
  profile: { choices: PROFILES, requiresArg: true, desc: 'Only the rules that this profile has on' },
  family: { type: 'string', array: true, requiresArg: true, desc: 'Only the rules of these families; by comma or repeated' },
} as const;

/** Wider help is harder to read. */
const HELP_WIDTH = 110;

/**
 * Understands a command line. Commands are loaded only when they run, so that a start costs what its command needs.
 * @throws UserError for what is not understood, with the nearest known word
 */
export async function parseCommandLine(args: readonly string[], version: string): Promise<Command | undefined> {
  let chosen: Command | undefined;
  const choose = (command: Command): void => {
    chosen = command;
  };
  const parser = yargs([...args])
    .scriptName('ratel')
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'duplicate-arguments-array': true,
    })
    .usage(
      'ratel audits Python web projects (Flask, Django): no Python, no network, no account.\n\n  $0 [audit] [options] [path..]\n  $0 <command>',
    )
    .command(
      ['audit [paths..]', '$0'],
      'Audit a project; files report only on themselves',
      (y) =>
        y
          .positional('paths', {
            type: 'string',
            array: true,
            default: [] as string[],
            defaultDescription: '.',
            desc: 'A directory to audit, or files (or several directories) of a project to report on',
          })
          .options(AUDIT_OPTIONS)
          .options(CONFIGURATION_OPTIONS)
          .options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/audit.ts')).runAudit(argv)),
    )
    .command(
      'explain <rule>',
      'Say what a rule looks for, why, and how to mend it',
      (y) =>
        y
          .positional('rule', { type: 'string', demandOption: true, desc: 'Id, code or alias' })
          .options(CONFIGURATION_OPTIONS)
          .options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/explain.ts')).runExplain(argv)),
    )
    .command(
      'rules',
      'List the rules',
      (y) => y.options(RULES_OPTIONS).options(CONFIGURATION_OPTIONS).options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/rules.ts')).runRules(argv)),
    )
    .command(
      'init',
      'Write a commented ratel.toml',
      (y) => y.option('force', { type: 'boolean', desc: 'Overwrite a ratel.toml that is there' }).options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/init.ts')).runInit(argv)),
    )
    .command(
      'test-rules <directory>',
      'Run the rules in a folder on their own fixtures',
      (y) => y.positional('directory', { type: 'string', demandOption: true, desc: 'Folder that holds rules' }).options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/test-rules.ts')).runTestRules(argv)),
    )
    .completion('completion', 'Print a completion script: completion bash, zsh or fish')
    .help('help', 'Show this help')
    .alias('help', 'h')
    .version('version', 'Show the version', version)
    .alias('version', 'V')
    .example(EXAMPLES)
    .epilogue(EXIT_CODES)
    .strictOptions()
    .wrap(Math.min(HELP_WIDTH, process.stdout.columns ?? HELP_WIDTH))
    .exitProcess(false);
  parser.fail((message, error) => {
    throw error ?? new UserError(explainFailure(message, args));
  });
  const argv = await parser.parseAsync();
  refuseRepeated(argv);
  return chosen;
}

const ALL_OPTIONS = { ...AUDIT_OPTIONS, ...CONFIGURATION_OPTIONS, ...OUTPUT_OPTIONS, ...RULES_OPTIONS, force: {}, help: {}, version: {} };

/** What yargs says about a mistake, with a way out. */
function explainFailure(message: string, args: readonly string[]): string {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ');
  if (unknown !== undefined) {
    const name = unknown[0] ?? '';
    const command = args.find((arg) => !arg.startsWith('-'));
    const known = Object.keys(ALL_OPTIONS).map((option) => `--${option}`);
    const elsewhere = name in ALL_OPTIONS ? ` “${command ?? 'ratel'}” does not take it.` : didYouMean(`--${name}`, known);
    return `There is no option ${name.length === 1 ? '-' : '--'}${name} here.${elsewhere} \`ratel --help\` lists the options.`;
  }
  return `${message.replaceAll(/\n+/g, ' ')}. \`ratel --help\` tells more.`;
}

/** An option with one value that is given twice would be a list, and whichever of the two was used would surprise. */
function refuseRepeated(argv: Readonly<Record<string, unknown>>): void {
  for (const [name, option] of Object.entries(ALL_OPTIONS)) {
    if (!('array' in option) && Array.isArray(argv[name])) throw new UserError(`--${name} is given more than once. Give it once.`);
  }
}
