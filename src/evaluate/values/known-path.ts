import { posix } from 'node:path';
import type { Atom, EnvironmentAtom, Origin, Segment, Value } from './value.ts';

/** Calls that leave a path what it is, or make it the plain form of itself. */
const SAME =
  /(?:^|\.)(?:abspath|realpath|normpath|normcase|fspath|Path|PurePath|PosixPath|resolve|absolute|expanduser|as_posix|str|fsdecode|to-text)$/;
const PARENT = /(?:^|\.)dirname$/;
const JOIN = /(?:^|\.)(?:join|joinpath|with_segments|path|safe_join|Path\.__call__|Path\.__add__)$/;
/** `environ.Path(__file__) - 2`: two folders up. https://django-environ.readthedocs.io/en/latest/api.html#environ.Path */
const UP = /^environ\.Path\.__sub__$/;
/** No path in a program is made in more steps. */
const MAX_STEPS = 40;

/** What a path is made of. With this asked for, a variable of the environment is what it is when it is not set. */
export interface Parts {
  readonly variables: EnvironmentAtom[];
  fromFile: boolean;
}

/**
 * The path that a value is, where it was made of constants and of `__file__`: absolute with `/` in front, else from the top of the project
 * (`''` is the top itself). `undefined` where any part of it is not known.
 */
export function knownPath(value: Value | undefined, parts?: Parts, steps = MAX_STEPS): string | undefined {
  const [only, ...more] = value ?? [];
  if (!only || more.length > 0 || steps <= 0) return undefined;
  const path = ofAtom(only, parts, steps - 1);
  return path === undefined ? undefined : plain(path);
}

/** `https://media.example.org/` */
const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i;

function plain(path: string): string {
  if (URL_START.test(path)) return path;
  const normal = posix.normalize(path);
  return normal === '.' ? '' : normal.length > 1 ? normal.replace(/\/$/, '') : normal;
}

function ofAtom(atom: Atom, parts: Parts | undefined, steps: number): string | undefined {
  if (atom.kind === 'environment' && parts) {
    parts.variables.push(atom);
    return knownPath(atom.fallback, parts, steps);
  }
  if (atom.kind === 'constant') return atom.literal.type === 'str' ? atom.literal.value : undefined;
  if (atom.kind === 'text') {
    const texts = atom.segments.map((segment) => (typeof segment === 'string' ? segment : ofHole(segment.value, parts, steps)));
    // The top of the project stands for an absolute path: `BASE_DIR + "/static"` is below it.
    const [first] = texts;
    if (first === '' && typeof texts[1] === 'string' && !isRead(atom.segments[0])) texts[1] = texts[1].replace(/^\/+/, '');
    return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
  }
  return atom.kind === 'opaque' ? ofOrigin(atom.origin, parts, steps) : undefined;
}

/** What is put into a text as it is: of a variable, its default with all its slashes. */
function ofHole(value: Value, parts: Parts | undefined, steps: number): string | undefined {
  const [only, ...more] = value;
  if (!only || more.length > 0 || steps <= 0) return undefined;
  if (only.kind !== 'environment' || !parts) return only.kind === 'constant' ? ofAtom(only, parts, steps) : knownPath(value, parts, steps);
  parts.variables.push(only);
  return ofHole(only.fallback ?? [], parts, steps - 1);
}

function isRead(segment: Segment | undefined): boolean {
  return typeof segment === 'object' && segment.value.some(({ kind }) => kind === 'environment');
}

function ofOrigin(origin: Origin, parts: Parts | undefined, steps: number): string | undefined {
  switch (origin.via) {
    case 'global':
      if (origin.name !== '__file__') return undefined;
      if (parts) parts.fromFile = true;
      return origin.site.module.path;
    case 'attribute':
      if (origin.name === 'parent') return above(knownPath(origin.of, parts, steps));
      return isRoot(origin) ? knownPath(origin.of, parts, steps) : undefined;
    case 'item': {
      // `path.parents[1]`
      const [key] = origin.key;
      const [list] = origin.of;
      const of = list?.kind === 'opaque' && list.origin.via === 'attribute' && list.origin.name === 'parents' ? list.origin.of : undefined;
      if (!of || key?.kind !== 'constant' || key.literal.type !== 'int') return undefined;
      return above(upBy(knownPath(of, parts, steps), origin.key));
    }
    case 'operation':
      return joined(
        origin.operands.map((operand) => knownPath(operand, parts, steps)),
        origin.op,
      );
    case 'checked':
      return knownPath(origin.of, parts, steps);
    case 'call':
      return ofCall(origin, parts, steps);
    default:
      return undefined;
  }
}

function ofCall({ names, receiver, args }: Origin & { readonly via: 'call' }, parts: Parts | undefined, steps: number): string | undefined {
  const [name] = names;
  if (name === undefined) return undefined;
  const passed = args.openPositional ? [undefined] : args.positional.map((one) => knownPath(one.value, parts, steps));
  const paths = receiver && !/^os\b/.test(name) ? [knownPath(receiver, parts, steps), ...passed] : passed;
  if (PARENT.test(name)) return above(paths[0]);
  if (UP.test(name)) return upBy(paths[0], args.positional[0]?.value);
  if (SAME.test(name)) return paths.length > 1 ? joined(paths) : paths[0];
  return JOIN.test(name) ? joined(paths) : undefined;
}

function upBy(path: string | undefined, count: Value | undefined): string | undefined {
  const [only, ...more] = count ?? [];
  if (only?.kind !== 'constant' || only.literal.type !== 'int' || more.length > 0) return undefined;
  let found = path;
  for (let at = 0; at < Number(only.literal.value) && at < MAX_STEPS; at++) found = above(found);
  return found;
}

/** `root.root` of `environ.Path`: the path as a text. */
function isRoot({ name, of }: Origin & { readonly via: 'attribute' }): boolean {
  return name === 'root' && of.every((one) => one.kind === 'opaque' && one.type === 'environ.Path');
}

function above(path: string | undefined): string | undefined {
  return path === undefined ? undefined : plain(posix.join(path === '' ? '.' : path, '..'));
}

function joined(parts: readonly (string | undefined)[], op?: string): string | undefined {
  if (op !== undefined || parts.length === 0 || parts.some((part) => part === undefined)) return undefined;
  let path = '';
  for (const part of parts) path = part?.startsWith('/') ? part : posix.join(path, part ?? '');
  return path;
}
