import { literalSuffix, segmentsOf, stringSegments, textOf } from './text.ts';
import type { Atom, OpaqueAtom, Segment, Site, Value } from './value.ts';

/** Calls of a class that make a path of the parts that are passed, and the method that adds parts to one. */
const MAKES = /^pathlib\.(?:Pure|Posix|Windows)*Path$/;
const ADDS = /^pathlib\.\w*Path\.joinpath$/;
const SAME = /^pathlib\.\w*Path\.(?:resolve|absolute)$/;
/** No path in a program is made in more steps. */
const MAX_STEPS = 20;

/** The text of a path that is an object: `Path("/tmp") / name` is “/tmp/” and a hole. What is no path stays what it is. */
export function textOfPath(value: Value): Value {
  return value.flatMap((atom): Value => {
    const segments = atom.kind === 'opaque' ? segmentsOfPath(atom, MAX_STEPS) : undefined;
    return segments && atom.kind === 'opaque' ? textOf(segments, false, atom.origin) : [atom];
  });
}

function segmentsOfPath(atom: OpaqueAtom, steps: number): readonly Segment[] | undefined {
  const { origin } = atom;
  if (steps === 0) return undefined;
  if (origin.via === 'operation') return atom.type === 'pathlib.Path' ? joined(origin.operands, origin.site, steps) : undefined;
  if (origin.via !== 'call' || origin.args.openPositional) return undefined;
  const { names, receiver, site } = origin;
  const passed = origin.args.positional.map(({ value }) => value);
  if (names.some((name) => MAKES.test(name))) return joined(passed, site, steps);
  if (!receiver) return undefined;
  if (names.some((name) => ADDS.test(name))) return joined([receiver, ...passed], site, steps);
  return names.some((name) => SAME.test(name)) ? joined([receiver], site, steps) : undefined;
}

function joined(parts: readonly Value[], site: Site, steps: number): readonly Segment[] | undefined {
  return parts.length > 0 ? joinedParts(parts.map((part) => partOf(part, site, steps))) : undefined;
}

function partOf(value: Value, site: Site, steps: number): readonly Segment[] {
  const [only, ...others] = value;
  const known = only && others.length === 0 ? (stringSegments(only) ?? ofAtom(only, steps - 1)) : undefined;
  return known ?? segmentsOf(value, site);
}

function ofAtom(atom: Atom, steps: number): readonly Segment[] | undefined {
  return atom.kind === 'opaque' ? segmentsOfPath(atom, steps) : undefined;
}

/** Parts of a path put together; an absolute one starts anew. https://docs.python.org/3/library/os.path.html#os.path.join */
export function joinedParts(parts: readonly (readonly Segment[])[]): readonly Segment[] {
  const whole: Segment[] = [];
  for (const segments of parts) {
    const [start] = segments;
    if (typeof start === 'string' && start.startsWith('/')) whole.length = 0;
    else if (whole.length > 0 && !literalSuffix(whole).endsWith('/')) whole.push('/');
    if (start === undefined || typeof start === 'string' || whole.length === 0) whole.push(...segments);
    else whole.push({ ...start, startsAnew: true }, ...segments.slice(1));
  }
  return whole;
}
