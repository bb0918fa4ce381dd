import type { ClassStmt } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { AppliedDecorator } from '../calls/function-info.ts';
import type { HeapObject } from '../values/heap.ts';
import type { Value } from '../values/value.ts';

/** A class of the project, as it exists after its `class` statement ran. */
export interface ClassInfo {
  readonly module: Module;
  readonly node: ClassStmt;
  readonly name: string;
  /** Dotted, with module and enclosing names. */
  readonly qualifiedName: string;
  /** In the order written; unknown bases included. */
  readonly bases: readonly Value[];
  readonly decorators: readonly AppliedDecorator[];
  /** The class it stands in. */
  readonly outer: ClassInfo | undefined;
  /** What the body and later assignments put into the class. */
  readonly namespace: HeapObject;
  /** Stands for every instance when methods are looked at on their own. */
  readonly anyInstance: HeapObject;
}

/** An ancestor in the method resolution order: a project class, or a library class by name. */
export type Ancestor = { readonly kind: 'class'; readonly info: ClassInfo } | { readonly kind: 'library'; readonly name: string };

const orders = new WeakMap<ClassInfo, readonly Ancestor[]>();
const inProgress = new WeakSet<ClassInfo>();

/**
 * The class and its ancestors, nearest first. Python's C3 order where it exists; for inconsistent or circular bases,
 * depth first without repeats, so that broken code still says something.
 */
export function ancestors(info: ClassInfo): readonly Ancestor[] {
  const known = orders.get(info);
  if (known) return known;
  if (inProgress.has(info)) return [{ kind: 'class', info }];
  inProgress.add(info);
  const lists: Ancestor[][] = [];
  const direct: Ancestor[] = [];
  for (const base of info.bases) {
    for (const atom of base) {
      if (atom.kind === 'class' && atom.info !== info) {
        lists.push([...ancestors(atom.info)]);
        direct.push({ kind: 'class', info: atom.info });
      } else if (atom.kind === 'symbol') {
        lists.push([{ kind: 'library', name: atom.name }]);
        direct.push({ kind: 'library', name: atom.name });
      }
    }
  }
  const order: Ancestor[] = [{ kind: 'class', info }, ...(mergeC3([...lists, direct]) ?? depthFirst(lists))];
  inProgress.delete(info);
  orders.set(info, order);
  return order;
}

/** What makes two ancestors the same: the class itself, or its library name. */
function identity(ancestor: Ancestor): ClassInfo | string {
  return ancestor.kind === 'class' ? ancestor.info : ancestor.name;
}

/**
 * https://docs.python.org/3/howto/mro.html; `undefined` when no order satisfies all bases. Counts how often an ancestor stands behind
 * the head of a list, since looking through the lists at each step takes minutes for a long line of descent.
 */
function mergeC3(lists: readonly (readonly Ancestor[])[]): Ancestor[] | undefined {
  const behindHeads = new Map<ClassInfo | string, number>();
  const count = (ancestor: Ancestor, change: number): void => {
    const key = identity(ancestor);
    behindHeads.set(key, (behindHeads.get(key) ?? 0) + change);
  };
  for (const list of lists) for (const ancestor of list.slice(1)) count(ancestor, 1);
  const heads = lists.map(() => 0);
  const result: Ancestor[] = [];
  while (heads.some((head, at) => head < (lists[at]?.length ?? 0))) {
    const next = lists
      .map((list, at) => list[heads[at] ?? 0])
      .find((head) => head !== undefined && (behindHeads.get(identity(head)) ?? 0) === 0);
    if (!next) return undefined;
    result.push(next);
    lists.forEach((list, at) => {
      const head = heads[at] ?? 0;
      const current = list[head];
      if (current === undefined || identity(current) !== identity(next)) return;
      heads[at] = head + 1;
      const following = list[head + 1];
      if (following !== undefined) count(following, -1);
    });
  }
  return result;
}

function depthFirst(lists: readonly (readonly Ancestor[])[]): Ancestor[] {
  const met = new Map<ClassInfo | string, Ancestor>();
  for (const ancestor of lists.flat()) if (!met.has(identity(ancestor))) met.set(identity(ancestor), ancestor);
  return [...met.values()];
}
