import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { NOTHING, type Value } from '../../evaluate/values/value.ts';

/** The methods that instances of a class have, and those of its bases that others stand in front of without asking `super()`. */
export function methodsByUse(
  info: ClassInfo,
  calls: Interpreter['calls'],
): { readonly methods: readonly FunctionInfo[]; readonly overridden: ReadonlySet<unknown> } {
  /** By name, those that run when it is called. */
  const running = new Map<string, FunctionInfo[]>();
  const overridden = new Set<unknown>();
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    for (const name of ancestor.info.namespace.keyNames()) {
      const found = functionsOf(ancestor.info.namespace.read(name, ROOT_BRANCH) ?? NOTHING);
      const before = running.get(name);
      if (!before) running.set(name, found);
      else if (before.some(({ node }) => found.some((one) => calls.get(node)?.has(one)))) before.push(...found);
      else for (const { node } of found) overridden.add(node);
    }
  }
  const methods = [...running.values()].flat();
  // A method that is used under another name is used.
  for (const { node } of methods) overridden.delete(node);
  return { methods, overridden };
}

/** Project functions behind a decorator: itself, or the factory that made it. */
export function functionsOf(value: Value): FunctionInfo[] {
  return value.flatMap((atom) =>
    atom.kind === 'function' || atom.kind === 'bound' ? [atom.info, ...(atom.info.closure.info ? [atom.info.closure.info] : [])] : [],
  );
}

/**
 * The methods of a class, or of one on which the value is called: `OrderView`, `OrderView.as_view()`. A decorator of a library around
 * them gives what it was given: `login_required(OrderView.as_view())`.
 */
export function viewFunctions(value: Value, calls: Interpreter['calls'], depth = 0): FunctionInfo[] {
  return value.flatMap((atom) => {
    if (atom.kind === 'class') return methodsByUse(atom.info, calls).methods;
    if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || depth >= MAX_WRAPPERS) return [];
    const { receiver, args } = atom.origin;
    if (receiver) return viewFunctions(receiver, calls, depth + 1);
    const wrapped = args.positional.length === 1 ? (args.positional[0]?.value ?? NOTHING) : NOTHING;
    return [...functionsOf(wrapped), ...viewFunctions(wrapped, calls, depth + 1)];
  });
}
/** Nobody puts more around one view. */
const MAX_WRAPPERS = 6;
