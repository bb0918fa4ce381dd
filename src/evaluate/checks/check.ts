import type { CallArguments } from '../calls/arguments.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import { contentOf } from '../values/container.ts';
import type { Atom, Site, Value } from '../values/value.ts';

/** What a condition says of a value that was tested. */
export type CheckFact =
  /** It equals (or is) the other. */
  | { readonly kind: 'equal'; readonly other: Value }
  /** It is in the other. */
  | { readonly kind: 'member'; readonly of: Value }
  /** It contains the other. */
  | { readonly kind: 'contains'; readonly part: Value }
  /** A call with it as receiver or argument gives something true; as a statement of its own: the call returned. */
  | { readonly kind: 'call'; readonly names: readonly string[]; readonly receiver: Value | undefined; readonly args: CallArguments }
  /** A function of the project was called with it, and returned what was asked for; what its own conditions say are checks besides. */
  | { readonly kind: 'validated'; readonly info: FunctionInfo }
  /** It is something true: not empty, not `None`. */
  | { readonly kind: 'true' }
  /** One of these ways was taken; on each way all its checks hold. */
  | { readonly kind: 'any'; readonly ways: readonly (readonly Check[])[] };

/** A condition that holds, or does not, where the evaluator is. Whether that makes a value harmless is for rules to judge. */
export interface Check {
  readonly fact: CheckFact;
  readonly holds: boolean;
  /** What was tested: the value itself, or something computed from it. */
  readonly subject: Value;
  readonly site: Site;
}

/** Calls whose result being false says something of what was passed or called on. */
const TELLING_WHEN_FALSE = /(?:^|\.)(?:startswith|is_absolute|isabs|isinstance|search)(?:\(\))?$/;

/**
 * Whether a check says something of what the value can still be. That it is not one value, none of a few, of no such type, or not empty, leaves
 * all others open: long tables of cases (`if kind == "a": … elif kind == "b": …`) are full of such conditions.
 */
export function tells({ fact, holds, subject }: Check): boolean {
  switch (fact.kind) {
    case 'equal':
    case 'member':
      // `url[1:2] not in ("/", "\\")`: that one character of it is none of a few says what the whole cannot be.
      // A part of a path that is not `..` leads nowhere else.
      return holds || subject.some((atom) => isPartOfSequence(atom) || isCharacter(atom)) || comparedWith(fact).some(isParent);
    case 'validated':
      return holds;
    case 'true':
      return (
        !holds || subject.some((atom) => atom.kind === 'opaque' && atom.origin.via === 'attribute' && atom.origin.name === 'is_global')
      );
    case 'call':
      return holds || fact.names.some((name) => TELLING_WHEN_FALSE.test(name));
    case 'contains':
    case 'any':
      return true;
  }
}

function comparedWith(fact: CheckFact & { readonly kind: 'equal' | 'member' }): Value {
  return fact.kind === 'equal' ? fact.other : fact.of.flatMap(contentOf);
}

function isParent(atom: Atom): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'str' && atom.literal.value === '..';
}

/** `url[1:2]`, `url[1]`: taken out by where it stands, not by a name. */
function isPartOfSequence(atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'item') return false;
  const [key] = atom.origin.key;
  return key === undefined || (key.kind === 'constant' && key.literal.type === 'int');
}

/** One character of a text that is gone through: that it is none of a few says what the text that is made of such characters has not. */
export function isCharacter(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  if (origin.via === 'checked') return origin.of.every(isCharacter);
  return (
    origin.via === 'element' &&
    origin.of.length > 0 &&
    origin.of.every((one) => one.kind === 'text' || (one.kind === 'opaque' && one.type === 'builtins.str'))
  );
}

/** Those of them that say something. */
export function telling(checks: readonly Check[]): readonly Check[] {
  return checks.every(tells) ? checks : checks.filter(tells);
}

/** One check that one of several ways was taken; nothing when a way says nothing. */
export function anyOf(ways: readonly (readonly Check[])[], here: Site): readonly Check[] {
  if (ways.length === 0 || ways.some((way) => way.length === 0)) return [];
  const [only] = ways;
  if (ways.length === 1 && only) return only;
  // Ways that are told in ways name the same values again and again.
  const subject = new Set(ways.flatMap((way) => way.flatMap((check) => check.subject)));
  return [{ fact: { kind: 'any', ways }, holds: true, subject: [...subject], site: here }];
}
