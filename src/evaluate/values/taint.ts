import type { Interpreter } from '../interpreter.ts';
import { namesOf } from '../names/names.ts';
import { ROOT_BRANCH } from './branch.ts';
import { type HeapObject, heapClock } from './heap.ts';
import { Note } from './note.ts';
import { type Atom, NOTHING, type OpaqueAtom, type Origin, type Value } from './value.ts';

/** Steps back that are followed; further than any code a person would still call related, and little for the stack. */
const MAX_STEPS = 40;
/** Collections in collections that are looked into. */
const MAX_NESTING = 3;
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
  // Of an exception only the very class tells what its text may hold, and only where it was caught: others are made with a text for somebody.
  const isMade = kinds.includes(EXCEPTION) && !isCaught(atom);
  if (kinds.includes(EXCEPTION) && (isMade || !library.row(atom.type ?? '')?.source)) kinds = NO_KINDS;
  kinds = with_(kinds, library.sourcesOf(namesOf(interpreter, atom)));
  // A column says what the attribute of each row is; it holds nothing itself.
  const isColumn = kinds.includes(STORED) && atom.origin.via !== 'attribute';
  if (atom.origin.via === 'call') kinds = with_(kinds, library.sourcesOf(atom.origin.names));
  if (isMade && kinds.includes(EXCEPTION)) kinds = kinds.filter((kind) => kind !== EXCEPTION);
  if (atom.origin.via === 'parameter')
    for (const hook of interpreter.hooks) kinds = with_(kinds, hook.parameterSource(atom.origin.info, atom.origin.name));
  if ((isColumn || !interpreter.countsStored) && kinds.includes(STORED)) kinds = kinds.filter((kind) => kind !== STORED);
  ownKinds.set(atom, kinds);
  return kinds;
}

/** The kind of what the project keeps and somebody may have sent earlier: columns of rows, cache entries, files. */
export const STORED = 'stored';
/** What went wrong, as it was caught. */
const EXCEPTION = 'exception';

function isCaught({ origin }: OpaqueAtom): boolean {
  return (
    origin.via === 'parameter' ||
    // `error.original_exception` of what a handler is given.
    (origin.via === 'attribute' && origin.of.every((atom) => atom.kind === 'opaque' && isCaught(atom))) ||
    (origin.via === 'element' && origin.of.every((atom) => atom.kind === 'symbol' || atom.kind === 'container'))
  );
}
const NO_KINDS: readonly string[] = [];
const ownKinds = new Note<readonly string[]>();

function with_(kinds: readonly string[], more: readonly string[] | undefined): readonly string[] {
  return more && more.length > 0 ? [...new Set([...kinds, ...more])] : kinds;
}

/** Whether something that comes from outside can be on the way to this value, sanitized or not. */
export function reachesSource(interpreter: Interpreter, value: Value): boolean {
  for (const atom of value) if (search(interpreter, atom, 0, 0) === true) return true;
  return false;
}

/** `undefined`: nothing was found, but not all was looked at, or it may still change. */
type Answer = boolean | undefined;

function search(interpreter: Interpreter, atom: Atom, step: number, nesting: number): Answer {
  if (atom.kind === 'constant' || atom.kind === 'symbol') return false;
  if (step > MAX_STEPS) return undefined;
  const known = reaching.get(atom);
  if (known !== undefined) return known;
  const last = searched.get(atom);
  if (last && last.time === heapClock.time && last.step <= step + MUCH_NEARER && last.nesting <= nesting) return last.answer;
  const search: Search = { time: heapClock.time, step, nesting, answer: undefined };
  searched.set(atom, search);
  const result = searchBefore(interpreter, atom, step, nesting);
  search.answer = result;
  if (result !== undefined && atom.kind !== 'container') {
    reaching.set(atom, result);
    searched.set(atom, undefined);
  }
  return result;
}

function searchBefore(interpreter: Interpreter, atom: Atom, step: number, nesting: number): Answer {
  // What a collection holds may still change, so it is not remembered; what was made of it earlier is.
  if (atom.kind === 'container') return searchContent(interpreter, atom.object, step, nesting);
  if (sourceKinds(interpreter, atom).length > 0) return true;
  let result: Answer = false;
  if (atom.kind === 'opaque' && atom.content) {
    if (searchContent(interpreter, atom.content, step, nesting) === true) return true;
    // Others may put something there later.
    result = undefined;
  }
  for (const value of valuesBefore(atom))
    for (const before of value) {
      const one = search(interpreter, before, step + 1, nesting);
      if (one === true) return true;
      if (one === undefined) result = undefined;
    }
  return result;
}

function searchContent(interpreter: Interpreter, object: HeapObject, step: number, nesting: number): Answer {
  if (nesting >= MAX_NESTING) return undefined;
  let result: Answer = false;
  for (const one of [...object.everything(ROOT_BRANCH).slice(0, MAX_CONTENTS), ...object.keys.slice(0, MAX_CONTENTS)]) {
    const answer = search(interpreter, one, step + 1, nesting + 1);
    if (answer === true) return true;
    if (answer === undefined) result = undefined;
  }
  return result;
}
const reaching = new Note<boolean>();

/** Something from outside can be found by this value, though it was not made of it: the name of a file that was written. */
export function leadBack(atom: Atom): void {
  reaching.set(atom, true);
}

/** When, and how far from where it was asked, a value was last searched: asking again gives nothing new until something is written. */
interface Search {
  readonly time: number;
  readonly step: number;
  readonly nesting: number;
  /** `undefined` also while it is being searched: a value that leads to itself does so for nothing. */
  answer: Answer;
}
const searched = new Note<Search | undefined>();
/** Steps that a search must start nearer to find more than the last one. */
const MUCH_NEARER = 10;

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
