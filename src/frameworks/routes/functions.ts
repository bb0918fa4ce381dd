import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { compareText } from '../../util/compare-text.ts';

/** Functions and methods of the application, by file and place. */
export function applicationFunctions(interpreter: Interpreter): readonly FunctionInfo[] {
  return interpreter.pending.filter((info) => info.module.file.role !== 'test' && info.node.kind === 'function').sort(byPlace);
}

/** Classes of the application that a module binds or that have methods. */
export function applicationClasses(interpreter: Interpreter): readonly ClassInfo[] {
  const found = new Map<ClassInfo['node'], ClassInfo>();
  for (const { owner } of applicationFunctions(interpreter)) if (owner) found.set(owner.node, owner);
  for (const { frame, module } of interpreter.states.values())
    if (module.file.role !== 'test')
      for (const value of frame.vars.values())
        for (const atom of value) if (atom.kind === 'class' && atom.info.module === module) found.set(atom.info.node, atom.info);
  return [...found.values()].sort(byPlace);
}

function byPlace(a: FunctionInfo | ClassInfo, b: FunctionInfo | ClassInfo): number {
  return compareText(a.module.path, b.module.path) || a.node.start - b.node.start;
}
