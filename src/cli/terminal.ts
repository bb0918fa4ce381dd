/** What `--color` says. */
export type ColorChoice = 'auto' | 'always' | 'never';

/** What of a process decides how its output looks. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How text for a stream may look. */
export interface Look {
  readonly color: boolean;
  /** Columns; 0 when unknown. */
  readonly width: number;
  readonly hyperlinks: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The look of a terminal or pipe, as the option and the environment want it. */
export function lookOf(stream: OutputStream, choice: ColorChoice, environment: Environment): Look {
  const isTerminal = stream.isTTY === true;
  const color = wantsColor(isTerminal, choice, environment);
  // Build logs and plain terminals print the escape codes of links as they are.
  const hyperlinks = isTerminal && color && !isSet(environment.CI) && !isPlain(environment.TERM);
  return { color, width: widthOf(stream, environment), hyperlinks };
}

/** Columns that text may take: what COLUMNS says (POSIX lets users set it), else what the terminal has; 0 when neither is known. */
export function widthOf(stream: OutputStream, environment: Environment): number {
  const wanted = /^[1-9]\d{0,4}$/.test(environment.COLUMNS ?? '') ? Number(environment.COLUMNS) : undefined;
  return wanted ?? stream.columns ?? 0;
}

/** For reports in files: nothing in them may depend on the terminal. */
export const FILE_LOOK: Look = { color: false, width: 0, hyperlinks: false };

/** https://no-color.org, https://force-color.org and https://bixense.com/clicolors; the one that asks for less wins. */
function wantsColor(isTerminal: boolean, choice: ColorChoice, environment: Environment): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(environment.NO_COLOR)) return false;
  if (isOn(environment.FORCE_COLOR) || isOn(environment.CLICOLOR_FORCE)) return true;
  if (environment.CLICOLOR === '0') return false;
  return isTerminal && !isPlain(environment.TERM);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function isOn(value: string | undefined): boolean {
  return isSet(value) && value !== '0' && value !== 'false';
}

function isPlain(terminal: string | undefined): boolean {
  return terminal === 'dumb' || terminal === 'linux';
}
