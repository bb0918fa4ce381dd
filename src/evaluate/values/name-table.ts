/**
 * Names that belong together, the same list each time: what is found out about a list is then remembered by it (`WeakMap`), and one look-up serves
 * all values that have these names. Most values of a project share a few thousand of them.
 */
export type Names = readonly string[];

export const NO_NAMES: Names = [];
const singles = new Map<string, Names>();
const members = new WeakMap<Names, Map<string, Names>>();
/** Single names that are remembered; enough for those of one file after another. */
const MAX_SINGLES = 50_000;

export function oneName(name: string): Names {
  const known = singles.get(name);
  if (known) return known;
  if (singles.size > MAX_SINGLES) singles.clear();
  const names = [name];
  singles.set(name, names);
  return names;
}

/** `base.name`, `base[]` or `base()` for each base. */
export function membersOf(bases: Names, name: string): Names {
  if (bases.length === 0) return NO_NAMES;
  let known = members.get(bases);
  if (!known) {
    known = new Map();
    members.set(bases, known);
  }
  const found = known.get(name);
  if (found) return found;
  const [only] = bases;
  const names =
    bases.length === 1 && only !== undefined ? oneName(joined(only, name)) : [...new Set(bases.map((base) => joined(base, name)))];
  known.set(name, names);
  return names;
}

function joined(base: string, name: string): string {
  return base === '@' || name === '[]' || name === '()' ? `${base}${name}` : `${base}.${name}`;
}
