import type { Gap } from '../findings/finding.ts';
import { assertNever } from '../util/assert-never.ts';
import { printableLine } from './printable.ts';

/** A gap's reason in words. */
export function reasonWords(reason: Gap['reason']): string {
  switch (reason) {
    case 'unreadable':
      return 'not readable';
    case 'too-large':
      return 'too large';
    case 'binary':
      return 'not text';
    case 'encoding':
      return 'unknown encoding';
    case 'syntax':
      return 'syntax error';
    case 'link':
      return 'link not followed';
    case 'budget':
      return 'too much work';
    case 'crash':
      return 'failure inside ratel';
    case 'limit':
      return 'limit reached';
    default:
      return assertNever(reason);
  }
}

/** Why, and what of it in particular. */
export function gapWords(gap: Gap): string {
  const detail = printableLine(gap.detail);
  return detail === '' ? reasonWords(gap.reason) : `${reasonWords(gap.reason)}: ${detail}`;
}
