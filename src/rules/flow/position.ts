import type { HarmName } from './harms.ts';

/** What stands for a hole with something that does not come from outside. */
export const TRUSTED_HOLE = '\uFFFC';

/**
 * Whether a value behind this text can no longer do harm: what stands before it decides already. A host in front (`https://example.org/`),
 * or a first path segment for a redirect; `//` and a backslash start a host. https://datatracker.ietf.org/doc/html/rfc3986#section-4.2
 */
export function isHarmlessBehind(harm: HarmName, before: string): boolean {
  switch (harm) {
    case 'redirect':
      return hasHost(before) || /^[/?#][^/\\]/.test(before) || /^[?#]/.test(before) || isRelative(before);
    case 'ssrf':
      return hasHost(before);
    default:
      return false;
  }
}

/** `scheme://host/`, `//host/`, or something trusted with a slash behind it. */
function hasHost(before: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/\\?#@]+[/?#]/i.test(before) || /^\uFFFC[^\uFFFC]*[/?#]/.test(before);
}

/** `users/`: a relative path that cannot turn into a scheme. */
function isRelative(before: string): boolean {
  return /^[\w.-]+[/?#]/.test(before);
}
