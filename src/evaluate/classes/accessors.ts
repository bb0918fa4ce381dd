import type { FunctionInfo } from '../calls/function-info.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import type { Value } from '../values/value.ts';
import { ancestors, type ClassInfo } from './class-info.ts';

/** The methods of a property that has a setter. https://docs.python.org/3/library/functions.html#property */
export interface Accessors {
  readonly getter: FunctionInfo;
  readonly setter: FunctionInfo;
}

/** What `@host.setter` stands above is the setter of the property that `host` was before. */
export function accessorsOf(setter: FunctionInfo): Accessors | undefined {
  for (const { value } of setter.decorators) {
    const [only] = value;
    if (only?.kind !== 'opaque' || only.origin.via !== 'attribute' || only.origin.name !== 'setter') continue;
    const getter = getterIn(only.origin.of);
    if (getter) return { getter, setter };
  }
  return undefined;
}

function getterIn(value: Value): FunctionInfo | undefined {
  const [only, ...others] = value;
  if (only?.kind !== 'function' || others.length > 0) return undefined;
  return only.info.binding === 'property' ? only.info : accessorsOf(only.info)?.getter;
}

/** The property with a setter that a class has under a name. */
export function accessorsIn(info: ClassInfo, name: string): Accessors | undefined {
  for (const ancestor of ancestors(info)) {
    const value = ancestor.kind === 'class' ? ancestor.info.namespace.read(name, ROOT_BRANCH) : undefined;
    if (!value) continue;
    const [only, ...others] = value;
    return only?.kind === 'function' && others.length === 0 ? accessorsOf(only.info) : undefined;
  }
  return undefined;
}
