import type { Span } from '../../ir/nodes.ts';
import { argument, type CallArguments, NO_ARGUMENTS } from '../calls/arguments.ts';
import { getAttribute } from '../classes/attributes.ts';
import { formatBraces } from '../expressions/format.ts';
import { iterated } from '../expressions/iterate.ts';
import { getItem } from '../expressions/subscripts.ts';
import { changed } from '../names/environment.ts';
import { anyElement, isContainer, knownElements, listOf, sequence } from '../values/container.ts';
import { knownStringMethod } from '../values/known-strings.ts';
import { ownText } from '../values/own-text.ts';
import { constantText, literalPrefix, literalSuffix, segmentsOf, stringSegments, textOf } from '../values/text.ts';
import { partsOfText } from '../values/text-parts.ts';
import { type Atom, bool, constant, int, join, opaque, type Segment, str, type Value } from '../values/value.ts';
import { indexOf } from './list-methods.ts';
import { withoutHole } from './replaced-hole.ts';
import type { MethodCall } from './value-methods.ts';

const SAME_SHAPE: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  casefold: (text) => text.toLowerCase(),
  title: (text) => text.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
};
const TRIMS = new Set(['strip', 'lstrip', 'rstrip']);
const PREDICATES = new Set([
  'startswith',
  'endswith',
  'isdigit',
  'isalnum',
  'isalpha',
  'isidentifier',
  'isnumeric',
  'isdecimal',
  'isspace',
  'isupper',
  'islower',
  'istitle',
  'isascii',
  'isprintable',
]);

const SPLITS = new Set(['split', 'rsplit', 'splitlines']);

/** https://docs.python.org/3/library/stdtypes.html#string-methods */
export function stringMethod(call: MethodCall): Value | undefined {
  const { self, method, args, origin } = call;
  const bytes =
    (self.kind === 'constant' && self.literal.type === 'bytes') ||
    (self.kind === 'text' && self.bytes) ||
    (self.kind === 'opaque' && self.type === 'builtins.bytes');
  const type = bytes ? 'builtins.bytes' : 'builtins.str';
  const known = self.kind === 'constant' && (self.literal.type === 'str' || self.literal.type === 'bytes') ? self.literal.value : undefined;
  const segments = stringSegments(self);
  const change = SAME_SHAPE[method];
  if (self.kind === 'environment' && (change || TRIMS.has(method) || SPLITS.has(method))) {
    // What it is when unset is changed alike: `os.environ.get("DEBUG", "True").lower()`.
    const cast = SPLITS.has(method) ? 'list' : self.cast;
    const fallback = self.fallback?.map((atom) => (stringSegments(atom) ? stringMethod({ ...call, self: atom }) : undefined));
    if (!fallback) return changed(self, cast, undefined);
    if (fallback.every((value) => value !== undefined)) return changed(self, cast, fallback.flat());
  }
  if (change) return segments ? textOf(mapLiteral(segments, change), bytes, origin) : opaque(origin, type);
  const computed = known === undefined || bytes ? undefined : knownStringMethod(known, method, args);
  if (computed) return constant(computed);
  if (PREDICATES.has(method)) return predicate(segments, method, args.positional[0]?.value) ?? opaque(origin, 'builtins.bool');
  const asText = (value: Value, node: Span) => ownText(call.interpreter, call.frame, value, node);
  switch (method) {
    case 'format':
      return segments ? formatBraces(segments, args, origin, asText, (value, path) => partByPath(call, value, path)) : opaque(origin, type);
    case 'format_map': {
      const [entries, ...others] = args.positional[0]?.value ?? [];
      if (!segments || !entries || others.length > 0 || !isContainer(entries, 'dict') || entries.object.open) return opaque(origin, type);
      const { node } = args.positional[0] ?? { node: origin.site.node };
      const keywords = [...entries.object.keyNames()].flatMap((slot) => {
        const value = slot.startsWith('s:') ? entries.object.read(slot, call.frame.branch) : undefined;
        return value ? [{ name: slot.slice(2), value, node }] : [];
      });
      return formatBraces(segments, { ...NO_ARGUMENTS, keywords }, origin, asText);
    }
    case 'join':
      return joinElements(call, segments);
    case 'encode':
      return segments ? textOf(segments, true, origin) : opaque(origin, 'builtins.bytes');
    case 'decode':
      return segments ? textOf(segments, false, origin) : opaque(origin, 'builtins.str');
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return strip(known, method, args.positional[0]?.value) ?? keepText(segments, bytes, call);
    case 'replace':
      return replace(segments, args.positional[0]?.value, args.positional[1]?.value, bytes, call) ?? keepText(segments, bytes, call);
    case 'removeprefix':
    case 'removesuffix':
    case 'ljust':
    case 'rjust':
    case 'center':
    case 'zfill':
    case 'expandtabs':
    case 'swapcase':
    case 'translate':
      return keepText(segments, bytes, call);
    case 'split':
    case 'rsplit':
    case 'splitlines':
      return (
        split(call, known, method) ??
        (self.kind === 'text' ? partsOfText(call, self) : undefined) ??
        listOf(opaque(origin, type), origin.site)
      );
    case 'partition':
    case 'rpartition':
      if (self.kind === 'text') {
        const parts = partsOfText(call, self);
        if (parts) return parts;
      }
      return partition(call, known, bytes);
    case 'find':
    case 'rfind':
    case 'index':
    case 'rindex':
    case 'count':
      return opaque(origin, 'builtins.int');
    case 'hex':
      return opaque(origin, 'builtins.str');
    default:
      return undefined;
  }
}

/** What `{user.name}` or `{row[0]}` takes of a value. https://docs.python.org/3/library/string.html#format-string-syntax */
function partByPath({ interpreter, frame, node }: MethodCall, value: Value, path: string): Value | undefined {
  let part = value;
  for (const [, name, key] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) part = getAttribute(interpreter, frame, part, name, node);
    else {
      const index = /^\d+$/.test(key ?? '') ? int(Number(key)) : str(key ?? '');
      part = getItem(interpreter, frame, part, index, node, undefined);
    }
  }
  return part.length > 0 ? part : undefined;
}

function mapLiteral(segments: readonly Segment[], change: (text: string) => string): readonly Segment[] {
  return segments.map((segment) => (typeof segment === 'string' ? change(segment) : segment));
}

/** A method that keeps what the text is made of, if not its exact characters. */
function keepText(segments: readonly Segment[] | undefined, bytes: boolean, call: MethodCall): Value {
  if (!segments) return opaque(call.origin, bytes ? 'builtins.bytes' : 'builtins.str');
  return textOf(segments, bytes, call.origin);
}

function strip(known: string | undefined, method: string, characters: Value | undefined): Value | undefined {
  if (known === undefined) return undefined;
  const set = characters ? constantText(characters) : ' \t\n\r\f\v';
  if (set === undefined) return undefined;
  let start = 0;
  let end = known.length;
  if (method !== 'rstrip') while (start < end && set.includes(known.charAt(start))) start++;
  if (method !== 'lstrip') while (end > start && set.includes(known.charAt(end - 1))) end--;
  return str(known.slice(start, end));
}

function replace(
  segments: readonly Segment[] | undefined,
  from: Value | undefined,
  to: Value | undefined,
  bytes: boolean,
  call: MethodCall,
): Value | undefined {
  const old = constantText(from);
  if (segments && from && to && old === undefined && call.args.positional.length === 2) return withoutHole(segments, from, to, bytes, call);
  if (!segments || old === undefined || old === '' || !to) return undefined;
  // How many are replaced matters for literal text only where that is more than one.
  const times = argument(call.args, 2, 'count')?.value;
  const most = times ? indexOf(times) : -1;
  if (most === undefined || (most >= 0 && segments.length > 1)) return undefined;
  const site = { module: call.frame.state.module, node: call.args.positional[1]?.node ?? call.node };
  const inserted = segmentsOf(to, site);
  const put = constantText(to);
  const takesOut =
    most < 0 &&
    call.origin.via === 'call' &&
    old.length === 1 &&
    (put?.includes(old) === false || (/['"`]/.test(old) && put === old + old));
  const result: Segment[] = [];
  for (const segment of segments) {
    if (typeof segment !== 'string') {
      // What is in a hole loses the character as well, or has it doubled, however it is put together with other text afterwards.
      const own = takesOut && opaque({ ...call.origin, receiver: segment.value }, bytes ? 'builtins.bytes' : 'builtins.str');
      result.push(own ? { ...segment, value: own } : segment);
      continue;
    }
    segment.split(old).forEach((part, index) => {
      if (index > 0) result.push(...(most >= 0 && index > most ? [old] : inserted));
      result.push(part);
    });
  }
  return textOf(result, bytes, call.origin);
}

/** https://docs.python.org/3/library/stdtypes.html#str.split */
function split(call: MethodCall, known: string | undefined, method: string): Value | undefined {
  const { args } = call;
  if (known === undefined || args.openPositional || args.openKeywords) return undefined;
  const parts = method === 'splitlines' ? splitLines(known, args) : splitAt(known, args, method === 'rsplit');
  return parts && sequence('list', parts.map(str), call.origin.site, call.frame.branch);
}

function splitLines(text: string, { positional, keywords }: CallArguments): readonly string[] | undefined {
  return positional.length + keywords.length > 0 ? undefined : text.split(/\r\n|\r|\n/);
}

function splitAt(text: string, args: CallArguments, isFromEnd: boolean): readonly string[] | undefined {
  const given = argument(args, 0, 'sep')?.value;
  const times = argument(args, 1, 'maxsplit')?.value;
  const limit = times ? indexOf(times) : -1;
  if (limit === undefined) return undefined;
  const isAtSpaces = given === undefined || given.every((one) => one.kind === 'constant' && one.literal.type === 'none');
  // How spaces are kept behind the last split is of no use to anybody here.
  if (isAtSpaces) return limit >= 0 ? undefined : text.split(/\s+/).filter((part) => part !== '');
  const separator = constantText(given);
  if (separator === undefined || separator === '') return undefined;
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const cut = isFromEnd ? parts.length - limit : limit;
  return isFromEnd
    ? [parts.slice(0, cut).join(separator), ...parts.slice(cut)]
    : [...parts.slice(0, cut), parts.slice(cut).join(separator)];
}

/** What is in front of a separator, the separator or nothing, and what is behind it. https://docs.python.org/3/library/stdtypes.html#str.partition */
function partition({ args, method, origin, frame }: MethodCall, known: string | undefined, bytes: boolean): Value {
  const separator = constantText(args.positional[0]?.value) || undefined;
  const part = (value: string): Value => constant({ type: bytes ? 'bytes' : 'str', value });
  if (known === undefined || separator === undefined) {
    const type = bytes ? 'builtins.bytes' : 'builtins.str';
    const parts = opaque(origin, 'builtins.tuple');
    const taken = (at: number): Value => opaque({ via: 'item', of: parts, key: int(at), site: origin.site }, type);
    const between = separator === undefined ? taken(1) : join(part(separator), part(''));
    return sequence('tuple', [taken(0), between, taken(2)], origin.site, frame.branch);
  }
  const at = method === 'partition' ? known.indexOf(separator) : known.lastIndexOf(separator);
  const whole = method === 'partition' ? [known, '', ''] : ['', '', known];
  const parts = at < 0 ? whole : [known.slice(0, at), separator, known.slice(at + separator.length)];
  return sequence('tuple', parts.map(part), origin.site, frame.branch);
}

/** `", ".join(parts)`: the elements where they are known, else one hole for all of them; between the characters of a string nothing is told. */
function joinElements(call: MethodCall, separator: readonly Segment[] | undefined): Value {
  const { args, frame, origin } = call;
  const [given] = args.positional;
  const passed = given && { ...given, value: iterated(call.interpreter, frame, given.value, given.node) };
  const only = passed?.value[0];
  if (!passed || !separator) return opaque(origin, 'builtins.str');
  const site = { module: frame.state.module, node: passed.node };
  if (passed.value.length === 1 && only && isContainer(only)) {
    const elements = knownElements(only, frame.branch);
    if (elements && elements.length <= 32) {
      const segments: Segment[] = [];
      elements.forEach((element, index) => {
        if (index > 0) segments.push(...separator);
        segments.push(...segmentsOf(element, site));
      });
      return textOf(segments, false, origin);
    }
    // Of known strings repeated an unknown number of times each says what there is to say: they stay what they are, once.
    const element = anyElement(only, frame.branch);
    if (element.length > 0 && element.every((atom: Atom) => atom.kind === 'constant' || atom.kind === 'text')) return element;
    // Parts of a text that was split have nothing in them of what stood between them: what they are joined by counts.
    if (element.length > 0 && element.every(isPartOfSplit)) return opaque(origin, 'builtins.str');
    return textOf([{ value: breaksLines(separator) ? withLineBreaks(element) : element, site }], false, origin);
  }
  // The characters of a string stay what they are, whatever stands between them.
  return textOf(segmentsOf(passed.value, site), false, origin);
}

function breaksLines(separator: readonly Segment[]): boolean {
  return separator.some((segment) => typeof segment === 'string' && /[\r\n]/.test(segment));
}

/** Lines of a text that are joined by line breaks again are that text. */
function withLineBreaks(lines: Value): Value {
  return lines.flatMap((atom): Value => {
    const isLine = atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names.some((name) => /\.splitlines$/.test(name));
    return (isLine && atom.origin.via === 'call' && atom.origin.receiver) || [atom];
  });
}

function isPartOfSplit(atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names.some((name) => /\.r?split$/.test(name));
}

function predicate(segments: readonly Segment[] | undefined, method: string, argument: Value | undefined): Value | undefined {
  if (!segments) return undefined;
  const expected = constantText(argument);
  if (expected === undefined) return undefined;
  const whole = segments.every((segment) => typeof segment === 'string');
  const text = method === 'startswith' ? literalPrefix(segments) : literalSuffix(segments);
  const holds = method === 'startswith' ? text.startsWith(expected) : method === 'endswith' ? text.endsWith(expected) : undefined;
  if (holds === undefined) return undefined;
  if (holds || whole || text.length >= expected.length) return bool(holds);
  return undefined;
}
