import { contentOf, isContainer } from '../../../evaluate/values/container.ts';
import { stringOf } from '../../../evaluate/values/text.ts';
import type { Atom, ContainerAtom, Origin, Value } from '../../../evaluate/values/value.ts';
import { excludes } from '../checks/charset.ts';
import { type HarmName, isHarmlessText } from '../harms.ts';
import { OUTSIDE, quoteInMarkup } from './html-position.ts';
import { TRUSTED_HOLE } from './position.ts';
import { quoteInShell } from './shell-position.ts';

/** Harms done inside a literal of the other language, which a value must leave by its quote. */
const QUOTED: ReadonlySet<HarmName> = new Set(['xpath', 'sql', 'code']);

/**
 * Characters without all of which a value does no harm, wherever it stands.
 * https://datatracker.ietf.org/doc/html/rfc4515#section-3, https://datatracker.ietf.org/doc/html/rfc4514#section-2.4
 */
const NEEDED: Partial<Record<HarmName, string>> = {
  ldap: '()*\\',
  'ldap-name': '\\,=+<>#;"',
  template: '{',
  format: '{',
  html: '<>',
  header: '\r\n',
  email: '\r\n',
  log: '\r\n',
  path: '/',
};

/** Stands for a quote where the host of a URL is being written: `http://` and `https://api.`. */
export const IN_HOST = '//';
/** Stands for a quote where other text stands in front, and leaves none open: a number, a name, or a part of a literal that is put together elsewhere. */
export const UNQUOTED = '<none>';
/** The quote of the literal that is open behind this text, where leaving it is what the harm takes. */
export function openQuote(harm: HarmName, before: string): string | undefined {
  if (harm === 'ssrf' && /^[a-z][a-z0-9+.-]*:\/\/[^/\\?#]*$/i.test(before)) return IN_HOST;
  if (harm === 'html') return quoteInMarkup(before);
  if (harm === 'shell') return quoteInShell(before);
  // Behind the start of a name nothing is absolute, and only `..` leads out: `f"original.{extension}"`.
  if (harm === 'path' && /[^/\\]$/.test(before)) return '.';
  if (!QUOTED.has(harm)) return undefined;
  let open: string | undefined;
  for (const character of before) {
    if (open === undefined && (character === "'" || character === '"')) open = character;
    else if (character === open) open = undefined;
  }
  return open ?? (harm === 'sql' && before !== '' && !before.endsWith(TRUSTED_HOLE) ? UNQUOTED : undefined);
}

/** Characters that a call takes out of its text for certain: `replace("'", "")`, `re.sub(r"[()*]", "", text)`. */
export function removedBy(origin: Origin & { via: 'call' }): string {
  const name = (origin.names[0] ?? '').replace(/\(\)$/, '');
  const [first, second] = origin.args.positional.map((passed) => stringOf(passed.value) ?? separatorOf(passed.value));
  if (name.endsWith('.replace') && origin.receiver && origin.args.positional.length === 2)
    return first?.length === 1 && second !== undefined && !second.includes(first) ? first : '';
  if (name.endsWith('.translate') && origin.receiver) return removedByTable(origin.args.positional[0]?.value);
  if (name.endsWith('.join')) return removedByParting(origin);
  // https://docs.python.org/3/library/codecs.html#text-encodings
  if (name.endsWith('.encode') && origin.receiver && /^unicode[-_]escape$/.test(first ?? '')) return '\r\n';
  // Words have no white space in them: `" ".join(text.split())`.
  if (name.endsWith('.split') && origin.receiver && origin.args.positional.length + origin.args.keywords.length === 0) return ' \t\n\r\f\v';
  const replaced = substitution(origin);
  return replaced ? removedByPattern(replaced.pattern, replaced.put) : '';
}

interface Substitution {
  readonly pattern: string | undefined;
  readonly put: string | undefined;
}

/** What `re.sub(pattern, put, text)` and `pattern.sub(put, text)` put where; `undefined` for other calls, and where a count ends them. https://docs.python.org/3/library/re.html#re.sub */
export function substitution({ names, receiver, args }: Origin & { via: 'call' }): Substitution | undefined {
  const name = (names[0] ?? '').replace(/\(\)$/, '');
  const [first, second] = args.positional.map((passed) => stringOf(passed.value));
  const isCounted = args.keywords.some((one) => one.name === 'count');
  if (isCounted) return undefined;
  if (name === 're.sub') return args.positional.length <= 3 ? { pattern: first, put: second } : undefined;
  if (!/^re\.Pattern\.sub$|\.compile\(\)\.sub$/.test(name) || receiver?.length !== 1 || args.positional.length > 2) return undefined;
  return { pattern: compiledPattern(receiver[0]), put: first };
}

/** `"_".join(path.split("/"))`: what the parts stood between. */
function removedByParting({ receiver, args }: Origin & { via: 'call' }): string {
  const between = receiver && stringOf(receiver);
  const [parts, ...others] = args.positional[0]?.value ?? [];
  if (between === undefined || !parts || others.length > 0) return '';
  const [separator, ...more] = new Set(contentOf(parts).map(separatorOfPart));
  return separator?.length === 1 && more.length === 0 && !between.includes(separator) ? separator : '';
}

/** What does not stand in a part of a text, which was split there: `text.split(",")`. */
function separatorOfPart(part: Atom): string | undefined {
  if (part.kind !== 'opaque' || part.origin.via !== 'call' || !part.origin.receiver) return undefined;
  const { names, args } = part.origin;
  const [only, ...others] = [...args.positional, ...args.keywords];
  if (!/\.r?split(?:\(\))?$/.test(names[0] ?? '') || !only || others.length > 0) return undefined;
  return stringOf(only.value) ?? separatorOf(only.value);
}

/** `os.sep`: a slash where web applications run. https://docs.python.org/3/library/os.html#os.sep */
function separatorOf(value: Value): string | undefined {
  const [only, ...others] = value;
  return only?.kind === 'symbol' && others.length === 0 && /^(?:os|os\.path|posixpath)\.sep$/.test(only.name) ? '/' : undefined;
}

/**
 * The quotes that a call doubles: `replace("'", "''")` keeps a value inside its literal, but for databases that know backslashes. To those,
 * `re.sub(r"(['\\])", r"\\\1", text)` does.
 */
export function doubledBy(origin: Origin & { via: 'call' }): string {
  const [first, second] = origin.args.positional.map((passed) => stringOf(passed.value));
  const name = (origin.names[0] ?? '').replace(/\(\)$/, '');
  if (name.endsWith('.replace')) return origin.receiver && first?.length === 1 && second === first + first ? first : '';
  const { pattern, put } = substitution(origin) ?? {};
  const escaped = /^\(?\[((?:\\.|[^\]\\])+)\]\)?$/.exec(pattern ?? '')?.[1];
  return escaped?.includes('\\\\') && /^\\\\\\(?:1|g<[01]>)$/.test(put ?? '') ? escaped.replace(/[^'"`]/g, '') : '';
}

/** Whether a value starts with no slash of either kind, so that behind one slash it begins no host: `"/" + path.lstrip("/\\")`. */
export function startsWithoutSlash(atom: Atom): boolean {
  const taken = strippedInFront(atom);
  return taken.includes('/') && taken.includes('\\');
}

/** The characters that a call took off in front: `path.lstrip("/")`. https://docs.python.org/3/library/stdtypes.html#str.lstrip */
export function strippedInFront(atom: Atom): string {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || !atom.origin.receiver) return '';
  const { names, args } = atom.origin;
  return /\.l?strip(?:\(\))?$/.test(names[0] ?? '') ? (stringOf(args.positional[0]?.value) ?? '') : '';
}

/** Whether only characters are left that cannot do this harm: `re.sub(r"[^a-z0-9]", "", name)`. */
export function leavesOnlyHarmless(harm: HarmName, origin: Origin & { via: 'call' }): boolean {
  const { pattern, put } = substitution(origin) ?? {};
  const members = /^\[\^(.+)\]\+?$/.exec(pattern ?? '')?.[1] ?? /^(\\[WD])\+?$/.exec(pattern ?? '')?.[1]?.toLowerCase();
  if (members === undefined || put === undefined) return false;
  return isHarmlessText(harm, (characters) => excludes(`[${members}]`, characters) && !characters.test(put));
}

function removedByPattern(pattern: string | undefined, replacement: string | undefined): string {
  const members =
    /^\[((?:[^\]\\^-]|\\[^\w]|\\[nrtfvs]|\\0(?!\d)|\\x[0-9a-fA-F]{2})+)\]\+?$/.exec(pattern ?? '')?.[1] ?? alternatives(pattern ?? '');
  if (members === undefined || replacement === undefined || replacement.includes('\\')) return '';
  const characters = members.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPED[character] ?? character) : String.fromCodePoint(Number.parseInt(code, 16)),
  );
  return without(characters, replacement);
}

/** What letters stand for behind a backslash. https://docs.python.org/3/library/re.html#regular-expression-syntax */
const ESCAPED: Readonly<Record<string, string>> = { 0: '\0', n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', s: ' \t\n\r\f\v' };

/** The characters of `\r|\n`: those that are an alternative of their own. */
function alternatives(pattern: string): string | undefined {
  const parts = pattern.split('|').map((part) => part.replace(/\+$/, ''));
  if (!parts.every((part) => /^(?:[\w <>'"&;,:=@#%~!-]|\\[^\w]|\\[nrtfvs])+$/.test(part))) return undefined;
  return parts.filter((part) => /^(?:\\?.)$/.test(part)).join('');
}

function without(characters: string, replacement: string): string {
  return [...characters].filter((character) => !replacement.includes(character)).join('');
}

/** The characters that `text.translate(table)` takes out, of a table that `maketrans` made. https://docs.python.org/3/library/stdtypes.html#str.maketrans */
function removedByTable(table: Value | undefined): string {
  const [only, ...others] = table ?? [];
  if (!only || others.length > 0) return '';
  if (isContainer(only, 'dict')) return removedByEntries(only);
  if (only.kind !== 'opaque' || only.origin.via !== 'call' || !/\.maketrans(?:\(\))?$/.test(only.origin.names[0] ?? '')) return '';
  const { positional } = only.origin.args;
  const [from, to, gone] = positional.map((passed) => stringOf(passed.value));
  if (positional.length > 1) return without((from ?? '') + (gone ?? ''), to ?? from ?? '');
  const [entries] = positional[0]?.value ?? [];
  return entries && isContainer(entries, 'dict') ? removedByEntries(entries) : '';
}

/** The keys of a table, characters or their numbers, that none of its values brings back. */
function removedByEntries({ object }: ContainerAtom): string {
  if (object.open) return '';
  const slots = [...object.keyNames()];
  const given = slots.map((slot) => object.read(slot, object.branch) ?? []).map((value) => (isNone(value) ? '' : stringOf(value)));
  if (given.includes(undefined)) return '';
  const characters = slots.map((slot) => (slot.startsWith('n:') ? String.fromCodePoint(Number(slot.slice(2))) : slot.slice(2)));
  return without(characters.join(''), given.join(''));
}

function isNone(value: Value): boolean {
  return value.length === 1 && value[0]?.kind === 'constant' && value[0].literal.type === 'none';
}

function compiledPattern(atom: Atom | undefined): string | undefined {
  if (atom?.kind !== 'opaque' || atom.origin.via !== 'call' || !atom.origin.names.some((name) => name.endsWith('re.compile')))
    return undefined;
  return stringOf(atom.origin.args.positional[0]?.value);
}

/** Whether a value that has none of these characters does no harm; `quote` as `openQuote` gives it. */
export function isHarmlessWithout(harm: HarmName, removed: string, quote: string | undefined): boolean {
  // A backslash in front of it takes the quote that would end a literal of Python.
  if (quote !== undefined && removed.includes(quote)) return harm !== 'code' || removed.includes('\\');
  // In an attribute or a script no tag is needed: the quote around it ends it, and outside of any all does.
  if (quote === OUTSIDE || (harm === 'html' && quote !== undefined)) return false;
  const needed = NEEDED[harm];
  return needed !== undefined && [...needed].every((character) => removed.includes(character));
}
