import type { Expr, Stmt } from '../../ir/nodes.ts';
import { indexOf } from '../behaviours/list-methods.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { isContainer, knownElements, slotOfKey } from '../values/container.ts';
import { quietly } from './refine.ts';

/** Statements of a body that is asked; what is longer does more. */
const MAX_STATEMENTS = 4;

/**
 * Whether no statement of a `try` can raise: it only names, and takes out of what is known, what is there: `{"a": 1}["a"]`, `int("5")`.
 * Asked after it ran.
 */
export function cannotRaise(interpreter: Interpreter, frame: Frame, body: readonly Stmt[]): boolean {
  if (body.length > MAX_STATEMENTS) return false;
  return body.every((statement) => {
    if (statement.kind === 'pass') return true;
    if (statement.kind === 'expression') return isSafe(interpreter, frame, statement.value);
    if (statement.kind !== 'assign' || !statement.targets.every((target) => target.kind === 'name')) return false;
    return statement.value === undefined || isSafe(interpreter, frame, statement.value);
  });
}

function isSafe(interpreter: Interpreter, frame: Frame, node: Expr): boolean {
  switch (node.kind) {
    case 'literal':
      return true;
    case 'name':
      return frame.vars.has(node.id);
    case 'tuple':
    case 'list':
      return node.elements.every((element) => isSafe(interpreter, frame, element));
    case 'dict':
      return node.entries.every(({ key, value }) => key?.kind === 'literal' && isSafe(interpreter, frame, value));
    case 'subscript':
      return (
        isSafe(interpreter, frame, node.object) &&
        isSafe(interpreter, frame, node.index) &&
        hasItem(interpreter, frame, node.object, node.index)
      );
    case 'call': {
      const [only, ...others] = node.args;
      if (node.callee.kind !== 'name' || node.callee.id !== 'int' || frame.vars.has('int') || !only || others.length > 0) return false;
      const [value] = isSafe(interpreter, frame, only.value) ? quietly(interpreter, () => evaluate(interpreter, frame, node)) : [];
      return value?.kind === 'constant';
    }
    default:
      return false;
  }
}

function hasItem(interpreter: Interpreter, frame: Frame, object: Expr, index: Expr): boolean {
  const [[held, ...others], key] = quietly(interpreter, () => [evaluate(interpreter, frame, object), evaluate(interpreter, frame, index)]);
  if (!held || others.length > 0 || !isContainer(held)) return false;
  if (held.form !== 'dict') {
    const length = knownElements(held, frame.branch)?.length ?? 0;
    const at = indexOf(key);
    return held.form !== 'set' && at !== undefined && at < length && at >= -length;
  }
  const slot = slotOfKey(key);
  return slot !== undefined && held.object.isSure(slot);
}
