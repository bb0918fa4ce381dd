import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import { ALL_OPTIONS } from './command-options.ts';

/**
 * A mistake in the command line with a way out, made from what yargs says about it.
 * @param args the command line as it was written
 */
export function usageError(message: string, args: readonly string[]): UserError {
  return new UserError(`${reworded(message, args)} \`ratel --help\` tells more.`);
}

/** What a command does not go without. */
const NEEDED: Readonly<Record<string, string>> = {
  'test-rules': 'a folder that holds rules',
};

function reworded(message: string, args: readonly string[]): string {
  const known = Object.keys(ALL_OPTIONS);
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
  if (message.startsWith('Not enough non-option arguments')) {
    const command = args.find((arg) => Object.hasOwn(NEEDED, arg)) ?? '';
    return `\`ratel ${command}\` needs ${NEEDED[command] ?? 'another word'}.`;
  }
  return `${message
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.?$/, '.')}`;
}
