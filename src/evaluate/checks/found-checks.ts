import type { CallArguments } from '../calls/arguments.ts';
import { isContainer } from '../values/container.ts';
import { truthOf } from '../values/truth.ts';
import type { Atom, Site, Value } from '../values/value.ts';
import { type Check, telling } from './check.ts';

/** `if items.get(key):`: what a dict gives for a key is only something true where the key is in it. Empty for what is no look-up in a dict. */
export function foundChecks(names: readonly string[], receiver: Value | undefined, args: CallArguments, here: Site): readonly Check[] {
  const [key, fallback, ...others] = args.positional;
  if (!key || others.length > 0 || args.keywords.length > 0 || args.openPositional || args.openKeywords) return [];
  if (fallback && truthOf(fallback.value) !== false) return [];
  if (!names.some((name) => LOOK_UP.test(name)) || !receiver || receiver.length === 0 || !receiver.every(isDict)) return [];
  return [{ fact: { kind: 'member', of: receiver }, holds: true, subject: key.value, site: here }];
}

/** `TABLE.get(c, c)`: what is given instead is given where the key is none of those. */
export function missingChecks(dict: Atom, key: Value, here: Site): readonly Check[] {
  return telling([{ fact: { kind: 'member', of: [dict] }, holds: false, subject: key, site: here }]);
}

const LOOK_UP = /(?:^|\.)(?:get|pop)$/;

/** Other things have a method `get`, too, such as clients: what is taken out of a dict by a key is one itself most often. */
function isDict(atom: Atom): boolean {
  if (isContainer(atom)) return isContainer(atom, 'dict');
  return atom.kind === 'opaque' && (atom.type === 'builtins.dict' || (atom.type === undefined && atom.origin.via === 'item'));
}
