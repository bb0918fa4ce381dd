import type { Stmt } from '../../ir/nodes.ts';
import { statementsOf } from '../../semantics/statements-of.ts';
import { MAX_MARKED_SIGNATURES, MAX_MARKED_STATEMENTS, MAX_OBSERVED_SIGNATURES, MAX_SIGNATURES_PER_FUNCTION } from '../budget.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Atom, Value } from '../values/value.ts';
import type { CallArguments } from './arguments.ts';
import type { FunctionInfo } from './function-info.ts';

/**
 * Whether a function was followed with as many arguments as it is told apart by. What passes something from outside does not use up what is there
 * for the others; and an object that was made here is like no other, one holds a constant, and one what was sent: small methods are followed for each.
 */
export function isFollowedEnough(
  interpreter: Interpreter,
  frame: Frame,
  info: FunctionInfo,
  args: CallArguments,
  bound: ReadonlyMap<string, Value>,
  isMarked: boolean,
): boolean {
  if (isMarked) return info.results.size >= MAX_MARKED_SIGNATURES && info.results.size >= markedLimit(info);
  const limit = signatureLimit(interpreter, frame, info, args);
  if (info.results.size - (info.exits?.size ?? 0) < limit) return false;
  const mayGoOn = isSmall(info) && info.results.size < MAX_OBSERVED_SIGNATURES;
  return !mayGoOn || ![...bound.values()].some((value) => value.some(isOwnObject));
}

function isOwnObject(atom: Atom): boolean {
  return atom.kind === 'object' && atom.object !== atom.info.anyInstance;
}

function markedLimit(info: FunctionInfo): number {
  if (isSmall(info)) return MAX_OBSERVED_SIGNATURES;
  const limit = Math.floor(MAX_MARKED_STATEMENTS / Math.max(1, statementsOf(info.node)));
  return Math.min(Math.max(limit, MAX_MARKED_SIGNATURES), MAX_OBSERVED_SIGNATURES);
}

/** Following what only takes or keeps something costs next to nothing. */
export function isSmall({ node }: FunctionInfo): boolean {
  return node.kind === 'lambda' || (node.body.length <= MAX_SMALL && node.body.every(({ kind }) => SIMPLE.has(kind)));
}
const SIMPLE: ReadonlySet<Stmt['kind']> = new Set<Stmt['kind']>(['assign', 'augmented', 'expression', 'return', 'pass']);
const MAX_SMALL = 3;

function signatureLimit(interpreter: Interpreter, frame: Frame, info: FunctionInfo, args: CallArguments): number {
  const observes = (one: FunctionInfo): boolean => interpreter.hooks.some((hook) => hook.observesIn?.(one));
  // A project has a helper that makes flags and numbers of its variables.
  if (args.positional.some(({ value }) => value.some((atom) => atom.kind === 'environment'))) return MAX_OBSERVED_SIGNATURES;
  // What a module wraps one by one, `path("", members_only(views.index))`, `@accepts(UserSchema)`, and the paths that a helper makes:
  // `scoped("/login")`.
  const isDistinct = args.positional.some(({ value }) =>
    value.some((atom) => atom.kind === 'function' || atom.kind === 'class' || isPath(atom)),
  );
  const isListed = isDistinct && (frame.info === undefined || observes(frame.info));
  return isListed || observes(info) ? MAX_OBSERVED_SIGNATURES : MAX_SIGNATURES_PER_FUNCTION;
}

function isPath(atom: Atom): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'str' && atom.literal.value.startsWith('/');
}
