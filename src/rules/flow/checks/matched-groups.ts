import { stringOf } from '../../../evaluate/values/text.ts';
import type { Atom, CallOrigin, Origin, Value } from '../../../evaluate/values/value.ts';
import { type HarmName, isHarmlessText } from '../harms.ts';
import { excludes } from './charset.ts';
import { startsWithHost } from './host-pattern.ts';

/** Whether what is taken here is what a group of a regular expression matched that lets nothing through that could do this harm: `match[1]`. */
export function isHarmlessGroup(harm: HarmName, origin: Origin): boolean {
  if (origin.via === 'call' && FINDING_ALL.test(origin.names[0] ?? '')) return areHarmlessFinds(harm, origin);
  const taken = takenGroup(origin);
  if (!taken || taken.match.length === 0) return false;
  return taken.match.every((atom) => {
    const pattern = patternOf(atom);
    // The whole match starts where the pattern does.
    if (pattern !== undefined && taken.group === 0 && (harm === 'redirect' || harm === 'ssrf') && startsWithHost(pattern, false, false))
      return true;
    const bodies = pattern === undefined ? [] : groupBodies(pattern, taken.group);
    return bodies.length > 0 && bodies.every((body) => isHarmlessText(harm, (characters) => excludes(body, characters)));
  });
}

const FINDING_ALL = /^re\.(?:Pattern\.)?findall$/;

/** `re.findall(r"\w+", text)`: what the groups of the pattern matched, or all of it where there are none. https://docs.python.org/3/library/re.html#re.findall */
function areHarmlessFinds(harm: HarmName, origin: CallOrigin): boolean {
  const pattern = patternIn(origin);
  if (pattern === undefined) return false;
  const groups = groupBodies(pattern, undefined);
  return (groups.length > 0 ? groups : [pattern]).every((body) => isHarmlessText(harm, (characters) => excludes(body, characters)));
}

/** By its number or name; `undefined` for any of them. */
type Group = number | string | undefined;

function takenGroup(origin: Origin): { readonly match: Value; readonly group: Group } | undefined {
  if (origin.via === 'item') {
    const group = keyOf(origin.key);
    if (group === undefined) return undefined;
    const lists = origin.of.flatMap((one) => (one.kind === 'opaque' ? (listOfGroups(one.origin) ?? []) : []));
    if (lists.length === 0) return { match: origin.of, group };
    // `name, rest = match.groups()`: the first of them is group 1.
    const match = lists.flatMap(({ receiver }) => receiver ?? []);
    return lists.length < origin.of.length ? undefined : { match, group: typeof group === 'number' ? group + 1 : group };
  }
  if (origin.via !== 'call' || !origin.receiver) return undefined;
  const [first, second] = origin.args.positional;
  if (listOfGroups(origin)) return { match: origin.receiver, group: undefined };
  if (!/\.group$/.test(origin.names[0] ?? '') || second) return undefined;
  const group = first ? keyOf(first.value) : 0;
  return group === undefined ? undefined : { match: origin.receiver, group };
}

/** `match.groups()`, `match.groupdict()` */
function listOfGroups(origin: Origin): CallOrigin | undefined {
  return origin.via === 'call' && /\.group(?:s|dict)$/.test(origin.names[0] ?? '') ? origin : undefined;
}

/** The pattern by which a match was found. */
function patternOf(atom: Atom): string | undefined {
  if (atom.kind !== 'opaque') return undefined;
  const { origin } = atom;
  if (origin.via === 'checked' || origin.via === 'element')
    return origin.of.length === 1 && origin.of[0] ? patternOf(origin.of[0]) : undefined;
  if (origin.via !== 'call') return undefined;
  return patternIn(origin);
}

function patternIn(origin: CallOrigin): string | undefined {
  if (/^re\.(?:fullmatch|match|search|finditer|findall)$/.test(origin.names[0] ?? '')) return stringOf(origin.args.positional[0]?.value);
  const [compiled] = origin.receiver ?? [];
  return origin.names.some((name) => /\.(?:fullmatch|match|search|finditer|findall)$/.test(name)) &&
    compiled?.kind === 'opaque' &&
    compiled.origin.via === 'call' &&
    compiled.origin.names[0] === 're.compile'
    ? stringOf(compiled.origin.args.positional[0]?.value)
    : undefined;
}

/** What stands in a group of a pattern, counted by its opening parenthesis or named; the whole pattern for 0. */
function groupBodies(pattern: string, group: Group): readonly string[] {
  if (group === 0) return [pattern];
  const bodies: string[] = [];
  let count = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') {
      const opening = /^\((?:\?P<(\w+)>)?/.exec(pattern.slice(at));
      if (pattern.charAt(at + 1) === '?' && opening?.[1] === undefined) continue;
      count++;
      if (group === undefined || count === group || opening?.[1] === group) bodies.push(bodyFrom(pattern, at + (opening?.[0].length ?? 1)));
    }
  }
  return bodies;
}

function bodyFrom(pattern: string, start: number): string {
  let depth = 1;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return pattern.slice(start, at);
  }
  return pattern.slice(start);
}

/** The closing bracket of a class; one directly behind the opening one, or behind `^`, is a member. */
function endOfClass(pattern: string, start: number): number {
  for (let at = start + (pattern.charAt(start + 1) === '^' ? 3 : 2); at < pattern.length; at++) {
    if (pattern.charAt(at) === '\\') at++;
    else if (pattern.charAt(at) === ']') return at;
  }
  return pattern.length;
}

function keyOf(value: Value | undefined): Group | undefined {
  const only = value?.length === 1 ? value[0] : undefined;
  if (only?.kind !== 'constant') return undefined;
  if (only.literal.type === 'int') return Number(only.literal.value);
  return only.literal.type === 'str' ? only.literal.value : undefined;
}
