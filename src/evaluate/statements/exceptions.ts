import { ROOT_BRANCH } from '../values/branch.ts';
import { knownElements } from '../values/container.ts';
import { type Atom, join, NOTHING, opaque, type Site, type Value } from '../values/value.ts';

/** What `except types as e` binds: an instance of one of the types. */
export function exceptionValue(types: Value, site: Site): Value {
  let result: Value = NOTHING;
  for (const atom of types) result = join(result, instance(atom, site));
  return result.length > 0 ? result : opaque({ via: 'element', of: types, site }, 'builtins.BaseException');
}

function instance(atom: Atom, site: Site): Value {
  if (atom.kind === 'class') return [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }];
  if (atom.kind === 'symbol') return opaque({ via: 'element', of: [atom], site }, atom.name);
  if (atom.kind === 'container') {
    let result: Value = NOTHING;
    for (const element of knownElements(atom, ROOT_BRANCH) ?? [])
      for (const one of element) if (one.kind !== 'container') result = join(result, instance(one, site));
    return result;
  }
  return opaque({ via: 'element', of: [atom], site });
}
