import type { ClassStmt } from '../ir/nodes.ts';
import type { Module } from '../semantics/module.ts';
import type { AppliedDecorator } from './function-info.ts';
import type { HeapObject } from './heap.ts';
import type { Value } from './value.ts';

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

function same(a: Ancestor, b: Ancestor): boolean {
  return a.kind === 'class' ? b.kind === 'class' && a.info === b.info : b.kind === 'library' && a.name === b.name;
}

/** https://docs.python.org/3/howto/mro.html; `undefined` when no order satisfies all bases. */
function mergeC3(lists: readonly Ancestor[][]): Ancestor[] | undefined {
  const rest = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const result: Ancestor[] = [];
  while (rest.length > 0) {
    const next = rest.map((list) => list[0]).find((head) => head && !rest.some((list) => list.slice(1).some((other) => same(other, head))));
    if (!next) return undefined;
    result.push(next);
    for (let i = rest.length - 1; i >= 0; i--) {
      const list = rest[i];
      if (list?.[0] && same(list[0], next)) {
        list.shift();
        if (list.length === 0) rest.splice(i, 1);
      }
    }
  }
  return result;
}

function depthFirst(lists: readonly Ancestor[][]): Ancestor[] {
  const result: Ancestor[] = [];
  for (const ancestor of lists.flat()) if (!result.some((other) => same(other, ancestor))) result.push(ancestor);
  return result;
}
