/** `https?`, `(?:http|https)` and the like, then the slashes. */
const SCHEME = /^(?:https?\??|\((?:\?:)?https?\??(?:\|https?)?\)):(?:\\?\/){2}/;
/** One sign of a host as a pattern names it: a word character, an escaped dot, words to choose from, or any label of a subdomain. */
const PARTS =
  /^(?:[\w-]|\\[.-]|\((?:\?:|\?P<\w+>)?(?:[\w|-]|\\[.-])+\)\??|(?:\[[\w-]+\](?:[+*]|\{[\d,]+\})|\((?:\?:|\?P<\w+>)?\[[\w-]+\](?:[+*]|\{[\d,]+\})\))(?=\\\.))+/;
/** Signs behind a host after which no more of it can come: a slash, the end, or either. */
const ENDS = [/^\\?\/(?![?*{])/, /^(?:\\?\/\??)?(?:\$|\\Z)$/, /^\((?:\?:|\?P<\w+>)?(?:\\?\/|\[\/\??#?\])[^|]*\)\??(?:\$|\\Z)$/];

/**
 * Whether a pattern lets only URLs through that begin with one host, or one of a few: `^https://(www|docs)\.example\.com/`.
 * @param isSearched whether it is looked for anywhere, so that it has to name the start itself
 * @param isWhole whether it has to match to the end of the text
 */
export function startsWithHost(pattern: string, isSearched: boolean, isWhole: boolean): boolean {
  const anchored = /^(?:\^|\\A)/.exec(pattern)?.[0] ?? '';
  if (isSearched && anchored === '') return false;
  const scheme = SCHEME.exec(pattern.slice(anchored.length))?.[0];
  if (scheme === undefined) return false;
  const written = pattern.slice(anchored.length + scheme.length);
  const host = PARTS.exec(written)?.[0] ?? '';
  const behind = written.slice(host.length);
  // The name of a host has a dot that is meant as one; what follows in other words begins another pattern.
  if (!/\\\.[\w-]*$|\\\.(?:\w|\(|\|)/.test(host) || hasAlternatives(behind)) return false;
  return ENDS.some((end) => end.test(behind)) || (isWhole && ENDS.some((end) => end.test(`${behind}$`)));
}

/** Whether a `|` stands outside all parentheses and classes. */
function hasAlternatives(pattern: string): boolean {
  let depth = 0;
  let isClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') at++;
    else if (isClass) isClass = character !== ']';
    else if (character === '[') isClass = true;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}
