import yargs, { type ArgumentsCamelCase, type InferredOptionTypes, type Options } from 'yargs';
import { AUDIT_OPTIONS } from './audit-options.ts';
import { EXPLAIN_OPTIONS, INIT_OPTIONS, ROUTES_OPTIONS, RULES_OPTIONS, SETTINGS_OPTIONS } from './command-options.ts';
import { CONFIGURATION_OPTIONS, OUTPUT_OPTIONS } from './common-options.ts';
import type { ExitCode } from './exit-code.ts';
import { EXAMPLES, EXIT_CODES } from './help-texts.ts';
import { refuseMistakes } from './mistakes.ts';
import { widthOf } from './terminal.ts';
import { usageError } from './usage-error.ts';

/** What a command line asks for, ready to be run. Help and version are printed by parsing, so then there is nothing to run. */
export type Command = () => Promise<ExitCode>;

export type AuditArguments = Args<typeof AUDIT_OPTIONS & typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS> & {
  readonly paths: readonly string[];
};
export type ExplainArguments = Args<typeof EXPLAIN_OPTIONS & typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS> & {
  readonly rule?: string | undefined;
};
export type RulesArguments = Args<typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS & typeof RULES_OPTIONS>;
export type RoutesArguments = Args<typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS & typeof ROUTES_OPTIONS> & {
  readonly directory?: string | undefined;
};
export type SettingsArguments = Args<typeof CONFIGURATION_OPTIONS & typeof OUTPUT_OPTIONS & typeof SETTINGS_OPTIONS> & {
  readonly directory?: string | undefined;
};
export type InitArguments = { readonly force?: boolean | undefined };
export type TestRulesArguments = { readonly directory: string };

/** What yargs makes of options: also by their names in camel case. */
type Args<O extends Readonly<Record<string, Options>>> = Readonly<ArgumentsCamelCase<InferredOptionTypes<O>>>;

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
      'populate--': true,
    })
    .usage(
      'ratel audits Python web projects (Flask, Django): no Python, no network, no account.\n\n  $0 [audit] [options] [path..]\n  $0 <command>',
    )
    .command(
      ['audit [paths..]', '$0'],
      'Audit the project in a directory, or report on some files of one',
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
      (argv) =>
        choose(async () => (await import('./commands/audit.ts')).runAudit({ ...argv, paths: [...argv.paths, ...behindDashes(argv)] })),
    )
    .command(
      'explain [rule]',
      'Say what a rule looks for, why, and how to mend it; or what is known of one line',
      (y) =>
        y
          .positional('rule', { type: 'string', desc: 'Id, code or alias' })
          .options(EXPLAIN_OPTIONS)
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
      'routes [directory]',
      'List the ways into the application, and what guards them',
      (y) =>
        y
          .positional('directory', { type: 'string', desc: 'The project; by default the current directory' })
          .options(ROUTES_OPTIONS)
          .options(CONFIGURATION_OPTIONS)
          .options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/routes.ts')).runRoutes(argv)),
    )
    .command(
      'settings [directory]',
      'List the settings of Django that each environment ends with, and where they come from',
      (y) =>
        y
          .positional('directory', { type: 'string', desc: 'The project; by default the current directory' })
          .options(SETTINGS_OPTIONS)
          .options(CONFIGURATION_OPTIONS)
          .options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/settings.ts')).runSettings(argv)),
    )
    .command(
      'init',
      'Write a commented ratel.toml',
      (y) => y.options(INIT_OPTIONS).options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/init.ts')).runInit(argv)),
    )
    .command(
      'test-rules <directory>',
      'Run the rules in a folder on their own fixtures',
      (y) => y.positional('directory', { type: 'string', demandOption: true, desc: 'Folder that holds rules' }).options(OUTPUT_OPTIONS),
      (argv) => choose(async () => (await import('./commands/test-rules.ts')).runTestRules(argv)),
    )
    .completion('completion', 'Print what makes bash, zsh or fish complete command lines')
    .help('help', 'Show this help')
    .alias('help', 'h')
    .version('version', 'Show the version', version)
    .alias('version', 'V')
    .example(EXAMPLES)
    .epilogue(EXIT_CODES)
    .strictOptions()
    .wrap(Math.min(HELP_WIDTH, widthOf(process.stdout, process.env) || HELP_WIDTH))
    .exitProcess(false);
  parser.fail((message, error) => {
    throw error instanceof Error && error.name !== 'YError' ? error : usageError(message ?? error?.message ?? '', args);
  });
  const argv = await parser.parseAsync();
  refuseMistakes(args, argv);
  // yargs prints the script itself, and goes on to the default command.
  return args[0] === 'completion' ? undefined : chosen;
}

/** Paths behind `--`, which may begin with a dash. */
function behindDashes(argv: Readonly<Record<string, unknown>>): readonly string[] {
  const paths = argv['--'];
  return Array.isArray(paths) ? paths.map(String) : [];
}
