import type { ModelRow } from '../../../evaluate/calls/library-model.ts';
import { stringOf } from '../../../evaluate/values/text.ts';
import type { CallOrigin, Origin } from '../../../evaluate/values/value.ts';
import type { HarmName } from '../harms.ts';
import { substitution } from './removed.ts';

/** Stands among the names of what was turned back for all that make a text harmless by how they write it. */
const WRITTEN = 'written';

/** What a step turns back of what was made harmless before it: `escape(text).replace("&lt;", "<")`, `shlex.quote(name)[1:-1]`. */
export function broughtBack(harm: HarmName, origin: Origin): readonly string[] {
  // `urlsplit(request.url).query`: whoever links to the site writes all of it.
  if (origin.via === 'attribute') return harm === 'redirect' && /^(?:query|fragment)$/.test(origin.name) ? [WRITTEN] : [];
  if (origin.via === 'item') {
    const isCut = harm === 'shell' && origin.key.length === 0;
    return isCut || (harm === 'redirect' && isBehindQuery(origin)) ? [WRITTEN] : [];
  }
  return origin.via === 'call' && bringsBack(harm, origin) ? [WRITTEN] : [];
}

/** `request.url.split("?")[1]`: what stands behind the start of the site's own address is no address of the site. */
function isBehindQuery({ of, key }: Origin & { readonly via: 'item' }): boolean {
  const [at, ...others] = key;
  if (at?.kind !== 'constant' || at.literal.type !== 'int' || Number(at.literal.value) === 0 || others.length > 0) return false;
  return of.some((atom) => {
    if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return false;
    const { names, args } = atom.origin;
    return /\.r?split$/.test(names[0] ?? '') && /[?&=#]/.test(stringOf(args.positional[0]?.value) ?? '');
  });
}

/** Whether some of what gave a value was turned back since. */
export function isTurnedBackOf(rows: readonly ModelRow[], undone: readonly string[]): boolean {
  const isWritten = undone.includes(WRITTEN);
  return undone.length > 0 && rows.some((row) => undone.includes(row.name) || (isWritten && row.cleans && !row.cleans.includes('all')));
}

/** Whether what was turned back may hold a slash though what it was made of holds none: `b64decode(name)`, `name.replace("__", "/")`. */
export function isDecoded(harm: HarmName, undone: readonly string[]): boolean {
  return undone.some((name) => (name === WRITTEN ? harm === 'path' : !name.startsWith('shlex.')));
}

function bringsBack(harm: HarmName, origin: CallOrigin): boolean {
  const { names, args } = origin;
  const { pattern, put } = substitution(origin) ?? {};
  if (pattern !== undefined && put !== undefined) return putsBack(harm, pattern.replace(/^\((.*)\)$/, '$1'), put);
  const method = (names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
  const [first, second] = args.positional.map(({ value }) => stringOf(value));
  if (first === undefined) return false;
  // Without the quotes around it a word of a shell is what it was.
  if (harm === 'shell') return first.includes("'") && (method === 'replace' || TAKING.test(method));
  return method === 'replace' && second !== undefined && putsBack(harm, first, second);
}

/** Whether what stands for a character becomes the character again. */
function putsBack(harm: HarmName, first: string, second: string): boolean {
  if (harm === 'html') return (first === '&lt;' && second.includes('<')) || (first === '&gt;' && second.includes('>'));
  // Names without a slash get one again.
  if (harm === 'path' && second.includes('/')) return !first.includes('/') && first !== '\\';
  const code = /^(?:%|\\)([0-9a-f]{2})$/i.exec(first)?.[1];
  return code !== undefined && second === String.fromCodePoint(Number.parseInt(code, 16));
}

const TAKING = /^(?:[lr]?strip|remove(?:prefix|suffix))$/;
