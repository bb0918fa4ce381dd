import type { Options } from 'yargs';
import { REPORT_FORMATS } from '../report/reporter.ts';
import { COMMANDS } from './command-options.ts';
import { knownRules } from './known-rules.ts';

const SHELLS = ['bash', 'zsh', 'fish'];

/**
 * Words that may stand where the cursor is. Where a path may stand too the list may be empty: then the shell offers files.
 * @param words the command line up to the cursor without the name of the program; the last is the one being written, maybe `''`
 */
export async function completions(words: readonly string[]): Promise<readonly string[]> {
  const current = words.at(-1) ?? '';
  const named = words.slice(0, -1).find((word) => Object.hasOwn(COMMANDS, word));
  const options = COMMANDS[named ?? 'audit'] ?? {};
  const previous = words.at(-2) ?? '';
  const values = await valuesOf(previous, named, options);
  if (values.length > 0) return values.filter((word) => word.startsWith(current));
  if (current.startsWith('-'))
    return [...Object.keys(options), 'help', 'version'].map((name) => `--${name}`).filter((word) => word.startsWith(current));
  return named === undefined ? Object.keys(COMMANDS).filter((word) => word.startsWith(current)) : [];
}

/** What may follow a word: the choices of an option, a rule, a shell. */
async function valuesOf(
  previous: string,
  command: string | undefined,
  options: Readonly<Record<string, Options>>,
): Promise<readonly string[]> {
  if (previous.startsWith('-')) {
    if (previous === '-f' || previous === '--format' || previous === '--output-format') return Object.keys(REPORT_FORMATS);
    if (previous === '--select' || previous === '--ignore') return ruleIds();
    const choices = options[previous.replace(/^-+/, '')]?.choices;
    return Array.isArray(choices) ? choices.map(String) : [];
  }
  if (command === 'explain' && previous === 'explain') return ruleIds();
  return command === 'completion' ? SHELLS : [];
}

async function ruleIds(): Promise<readonly string[]> {
  return (await knownRules([])).map(({ description }) => description.id);
}
