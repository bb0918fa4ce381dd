import type { Frame } from '../../evaluate/frame.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { Expr, Stmt } from '../../ir/nodes.ts';
import { childBlocks } from '../../semantics/scope.ts';
import { isForDevelopersWhere } from './developers-guard.ts';

/**
 * A value without the texts that a variable is given for tests and development only:
 * `if not key: if DEBUG: key = "dev" else: raise RuntimeError(…)` leaves `key` in production what it was.
 */
export function withoutDevelopersValues(value: Value, node: Expr | undefined, frame: Frame): Value {
  if (node?.kind !== 'name' || value.length < 2) return value;
  const found: Found = { developers: new Set(), all: new Set() };
  const own = frame.info?.node;
  collect(own === undefined || own.kind === 'lambda' ? frame.state.module.unit.body : own.body, node.id, false, found);
  if (found.developers.size === 0) return value;
  const kept = value.filter(
    (atom) =>
      atom.kind !== 'constant' ||
      atom.literal.type !== 'str' ||
      !found.developers.has(atom.literal.value) ||
      found.all.has(atom.literal.value),
  );
  return kept.length > 0 ? kept : value;
}

/** Texts that a variable is given where developers work, and where production may run. */
interface Found {
  readonly developers: Set<string>;
  readonly all: Set<string>;
}

function collect(block: readonly Stmt[], name: string, isForDevelopers: boolean, into: Found): void {
  for (const statement of block) {
    if (statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.id === name)) {
      const literal = statement.value?.kind === 'literal' ? statement.value.literal : undefined;
      if (literal?.type === 'str') (isForDevelopers ? into.developers : into.all).add(literal.value);
    } else if (statement.kind === 'if') {
      collect(statement.then, name, isForDevelopers || isForDevelopersWhere(statement.test, true), into);
      collect(statement.otherwise, name, isForDevelopers || isForDevelopersWhere(statement.test, false), into);
    } else if (statement.kind !== 'function' && statement.kind !== 'class')
      for (const inner of childBlocks(statement)) collect(inner, name, isForDevelopers, into);
  }
}
