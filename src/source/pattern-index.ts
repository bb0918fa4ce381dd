/** Tells cheaply that most paths match none of a list of patterns. */
export interface PatternIndex {
  /** `false` when no indexed pattern matches the path itself; `true` when one may. */
  readonly mayMatch: (path: string) => boolean;
  /** Patterns that are not indexed and have to be tried one by one. */
  readonly others: readonly string[];
}

/** `build/`, `!local.py`: a name at any depth; `**` and a slash before it say the same. */
const NAME = /^!?(?:\*\*\/)?([\w.@+-]+)\/?$/;
/** `/site`, `docs/_build/`: one place. */
const PLACE = /^!?(?=.*\/.)\/?((?:[\w.@+-]+\/)*[\w.@+-]+)\/?$/;
/** `*.pyc`, `*.egg-info/`, `*$py.class`. */
const ENDING = /^!?\*([\w.$@+-]*(\.[\w$@+-]+))\/?$/;
/** `.coverage.*`, `npm-debug*`. */
const BEGINNING = /^!?([\w.@+-]+)\*\/?$/;
/** `*.py[cod]`: a choice of letters, which can be written out. */
const CHOICE = /^([^[\]\\]*)\[([A-Za-z0-9]{1,8})\]([^[\]\\]*)$/;

/**
 * An ignore file is mostly names and extensions. Looked up in a table they cost nothing, while trying every pattern on every path
 * took most of the time of a walk: 80 patterns on 3,000 paths are 240,000 regular expressions.
 */
export function indexPatterns(patterns: readonly string[]): PatternIndex {
  const names = new Set<string>();
  const places = new Set<string>();
  /** By what stands behind the last dot, so that `*.sage.py` is all that is tried on a module. */
  const endings = new Map<string, string[]>();
  const beginnings: string[] = [];
  const others: string[] = [];
  for (const pattern of patterns.flatMap(writtenOut)) {
    const name = NAME.exec(pattern)?.[1];
    const place = PLACE.exec(pattern)?.[1];
    const [, ending, extension] = ENDING.exec(pattern) ?? [];
    const beginning = BEGINNING.exec(pattern)?.[1];
    if (name !== undefined) names.add(name);
    else if (place !== undefined) places.add(place);
    else if (ending !== undefined && extension !== undefined) endings.set(extension, [...(endings.get(extension) ?? []), ending]);
    else if (beginning !== undefined) beginnings.push(beginning);
    else others.push(pattern);
  }
  const mayMatch = (path: string): boolean => {
    const end = path.endsWith('/') ? path.length - 1 : path.length;
    const name = path.slice(path.lastIndexOf('/', end - 1) + 1, end);
    if (names.has(name) || beginnings.some((beginning) => name.startsWith(beginning))) return true;
    const dot = endings.size === 0 ? -1 : name.lastIndexOf('.');
    if (dot >= 0 && endings.get(name.slice(dot))?.some((ending) => name.endsWith(ending)) === true) return true;
    return places.size > 0 && places.has(path.slice(0, end));
  };
  return { mayMatch, others };
}

function writtenOut(pattern: string): readonly string[] {
  const [, before, letters, after] = CHOICE.exec(pattern) ?? [];
  if (before === undefined || letters === undefined) return [pattern];
  return [...letters].map((letter) => before + letter + (after ?? ''));
}
