import type { Stmt } from '../ir/nodes.ts';
import type { Module } from './module.ts';
import { absoluteName, type ModuleIndex } from './module-index.ts';
import { childBlocks } from './scope.ts';

/**
 * The modules so that what a module imports at its top comes before it, circles apart. Without recursion: chains of imports in
 * a large project are longer than the stack allows.
 */
export function importOrder(modules: readonly Module[], index: ModuleIndex): readonly Module[] {
  const order: Module[] = [];
  const seen = new Set<Module>();
  for (const start of modules) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ module: start, imports: importedModules(start, index), next: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (!top) break;
      const imported = top.imports[top.next++];
      if (imported === undefined) {
        order.push(top.module);
        stack.pop();
      } else if (!seen.has(imported)) {
        seen.add(imported);
        stack.push({ module: imported, imports: importedModules(imported, index), next: 0 });
      }
    }
  }
  return order;
}

/** Project modules that importing this one runs: those named by statements outside functions, and the packages around them. */
export function importedModules(module: Module, index: ModuleIndex): readonly Module[] {
  const found = new Set<Module>();
  const add = (name: string): void => {
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      const around = index.find(name.slice(0, dot), module);
      if (around) found.add(around);
    }
    const own = index.find(name, module);
    if (own) found.add(own);
  };
  const visit = (statements: readonly Stmt[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'import') for (const name of statement.names) add(name.name);
      else if (statement.kind === 'import-from') {
        const base = absoluteName(module, statement.module, statement.level);
        add(base);
        for (const name of statement.names) add(base === '' ? name.name : `${base}.${name.name}`);
      } else if (statement.kind !== 'function') for (const block of childBlocks(statement)) visit(block);
    }
  };
  visit(module.unit.body);
  found.delete(module);
  return [...found];
}
