import type { AttributeExpr, CallExpr, Expr } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import type { Branch } from '../values/branch.ts';
import type { Value } from '../values/value.ts';
import { accessorsIn } from './accessors.ts';
import type { ClassInfo } from './class-info.ts';

interface SetAttribute {
  readonly value: Value;
  /** On which way it was set. */
  readonly branch: Branch;
  /** The variable with which the attribute is reached, and what it was. */
  readonly root: string;
  readonly object: Value;
  /** It is the method's own instance, and that any one: other methods may set it as well. */
  readonly isOwn: boolean;
}

/** What code has just set, by how it is written: `self.answer`, `form.name.data`. */
export type SetAttributes = Map<string, SetAttribute>;

/**
 * `self.answer = "no name"` in a method looked at on its own, where any instance may have anything there; `form.name.data = slugify(…)` of an object
 * of which only the type is known. Until something is called that may set it anew, it is what it was given.
 */
export function noteSetAttribute(frame: Frame, { object, name }: AttributeExpr, holder: Value, value: Value): void {
  const root = rootOf(object);
  const variable = root === undefined ? undefined : frame.vars.get(root);
  if (root === undefined || !variable) return;
  const info = infoOfAny(frame, object);
  const isOpaque = holder.length > 0 && holder.every((one) => one.kind === 'opaque' && !one.content);
  if (info ? accessorsIn(info, name) : !isOpaque) return;
  frame.set ??= new Map();
  // It may be the same object by another name.
  for (const written of frame.set.keys()) if (written.endsWith(`.${name}`)) frame.set.delete(written);
  frame.set.set(`${pathOf(object)}.${name}`, { value, branch: frame.branch, root, object: variable, isOwn: info !== undefined });
}

/** What was set there on the way to where the code is now; `undefined` where that is not known. */
export function setAttributeOf({ set, vars, branch }: Frame, { object, name }: AttributeExpr): Value | undefined {
  if (!set || rootOf(object) === undefined) return undefined;
  const known = set.get(`${pathOf(object)}.${name}`);
  return known && branch.isWithin(known.branch) && vars.get(known.root) === known.object ? known.value : undefined;
}

/** A method of the object, also of a class above that is not known, or a function that it is passed to, may set anything anew. */
export function forgetPassed({ set, info }: Frame, { callee, args }: CallExpr): void {
  const roots = new Set([callee, ...args.map((one) => one.value)].map(rootOf));
  // `super().prepare()`
  const isSuper = callee.kind === 'attribute' && callee.object.kind === 'call' && rootOf(callee.object.callee) === 'super';
  if (isSuper) roots.add(info?.node.params[0]?.name);
  for (const [written, { root }] of set ?? []) if (roots.has(root)) set?.delete(written);
}

/** Functions of the project may call other methods of the instance. */
export function forgetOwn({ set }: Frame): void {
  for (const [written, { isOwn }] of set ?? []) if (isOwn) set?.delete(written);
}

/** The class of which an expression is the method's own instance, and that any one. */
function infoOfAny(frame: Frame, object: Expr): ClassInfo | undefined {
  if (object.kind !== 'name' || !frame.info?.owner || frame.info.node.params[0]?.name !== object.id) return undefined;
  const [only, ...others] = frame.vars.get(object.id) ?? [];
  return only?.kind === 'object' && others.length === 0 && only.object === only.info.anyInstance ? only.info : undefined;
}

/** The variable in front of names of attributes. */
function rootOf(node: Expr): string | undefined {
  if (node.kind === 'name') return node.id;
  return node.kind === 'attribute' ? rootOf(node.object) : undefined;
}

function pathOf(node: Expr): string {
  if (node.kind === 'name') return node.id;
  return node.kind === 'attribute' ? `${pathOf(node.object)}.${node.name}` : '';
}
