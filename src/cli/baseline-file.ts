import { existsSync, readFileSync } from 'node:fs';
import { type Baseline, readBaseline } from '../findings/baseline.ts';
import { UserError } from '../util/user-error.ts';

/** A baseline on disk. */
export interface BaselineFile {
  /** Absolute. */
  readonly file: string;
  /** As the user knows it. */
  readonly name: string;
}

/** Where `--write-baseline` writes, below the audited root, when no file is named. */
export const DEFAULT_BASELINE = 'ratel-baseline.json';

/**
 * Reads the baseline to audit with.
 * @throws UserError when it is missing or broken
 */
export async function readBaselineFile({ file, name }: BaselineFile): Promise<Baseline> {
  if (!existsSync(file)) throw new UserError(`There is no baseline ${name}. Write one with --write-baseline, or name another.`);
  return readBaseline(readText(file, name), name);
}

/**
 * The baseline that is about to be replaced: entries that this run cannot judge stay. One that is broken, as after a merge, is
 * replaced as a whole.
 * @throws UserError for a file that is something else altogether, so that nothing of worth is overwritten
 */
export async function readReplacedBaseline({ file, name }: BaselineFile): Promise<Baseline | undefined> {
  if (!existsSync(file)) return undefined;
  const text = readText(file, name);
  try {
    return await readBaseline(text, name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (text.trim() === '' || text.includes('"ratel-baseline/')) return undefined;
    throw new UserError(`${name} is there already and is no baseline, so it is not overwritten. Name another file with --baseline FILE.`);
  }
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `The baseline ${name} cannot be read (${error instanceof Error ? error.message : String(error)}). Name a file that can.`,
    );
  }
}
