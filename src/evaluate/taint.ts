import { ROOT_BRANCH } from './branch.ts';
import type { Interpreter } from './interpreter.ts';
import { namesOf } from './names.ts';
import { type Atom, NOTHING, type Origin, type Value } from './value.ts';

/** Steps back that are followed; further than any code a person would still call related, and little for the stack. */
const MAX_STEPS = 40;
/** Alternatives of a collection's content that are looked at. */
const MAX_CONTENTS = 64;

/** Kinds of source (`request`) that this very value is by the library models, not what it came from. */
export function sourceKinds(interpreter: Interpreter, atom: Atom): readonly string[] {
  // A checked value is no source itself: what it was before is.
  if (atom.kind !== 'opaque' || atom.origin.via === 'checked') return NO_KINDS;
  const known = ownKinds.get(atom);
  if (known) return known;
  const { library } = interpreter;
  let kinds: readonly string[] = (atom.type === undefined ? undefined : library.classRow(atom.type, 'source')) ?? NO_KINDS;
  for (const name of namesOf(interpreter, atom)) kinds = with_(kinds, library.row(name)?.source);
  if (atom.origin.via === 'call') for (const name of atom.origin.names) kinds = with_(kinds, library.row(name)?.source);
  if (atom.origin.via === 'parameter')
    for (const hook of interpreter.hooks) kinds = with_(kinds, hook.parameterSource(atom.origin.info, atom.origin.name));
  ownKinds.set(atom, kinds);
  return kinds;
}
const NO_KINDS: readonly string[] = [];
const ownKinds = new WeakMap<Atom, readonly string[]>();

function with_(kinds: readonly string[], more: readonly string[] | undefined): readonly string[] {
  return more && more.length > 0 ? [...new Set([...kinds, ...more])] : kinds;
}

/** Whether something that comes from outside can be on the way to this value, sanitized or not. */
export function reachesSource(interpreter: Interpreter, value: Value): boolean {
  for (const atom of value) if (atomReachesSource(interpreter, atom, 0)) return true;
  return false;
}

function atomReachesSource(interpreter: Interpreter, atom: Atom, step: number): boolean {
  if (atom.kind === 'constant' || atom.kind === 'symbol' || step > MAX_STEPS) return false;
  const known = reaching.get(atom);
  if (known !== undefined) return known;
  if (atom.kind === 'container')
    // What a collection holds may still change, so it is not remembered.
    return (
      step < 4 &&
      atom.object
        .everything(ROOT_BRANCH)
        .slice(0, MAX_CONTENTS)
        .some((one) => atomReachesSource(interpreter, one, step + 4))
    );
  const result =
    sourceKinds(interpreter, atom).length > 0 ||
    valuesBefore(atom).some((value) => value.some((before) => atomReachesSource(interpreter, before, step + 1)));
  reaching.set(atom, result);
  return result;
}
const reaching = new WeakMap<Atom, boolean>();

/** The values that an origin leads back to. */
export function predecessors(origin: Origin): readonly Value[] {
  switch (origin.via) {
    case 'attribute':
    case 'element':
    case 'item':
    case 'checked':
      return [origin.of];
    case 'call':
      return [
        origin.receiver ?? NOTHING,
        ...origin.args.positional.map((passed) => passed.value),
        ...origin.args.keywords.map((passed) => passed.value),
        origin.args.spread,
      ];
    case 'operation':
      return origin.operands;
    case 'parameter':
    case 'global':
    case 'unresolved':
    case 'budget':
    case 'many':
      return [];
  }
}

/** What a value was made of, one step back; collections have contents instead. */
export function valuesBefore(atom: Atom): readonly Value[] {
  switch (atom.kind) {
    case 'text':
      return [
        ...(atom.origin.via === 'checked' ? [atom.origin.of] : []),
        ...atom.segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.value])),
      ];
    case 'environment':
      return atom.fallback ? [atom.fallback] : [];
    case 'bound':
      return [atom.self];
    case 'opaque':
      return predecessors(atom.origin);
    default:
      return [];
  }
}
