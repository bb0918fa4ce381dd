import type { CompareOperator } from '../../ir/nodes.ts';
import type { CallArguments } from '../calls/arguments.ts';
import type { Atom, Site, Value } from '../values/value.ts';
import type { Check } from './check.ts';

/** What a number that a search in a text gave says: that the text begins with what was looked for, or that it holds it. */
type Said = { readonly of: 'start' | 'content'; readonly holds: boolean };

/** `path.index(ROOT) == 0`, `name.find("..") != -1`, `name.count("/") > 0`. https://docs.python.org/3/library/stdtypes.html#str.find */
export function searchChecks(op: CompareOperator, searched: Value, other: Value, holds: boolean, here: Site): readonly Check[] {
  const number = numberOf(other);
  if (number === undefined) return [];
  const searches = searched.map(searchOf);
  return searches.flatMap((search): readonly Check[] => {
    if (!search || search.method !== searches[0]?.method) return [];
    const { method, text, args, part } = search;
    const said = method === 'count' ? ofCount(op, number) : ofPlace(op, number);
    if (!said) return [];
    const isSo = said.holds === holds;
    return said.of === 'content'
      ? [{ fact: { kind: 'contains', part }, holds: isSo, subject: text, site: here }]
      : [{ fact: { kind: 'call', names: ['builtins.str.startswith'], receiver: text, args }, holds: isSo, subject: text, site: here }];
  });
}

function searchOf(atom: Atom): { method: string; text: Value; args: CallArguments; part: Value } | undefined {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return undefined;
  const { receiver: text, args, names } = atom.origin;
  const [part, ...others] = args.positional;
  const method = /\.(find|index|count)(?:\(\))?$/.exec(names[0] ?? '')?.[1];
  return method && text && part && others.length === 0 ? { method, text, args, part: part.value } : undefined;
}

/** Of the place where it was found, which is -1 where it is not in it. */
function ofPlace(op: CompareOperator, number: number): Said | undefined {
  if (number === 0 && EQUAL.has(op)) return { of: 'start', holds: isPositive(op) };
  if (number === -1 && EQUAL.has(op)) return { of: 'content', holds: !isPositive(op) };
  if ((number === -1 && op === '>') || (number === 0 && op === '>=')) return { of: 'content', holds: true };
  return number === 0 && op === '<' ? { of: 'content', holds: false } : undefined;
}

/** Of how often it is in it. */
function ofCount(op: CompareOperator, number: number): Said | undefined {
  if (number === 0 && EQUAL.has(op)) return { of: 'content', holds: !isPositive(op) };
  if ((number === 0 && op === '>') || (number === 1 && op === '>=')) return { of: 'content', holds: true };
  return number === 1 && op === '<' ? { of: 'content', holds: false } : undefined;
}

const EQUAL: ReadonlySet<CompareOperator> = new Set(['==', '!=', 'is', 'is not']);

function isPositive(op: CompareOperator): boolean {
  return op === '==' || op === 'is';
}

function numberOf([only, ...others]: readonly Atom[]): number | undefined {
  return only?.kind === 'constant' && others.length === 0 && only.literal.type === 'int' ? Number(only.literal.value) : undefined;
}
