/** Unbounded repetitions in one expression: each is one more power of the text's length that backtracking can take. */
const MAX_REPETITIONS = 3;
const SPACES = '\\t\\n\\f\\r ';
/** Escapes that mean the same in both syntaxes; punctuation does as well. */
const SAME_ESCAPES = /^[dDwWbBtnrfv]$/;

/**
 * The same expression for the engine of the platform, which is twenty times as fast as re2js but takes every way that a match may be found.
 * Only for expressions that mean the same in both syntaxes and in which no group is repeated: on a short text they end soon.
 * `undefined` for all others. Syntax of re2: https://github.com/google/re2/wiki/Syntax
 */
export function nativeRegex(pattern: string): RegExp | undefined {
  const leading = /^\(\?([is]+)\)/.exec(pattern);
  const flags = leading?.[1] ?? '';
  const source = nativeSource(leading ? pattern.slice(leading[0].length) : pattern, flags.includes('s'));
  return source === undefined ? undefined : new RegExp(source, flags.includes('i') ? 'i' : '');
}

function nativeSource(pattern: string, dotMatchesAll: boolean): string | undefined {
  let source = '';
  let repetitions = 0;
  let at = 0;
  while (at < pattern.length) {
    const token = tokenAt(pattern, at, dotMatchesAll);
    if (token === undefined) return undefined;
    source += token.source;
    at += token.length;
    if (token.repeats === undefined) continue;
    if (pattern[at - token.length - 1] === ')') return undefined;
    if (token.repeats === 'without bound') repetitions++;
    if (repetitions > MAX_REPETITIONS) return undefined;
  }
  return source;
}

interface Token {
  readonly length: number;
  readonly source: string;
  readonly repeats?: 'without bound' | 'counted';
}

function tokenAt(pattern: string, at: number, dotMatchesAll: boolean): Token | undefined {
  const character = pattern[at] ?? '';
  switch (character) {
    case '\\':
      return escapeAt(pattern, at, false);
    case '[':
      return classAt(pattern, at);
    case '.':
      return { length: 1, source: dotMatchesAll ? '[^]' : '[^\\n]' };
    case '(':
      if (pattern[at + 1] !== '?') return { length: 1, source: '(?:' };
      return pattern[at + 2] === ':' ? { length: 3, source: '(?:' } : undefined;
    case '*':
    case '+':
      return { length: 1, source: character, repeats: 'without bound' };
    case '{': {
      const count = /^\{\d+(,(\d*))?\}/.exec(pattern.slice(at));
      return count ? { length: count[0].length, source: count[0], repeats: count[2] === '' ? 'without bound' : 'counted' } : undefined;
    }
    default:
      return isPlain(character) ? { length: 1, source: character } : undefined;
  }
}

function escapeAt(pattern: string, at: number, inClass: boolean): Token | undefined {
  const escaped = pattern[at + 1] ?? '';
  if (escaped === 's') return { length: 2, source: inClass ? SPACES : `[${SPACES}]` };
  if (escaped === 'S' && !inClass) return { length: 2, source: `[^${SPACES}]` };
  const isSame = SAME_ESCAPES.test(escaped) && !(inClass && /[bB]/.test(escaped));
  return isSame || /^[!-/:-@[-`{-~]$/.test(escaped) ? { length: 2, source: `\\${escaped}` } : undefined;
}

function classAt(pattern: string, start: number): Token | undefined {
  let at = start + 1;
  let source = '[';
  if (pattern[at] === '^') {
    source += '^';
    at++;
  }
  // A bracket that comes first stands for itself there.
  if (pattern[at] === ']') return undefined;
  while (at < pattern.length) {
    const character = pattern[at] ?? '';
    if (character === ']') return { length: at + 1 - start, source: `${source}]` };
    // `[:alpha:]` is a name of a class.
    if (character === '[' && pattern[at + 1] === ':') return undefined;
    const token = character === '\\' ? escapeAt(pattern, at, true) : { length: 1, source: character };
    if (token === undefined || !isPlain(character)) return undefined;
    source += token.source;
    at += token.length;
  }
  return undefined;
}

/** Beyond ASCII the two engines differ in what they take for the same letter. */
function isPlain(character: string): boolean {
  return character.charCodeAt(0) < 128;
}
