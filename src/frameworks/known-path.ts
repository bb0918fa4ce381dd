import { posix } from 'node:path';
import type { Atom, Origin, Value } from '../evaluate/value.ts';

/** Calls that leave a path what it is, or make it the plain form of itself. */
const SAME =
  /(?:^|\.)(?:abspath|realpath|normpath|normcase|fspath|Path|PurePath|PosixPath|resolve|absolute|expanduser|as_posix|str|fsdecode|to-text)$/;
const PARENT = /(?:^|\.)dirname$/;
const JOIN = /(?:^|\.)(?:join|joinpath|with_segments|path|safe_join)$/;
/** No path in a program is made in more steps. */
const MAX_STEPS = 40;

/**
 * The path that a value is, where it was made of constants and of `__file__`: absolute with `/` in front, else from the top of the project
 * (`''` is the top itself). `undefined` where any part of it is not known.
 */
export function knownPath(value: Value | undefined, steps = MAX_STEPS): string | undefined {
  const [only, ...more] = value ?? [];
  if (!only || more.length > 0 || steps <= 0) return undefined;
  const path = ofAtom(only, steps - 1);
  return path === undefined ? undefined : plain(path);
}

function plain(path: string): string {
  const normal = posix.normalize(path);
  return normal === '.' ? '' : normal.length > 1 ? normal.replace(/\/$/, '') : normal;
}

function ofAtom(atom: Atom, steps: number): string | undefined {
  if (atom.kind === 'constant') return atom.literal.type === 'str' ? atom.literal.value : undefined;
  if (atom.kind === 'text') {
    const parts = atom.segments.map((segment) => (typeof segment === 'string' ? segment : knownPath(segment.value, steps)));
    // The top of the project stands for an absolute path: `BASE_DIR + "/static"` is below it.
    const [first] = parts;
    if (first === '' && typeof parts[1] === 'string') parts[1] = parts[1].replace(/^\/+/, '');
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
  }
  return atom.kind === 'opaque' ? ofOrigin(atom.origin, steps) : undefined;
}

function ofOrigin(origin: Origin, steps: number): string | undefined {
  switch (origin.via) {
    case 'global':
      return origin.name === '__file__' ? origin.site.module.path : undefined;
    case 'attribute':
      return origin.name === 'parent' ? above(knownPath(origin.of, steps)) : undefined;
    case 'item': {
      // `path.parents[1]`
      const [key] = origin.key;
      const [list] = origin.of;
      const of = list?.kind === 'opaque' && list.origin.via === 'attribute' && list.origin.name === 'parents' ? list.origin.of : undefined;
      if (!of || key?.kind !== 'constant' || key.literal.type !== 'int') return undefined;
      let path = knownPath(of, steps);
      for (let at = 0; at <= Number(key.literal.value) && at < MAX_STEPS; at++) path = above(path);
      return path;
    }
    case 'operation':
      return joined(
        origin.operands.map((operand) => knownPath(operand, steps)),
        origin.op,
      );
    case 'checked':
      return knownPath(origin.of, steps);
    case 'call':
      return ofCall(origin, steps);
    default:
      return undefined;
  }
}

function ofCall({ names, receiver, args }: Origin & { readonly via: 'call' }, steps: number): string | undefined {
  const [name] = names;
  if (name === undefined) return undefined;
  const passed = args.openPositional ? [undefined] : args.positional.map((one) => knownPath(one.value, steps));
  const parts = receiver && !/^os\b/.test(name) ? [knownPath(receiver, steps), ...passed] : passed;
  if (PARENT.test(name)) return above(parts[0]);
  if (SAME.test(name)) return parts.length > 1 ? joined(parts) : parts[0];
  return JOIN.test(name) ? joined(parts) : undefined;
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
