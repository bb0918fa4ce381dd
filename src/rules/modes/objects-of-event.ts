import type { Event } from '../../evaluate/events.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';

/** How far an object is followed through what it was taken from or passed to. */
const MAX_STEPS = 5;

/**
 * Where the object was made that an event is about: that a store sets something of or a call is made on, else what a call makes itself.
 * `response.headers["Content-Type"] = …` is about the call that made the response; so is what that call was given: `make_response(Response(text))`.
 * `undefined` where any of it is not known.
 */
export function objectsOf(event: Event): readonly Span[] | undefined {
  const found = new Set<Span>();
  const value = event.kind === 'store' ? event.object : event.kind === 'call' ? event.receiver : undefined;
  const isKnown = value !== undefined && value.length > 0 && value.every((atom) => collect(atom, found, 0));
  if (event.kind === 'call') found.add(event.node);
  else if (!isKnown) return undefined;
  return [...found];
}

function collect(atom: Atom, found: Set<Span>, steps: number): boolean {
  if (steps > MAX_STEPS) return false;
  if (atom.kind === 'object') {
    found.add(atom.object.site.node);
    return atom.object !== atom.info.anyInstance;
  }
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  if (origin.via === 'attribute') return all(origin.of, found, steps + 1);
  if (origin.via !== 'call') return false;
  found.add(origin.site.node);
  // What a call is given may be the very object that it gives.
  for (const { value } of origin.args.positional) all(value, found, steps + 1);
  return true;
}

function all(value: Value, found: Set<Span>, steps: number): boolean {
  return value.map((atom) => collect(atom, found, steps)).every((isKnown) => isKnown);
}
