import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';

/**
 * A mistake in the command line with a way out, made from what yargs says about it.
 * @param known every option of every command, without dashes
 */
export function usageError(message: string, known: readonly string[]): UserError {
  return new UserError(`${reworded(message, known)} \`ratel --help\` tells more.`);
}

function reworded(message: string, known: readonly string[]): string {
  const unknown = /^Unknown arguments?: ([^,]*)/.exec(message)?.[1];
  if (unknown !== undefined) {
    const dashed = `${unknown.length === 1 ? '-' : '--'}${unknown}`;
    if (known.includes(unknown)) return `${dashed} is an option of another command.`;
    return `There is no option ${dashed}.${didYouMean(
      dashed,
      known.map((name) => `--${name}`),
    )}`;
  }
  const missing = /^Not enough arguments following: (.*)/.exec(message)?.[1];
  if (missing !== undefined) return `--${missing} needs a value behind it.`;
  const invalid = /Argument: (.*?), Given: "(.*?)", Choices: (.*)/.exec(message);
  if (invalid !== null) {
    const [, option = '', given = '', list = ''] = invalid;
    const choices = list.split(', ').map((choice) => choice.replaceAll('"', ''));
    return `--${option} cannot be “${given}”.${didYouMean(given, choices)} It is one of ${choices.join(', ')}.`;
  }
  if (message.startsWith('Not enough non-option arguments')) return 'The command needs an argument: the name of a rule, or a folder.';
  return `${message
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.?$/, '.')}`;
}
