/**
 * A failure the user caused and can mend: bad option, broken config, malformed rule pack.
 * The message says what is wrong and what to do next. Anything else that is thrown is a bug in ratel.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** One line for each thing that is wrong. A line end inside of one belongs to a name that somebody gave, and is not for printing. */
  readonly lines: readonly string[];

  constructor(problems: string | readonly string[]) {
    const lines = typeof problems === 'string' ? [problems] : [...problems];
    super(lines.join('\n'));
    this.lines = lines;
  }
}
