/** The words of an option that may be repeated and may hold several words by comma; `undefined` when it was not given. */
export function wordsOf(values: readonly string[] | undefined): readonly string[] | undefined {
  return values
    ?.flatMap((value) => value.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
