import type { HarmName } from '../harms.ts';
import type { Judge } from './verdict.ts';

/** Whether what checks tell of a value makes it harmless together. */
export function isEnough({ harm, isLink }: Judge, facts: ReadonlySet<string>): boolean {
  if (isLink && facts.has('known scheme')) return true;
  switch (harm) {
    case 'redirect':
      return (
        (facts.has('starts with a slash') && (facts.has('not two slashes') || facts.has('no host'))) ||
        (facts.has('no host') && facts.has('no scheme'))
      );
    case 'ssrf':
      return facts.has('no host');
    case 'path':
      return facts.has('no separator') || (facts.has('no dots') && facts.has('not absolute'));
    case 'argument':
      return facts.has('no leading dash');
    case 'html':
      return facts.has('no <') && (facts.has('no >') || facts.has('no "'));
    case 'header':
    case 'log':
    case 'email':
      return facts.has('no \n') && facts.has('no \r');
    default:
      return false;
  }
}

/** Whether it helps in most cases, and leaves ways round: no host, but `https:evil.com` and `///evil.com` have none to a parser. */
export function isHalfEnough(harm: HarmName, facts: ReadonlySet<string>): boolean {
  return harm === 'redirect' && facts.has('no host');
}

/** Adds what it tells of a text that another is not in it. */
export function withoutText(part: string, facts: Set<string>): void {
  if (part === '..') facts.add('no dots');
  if (part === '/') facts.add('no separator').add('not two slashes').add('no dots').add('not absolute');
  if (part === '//') facts.add('not two slashes');
  facts.add(`no ${part}`);
}
