/**
 * A failure the user caused and can mend: bad option, broken config, malformed rule pack.
 * The message says what is wrong and what to do next. Anything else that is thrown is a bug in ratel.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
