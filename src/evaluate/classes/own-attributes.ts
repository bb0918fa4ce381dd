import type { CallExpr, Expr } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import type { Branch } from '../values/branch.ts';
import type { Value } from '../values/value.ts';
import { accessorsIn } from './accessors.ts';
import type { ClassInfo } from './class-info.ts';

/** What a method has just set on its own instance, by the attributes' names. */
export type OwnAttributes = Map<string, { readonly value: Value; readonly branch: Branch }>;

/**
 * `self.data = failure("no name")` in a method looked at on its own, where any instance may have anything there: until something else is called,
 * which may set it again, this one has what it was given.
 */
export function noteOwnAttribute(frame: Frame, object: Expr, name: string, value: Value): void {
  const info = infoOfAny(frame, object);
  if (!info || accessorsIn(info, name)) return;
  frame.own ??= new Map();
  frame.own.set(name, { value, branch: frame.branch });
}

/** A method of the instance, also of a class above that is not known, or a function that it is passed to, may set anything anew. */
export function forgetOwnAttributes(frame: Frame, { callee, args }: CallExpr): void {
  const self = frame.info?.node.params[0]?.name;
  const isSelf = (node: Expr): boolean =>
    (node.kind === 'name' && node.id === self) || (node.kind === 'call' && node.callee.kind === 'name' && node.callee.id === 'super');
  if ((callee.kind === 'attribute' && isSelf(callee.object)) || args.some((one) => isSelf(one.value))) frame.own = undefined;
}

/** What the method has set there on its way to where it is now; `undefined` where that is not known. */
export function ownAttribute(frame: Frame, object: Expr, name: string): Value | undefined {
  const known = frame.own?.get(name);
  return known && frame.branch.isWithin(known.branch) && infoOfAny(frame, object) ? known.value : undefined;
}

/** The class of which an expression is the method's own instance, and that any one. */
function infoOfAny(frame: Frame, object: Expr): ClassInfo | undefined {
  if (object.kind !== 'name' || !frame.info?.owner || frame.info.node.params[0]?.name !== object.id) return undefined;
  const [only, ...others] = frame.vars.get(object.id) ?? [];
  return only?.kind === 'object' && others.length === 0 && only.object === only.info.anyInstance ? only.info : undefined;
}
