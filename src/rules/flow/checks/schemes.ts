import type { Check } from '../../../evaluate/checks/check.ts';
import { constantText } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { passes } from './check-steps.ts';

/** Schemes whose addresses are scripts, or whole pages of whoever wrote the link. https://url.spec.whatwg.org/#concept-url-scheme */
const SCRIPTS = ['javascript:', 'vbscript:', 'data:'];

/** Whether what begins with a text is no address that runs: `https://`, `/`, but not `j`. White space in front is no part of an address. */
export function beginsNoScript(text: string): boolean {
  const start = text.toLowerCase();
  return /^[^\s\p{Cc}]/u.test(start) && !SCRIPTS.some((scheme) => scheme.startsWith(start) || start.startsWith(scheme));
}

/** Whether the scheme was tested to be one of some, none of which runs: `urlsplit(url).scheme in ("http", "https")`. */
export function isOneOfSchemes(check: Check, atom: Atom, schemes: Value): boolean {
  if (schemes.length === 0 || !passes(check, atom, 'scheme')) return false;
  return schemes.every((one) => {
    const text = constantText([one]);
    return text !== undefined && !SCRIPTS.includes(`${text.toLowerCase()}:`);
  });
}
