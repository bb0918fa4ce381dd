import { printable } from '../report/printable.ts';
import { UserError } from '../util/user-error.ts';
import { TOOL } from '../version.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { print, tell } from './streams.ts';

const REPORT_BUGS = 'https://github.com/ratel-audit/ratel/issues';

/** How the script that `ratel completion` prints asks for words. */
const COMPLETION_REQUEST = '--get-yargs-completions';

/** Runs one command line; gives the exit code and never throws. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  try {
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
      print(`${TOOL.name} ${TOOL.version}\n`);
      return EXIT.clean;
    }
    if (args[0] === COMPLETION_REQUEST) {
      const { completions } = await import('./completions.ts');
      // The first word is the program.
      print((await completions(args.slice(2))).map((word) => `${word}\n`).join(''));
      return EXIT.clean;
    }
    if (args[0] === 'completion' && args.some((arg) => arg === '--help' || arg === '-h')) {
      const { COMPLETION_HELP } = await import('./help-texts.ts');
      print(COMPLETION_HELP);
      return EXIT.clean;
    }
    const { parseCommandLine } = await import('./command-line.ts');
    const command = await parseCommandLine(withShell(args), `${TOOL.name} ${TOOL.version}`);
    return command === undefined ? EXIT.clean : await command();
  } catch (error) {
    tell(failureText(error, args.includes('--verbose') || args.includes('-v')));
    return EXIT.failed;
  }
}

/** Whose fault it was and what to do next. */
function failureText(error: unknown, verbose: boolean): string {
  if (error instanceof UserError) return `ratel: ${error.lines.map(printable).join('\n')}`;
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : 'no stack';
  const detail = verbose ? `\n${stack}` : ' Run again with --verbose for the details that the report needs.';
  return `ratel: internal error: ${message}\nThis is a bug in ratel, please report it: ${REPORT_BUGS}.${detail}`;
}

/** `completion zsh` and its like: yargs takes the shell from the environment only. */
function withShell(args: readonly string[]): readonly string[] {
  const [command, shell, extra] = args;
  if (command !== 'completion' || shell === undefined || shell.startsWith('-')) return args;
  if (!['bash', 'zsh', 'fish'].includes(shell))
    throw new UserError(`There is no completion for “${shell}”. Write \`ratel completion bash\`, \`zsh\` or \`fish\`.`);
  if (extra !== undefined) throw new UserError(`There is a completion for one shell at a time, and “${extra}” is given too. Leave it out.`);
  process.env.SHELL = shell;
  process.env.ZSH_NAME = '';
  return [command];
}
