import type { Check } from '../../../evaluate/checks/check.ts';
import { wayBetween } from '../../../evaluate/values/lineage.ts';
import { constantText, literalSuffix, stringSegments } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import type { HarmName } from '../harms.ts';
import { PRESERVING, stepsBetween } from '../steps-between.ts';

/** Where the name of a field is chosen, a sign in front of it says the direction: `sort[1:] in FIELDS`, `sort.removeprefix("-") in FIELDS`. */
const WITHOUT_SIGN = new Set([...PRESERVING, 'removeprefix', 'slice']);
const HOSTS = new Set(['netloc', 'hostname', 'host', 'domain', 'registered_domain', 'geturl']);

/** Whether what was tested is the value itself, as far as this harm goes. */
export function isSame(harm: HarmName, check: Check, atom: Atom): boolean {
  const preserving = harm === 'fields' ? WITHOUT_SIGN : PRESERVING;
  return (
    isHostCheck(harm, check, atom) ||
    check.subject.some((subject) => stepsBetween(subject, atom)?.every((step) => preserving.has(step)) ?? false)
  );
}

/** Whether all of the value was tested, whatever was made of it: no part that was taken out by where it stands. */
export function isWhole(check: Check, atom: Atom): boolean {
  return check.subject.some((subject) => stepsBetween(subject, atom)?.every((step) => !PARTS.has(step)) ?? false);
}
const PARTS = new Set(['index', 'slice', 'split', 'rsplit', 'partition', 'rpartition']);

/** Whether what was tested is the value as it is. */
export function isItself(check: Check, atom: Atom): boolean {
  return check.subject.some((subject) => stepsBetween(subject, atom)?.every((step) => step === 'checked') ?? false);
}

/** Whether a path was tested as a whole after nothing but a folder was put in front of it and `..` taken out: `realpath(join(BASE, path))`. */
export function isResolved(check: Check, atom: Atom): boolean {
  return check.subject.some((subject) => {
    const steps = stepsBetween(subject, atom);
    return (
      (steps?.some((step) => RESOLVED.has(step)) &&
        steps.every((step) => PRESERVING.has(step) || RESOLVED.has(step) || JOINING.has(step))) ??
      false
    );
  });
}
const JOINING = new Set(['join', 'joinpath', 'Path', 'operation']);
/** What leaves no `..` in a path. `Path.absolute()` does. https://docs.python.org/3/library/pathlib.html#pathlib.Path.absolute */
export const RESOLVED: ReadonlySet<string> = new Set(['realpath', 'abspath', 'normpath', 'resolve', 'safe_join', 'samefile']);

/**
 * Whether a path was tested, after `..` was taken out of it, to have what it was compared with in front: of folders `commonpath` gives whole names,
 * `commonprefix` only where the folder ends in a separator. https://docs.python.org/3/library/os.path.html#os.path.commonprefix
 */
export function isBelow(check: Check, atom: Atom, folder: Value): boolean {
  if (!passes(check, atom, ...RESOLVED)) return false;
  return passes(check, atom, 'commonpath') || (passes(check, atom, 'commonprefix') && endsInSeparator(folder));
}

/** `BASE + os.sep`: whether what stands behind it is in that folder. */
export function endsInSeparator(folder: Value): boolean {
  return folder.every((one) => {
    const segments = stringSegments(one);
    const last = segments?.at(-1);
    if (segments && /[\\/]$/.test(literalSuffix(segments))) return true;
    return last !== undefined && typeof last !== 'string' && last.value.some((end) => /(^|\.)(sep|altsep)$/.test(lastName(end)));
  });
}

/** Whether a code made of the value with a key was compared, as a whole: its length is the same for all. */
export function isSigned(check: Check, atom: Atom): boolean {
  return passes(check, atom, 'hexdigest', 'digest') && passes(check, atom, 'new', 'HMAC') && !passes(check, atom, 'len', 'index', 'slice');
}

/** Whether the parts of a path were looked at: `".." in path.split("/")`, `".." in Path(path).parts`. */
export function isSplitPath(check: Check, atom: Atom): boolean {
  return check.subject.some((subject) => {
    const steps = stepsBetween(subject, atom);
    if (!steps?.every((step) => PRESERVING.has(step) || PATH_PARTS.has(step))) return false;
    if (steps.includes('parts')) return true;
    const split = wayBetween(subject, atom, steps.length)?.[steps.indexOf('split')];
    return split !== undefined && partsPath(split);
  });
}

/** Whether it is a part of a path, between separators: `part` in `for part in path.split("/")`. */
export function isPartOfPath(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  if (origin.via === 'checked') return origin.of.every(isPartOfPath);
  if (origin.via === 'element') return origin.of.length > 0 && origin.of.every((one) => partsPath(one) || lastName(one) === 'parts');
  return partsPath(atom);
}

/** `path.split("/")` */
function partsPath(atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || !atom.origin.names.some((name) => name.endsWith('.split'))) return false;
  const separator = atom.origin.args.positional[0]?.value;
  return constantText(separator) === '/' || (separator?.some((one) => lastName(one) === 'sep') ?? false);
}
const PATH_PARTS = new Set(['split', 'container', 'parts', 'Path', 'PurePath', 'PurePosixPath']);

/** Whether the host was tested that the value names, where that is what can do harm. */
export function isHostCheck(harm: HarmName, check: Check, atom: Atom): boolean {
  return (harm === 'redirect' || harm === 'ssrf' || harm === 'host-link') && passes(check, atom, ...HOSTS);
}

/** Whether one of these steps lies between the value and what was tested. */
export function passes(check: Check, atom: Atom, ...steps: readonly string[]): boolean {
  return check.subject.some((subject) => stepsBetween(subject, atom)?.some((step) => steps.includes(step)) ?? false);
}

/** The last part of what a value is called. */
export function lastName(atom: Atom): string {
  if (atom.kind === 'symbol') return atom.name.split('.').at(-1) ?? '';
  if (atom.kind === 'class') return atom.info.name;
  return atom.kind === 'opaque' && (atom.origin.via === 'global' || atom.origin.via === 'attribute')
    ? (atom.origin.name.split('.').at(-1) ?? '')
    : '';
}
