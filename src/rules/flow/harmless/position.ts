import type { HarmName } from '../harms.ts';

/** What stands for a hole with something that does not come from outside. */
export const TRUSTED_HOLE = '\uFFFC';

/**
 * Whether a value behind this text can no longer do harm: what stands before it decides already. A host in front (`https://example.org/`),
 * or a first path segment for a redirect; `//` and a backslash start a host. https://datatracker.ietf.org/doc/html/rfc3986#section-4.2
 */
export function isHarmlessBehind(harm: HarmName, before: string): boolean {
  switch (harm) {
    case 'redirect':
      return (
        hasHost(before) ||
        isInQuery(before) ||
        /^[/?#][^/\\]/.test(before) ||
        /^[?#]/.test(before) ||
        isRelative(before) ||
        WITHOUT_HOST.test(before)
      );
    case 'email':
      // Behind the first empty line is the body.
      return /\r?\n\r?\n/.test(before);
    case 'ssrf':
      // A path alone goes to the host that the client was made for.
      return hasHost(before) || isInQuery(before) || /^\/[^/\\]/.test(before) || isRelative(before);
    case 'argument':
      // An option starts with its dash.
      return before !== '';
    case 'program':
      // Split at spaces, or joined to a directory: the first word is there already.
      return /\S\s/.test(before) || before.includes('/');
    case 'name':
      // `handle_` or `plugins.`: one of those that were meant for it.
      return /\w/.test(before) || before.includes(TRUSTED_HOLE);
    case 'keys':
    case 'fields':
      // `price_in_` and a currency: one of the fields that are called so. Behind two underscores stands a field of another model, or a lookup.
      return /[a-z0-9]_?$/i.test(before);
    default:
      return false;
  }
}

/** Addresses that a browser hands to another program, and opens no page for. https://www.rfc-editor.org/rfc/rfc6068, https://www.rfc-editor.org/rfc/rfc3966 */
const WITHOUT_HOST = /^(?:mailto|tel|sms|geo):/i;

/** Whether a value in front of this text can no longer do harm: `{provider}SSO` is one of those that are called so. */
export function isHarmlessBefore(harm: HarmName, behind: string): boolean {
  return harm === 'name' && /[A-Za-z]\w+$/.test(behind);
}

/** `scheme://host/`, `//host/`, or something trusted with a slash behind it. */
function hasHost(before: string): boolean {
  return /^(?:[a-z\uFFFC][a-z\uFFFC0-9+.-]*:)?\/\/[^/\\?#@]+[/?#]/i.test(before) || /^\uFFFC(?!:?\/\/)[^/\\?#]*[/?#]/.test(before);
}

/** `url + "&state=" + x`: whoever writes that has a query in front, and the host before it. */
function isInQuery(before: string): boolean {
  return /^\uFFFC[^/\\?#]*&[\w\uFFFC-]+=/.test(before);
}

/** Whether it depends on how something trusted ends: `settings.API + x` is harmless if that ends in a slash. */
export function isDoubtfulBehind(harm: HarmName, before: string): boolean {
  return (harm === 'redirect' || harm === 'ssrf') && /^\uFFFC(?!:?\/\/)[^/\\?#]*$/.test(before);
}

/**
 * `config/config.`: behind the start of a file's name `..` leads out only where a folder is called so. https://man7.org/linux/man-pages/man7/path_resolution.7.html
 * A name such as `files` may well be a folder.
 */
export function isBehindStartOfName(before: string): boolean {
  return /[\w\uFFFC][-_.:=@+~]$/.test(before);
}

/**
 * `users/`: a relative path that cannot turn into a scheme. Nor can `<p>` or `{"a":`, which begin no address, or a sentence: no scheme has a space.
 * https://datatracker.ietf.org/doc/html/rfc3986#section-3.1
 */
function isRelative(before: string): boolean {
  return /^[\w.-]+[/?#]|^\s*[<{["]|^[A-Za-z][\w.+-]* /.test(before);
}
