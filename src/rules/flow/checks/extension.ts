import { stringOf } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';

/** Methods whose result has no character that the text did not have, but for its case. */
const SHORTENING = new Set(['lower', 'upper', 'casefold', 'strip', 'lstrip', 'rstrip']);

/** `os.path.splitext(name)[1]`, `path.split("/")[-1]`: no separator is in it. https://docs.python.org/3/library/os.path.html#os.path.splitext */
export function isWithoutSeparator(atom: Atom): boolean {
  const taken = partOf(atom);
  if (!taken) return false;
  return OF_PATHS.test(taken.name) ? taken.at === 1 || taken.at === -1 : isBehindLast('/', taken);
}

/** The second part is an extension, or the last name as of `basename()`. https://docs.python.org/3/library/os.path.html#os.path.split */
const OF_PATHS = /^os\.path\.split(?:ext)?$/;

/** `name.rsplit(".", 1)[1]`: no dot is in it, so that behind some other text it leads no directory up. */
export function isBehindLastDot(atom: Atom): boolean {
  const taken = partOf(atom);
  return taken !== undefined && (taken.name === 'os.path.splitext' ? isWithoutSeparator(atom) : isBehindLast('.', taken));
}

function isBehindLast(separator: string, taken: Taken): boolean {
  if (taken.separator !== separator) return false;
  const method = taken.name.slice(taken.name.lastIndexOf('.') + 1);
  if (method === 'rpartition') return taken.at === 2 || taken.at === -1;
  if (method === 'split') return taken.at === -1 && taken.limit === undefined;
  return method === 'rsplit' && (taken.at === -1 || (taken.at === 1 && taken.limit === 1));
}

interface Taken {
  readonly name: string;
  readonly at: number | undefined;
  readonly separator: string | undefined;
  readonly limit: number | undefined;
}

/** The element of the result of a call that a value is, or was before its case was changed. */
function partOf(atom: Atom): Taken | undefined {
  if (atom.kind !== 'opaque') return undefined;
  const { origin } = atom;
  if (origin.via === 'checked') return only(origin.of, partOf);
  if (origin.via === 'call') {
    const method = (origin.names[0] ?? '').replace(/\(\)$/, '').split('.').at(-1) ?? '';
    return SHORTENING.has(method) && origin.receiver ? only(origin.receiver, partOf) : undefined;
  }
  if (origin.via !== 'item') return undefined;
  const at = numberOf(origin.key);
  return only(origin.of, (whole) => {
    if (whole.kind !== 'opaque' || whole.origin.via !== 'call') return undefined;
    const { names, args } = whole.origin;
    const [separator, limit] = args.positional;
    return {
      name: (names[0] ?? '').replace(/\(\)$/, ''),
      at,
      separator: stringOf(separator?.value),
      limit: numberOf(limit?.value ?? args.keywords.find(({ name }) => name === 'maxsplit')?.value),
    };
  });
}

function only<Result>(value: Value, of: (atom: Atom) => Result | undefined): Result | undefined {
  const [one, ...others] = value;
  return one && others.length === 0 ? of(one) : undefined;
}

function numberOf(value: Value | undefined): number | undefined {
  const literal = value && only(value, (atom) => (atom.kind === 'constant' ? atom.literal : undefined));
  return literal?.type === 'int' ? Number(literal.value) : undefined;
}
