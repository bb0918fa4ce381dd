import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { isContainer, knownElements, sequence } from '../values/container.ts';
import { elementOf } from '../values/types.ts';
import { bool, type ContainerForm, constant, type EnvironmentAtom, int, join, NOTHING, type Site, type Value } from '../values/value.ts';

/** What is read from the environment and nothing else. What is computed from it alone still is, with what that gives when it is unset. */
export function environmentOf(value: Value): EnvironmentAtom | undefined {
  const only = value[0];
  return value.length === 1 && only?.kind === 'environment' ? only : undefined;
}

/** The same variable as another computation leaves it; `fallback` is what that makes of the default. */
export function changed(read: EnvironmentAtom, cast: string | undefined, fallback: Value | undefined): Value {
  const { optional, ...kept } = read;
  return [{ ...kept, cast, fallback: fallback && fallback.length > 0 ? fallback : undefined }];
}

/** What a read gives where the variable is not set, as far as that is known. */
export function unsetValue({ fallback, optional, cast }: EnvironmentAtom): Value | undefined {
  return fallback ?? (optional && cast === undefined ? constant({ type: 'none' }) : undefined);
}

/** What a default that is written as text is after the cast: `config("DEBUG", default="false", cast=bool)`. */
export function castText(value: Value, cast: string | undefined): Value {
  const [only, ...others] = value;
  if (only?.kind !== 'constant' || only.literal.type !== 'str' || others.length > 0) return value;
  const text = only.literal.value;
  if (cast === 'bool' && OF_SWITCHES.has(text.toLowerCase())) return bool(OF_SWITCHES.get(text.toLowerCase()) === true);
  return cast === 'int' && /^[+-]?\d{1,15}$/.test(text.trim()) ? int(Number(text)) : value;
}
/** https://docs.python.org/3.11/distutils/apiref.html#distutils.util.strtobool */
const OF_SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 't', 'true', 'on', '1'].map((word) => [word, true] as const),
  ...['n', 'no', 'f', 'false', 'off', '0', ''].map((word) => [word, false] as const),
]);

/** Collections that a variable may be cast to. */
const COLLECTIONS = new Set(['list', 'tuple', 'set']);

export function isCollection(read: EnvironmentAtom | undefined): read is EnvironmentAtom {
  return read?.cast !== undefined && COLLECTIONS.has(read.cast);
}

/** An element of a variable that holds several; its default is any of those. */
export function environmentElement(interpreter: Interpreter, read: EnvironmentAtom): Value {
  const { fallback } = read;
  const element = fallback && elementOf(interpreter, fallback, { via: 'element', of: fallback, site: read.origin.site });
  return changed(read, undefined, element);
}

/** `[host.strip() for host in env.list("HOSTS")]`: the variable's elements, each changed alike. */
export function collected(read: EnvironmentAtom, element: Value, form: ContainerForm, site: Site, frame: Frame): Value | undefined {
  const own = environmentOf(element);
  if (!own || own.variable !== read.variable || form === 'dict') return undefined;
  return changed(
    read,
    form,
    read.fallback &&
      sequence(
        form,
        (own.fallback ?? NOTHING).map((atom) => [atom]),
        site,
        frame.branch,
      ),
  );
}

/** `tuple(env.list("HOSTS"))` */
export function recast(read: EnvironmentAtom, form: 'list' | 'tuple' | 'set', site: Site, frame: Frame): Value {
  let fallback: Value | undefined;
  for (const atom of read.fallback ?? NOTHING) {
    const elements = isContainer(atom) ? knownElements(atom, frame.branch) : undefined;
    if (elements) fallback = join(fallback ?? NOTHING, sequence(form, elements, site, frame.branch));
  }
  return changed(read, form, fallback);
}
