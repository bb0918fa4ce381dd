import type { Expr } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Atom, Value } from '../values/value.ts';
import { isAboutSources } from './about-sources.ts';
import { checksOf } from './conditions.ts';
import { tellingOf } from './implied-checks.ts';
import { isKnownEmpty } from './truth-checks.ts';

/** `is_fine = len(name) < 20 and name.isalnum()`: what the name is true or false for says what the conditions would, written where it is asked. */
export function namedCondition(interpreter: Interpreter, frame: Frame, node: Expr, value: Value): Value {
  const condition = node.kind === 'unary' && node.op === 'not' ? node.operand : node;
  if (!isCondition(condition) || value.length === 0 || !value.every((atom) => isTruth(atom) || isKnownEmpty(atom))) return value;
  if (!isAboutSources(interpreter, frame, node, value)) return value;
  return tellingOf(value, checksOf(interpreter, frame, node, true), checksOf(interpreter, frame, node, false));
}

/** `all(c in LETTERS for c in name)` says something of each element only where its condition is looked at; other calls say what they ask by themselves. */
function isCondition(node: Expr): boolean {
  return (
    node.kind === 'boolean' ||
    (node.kind === 'call' && node.callee.kind === 'name' && /^(?:all|any)$/.test(node.callee.id) && node.args.length === 1)
  );
}

function isTruth(atom: Atom): boolean {
  return atom.kind === 'opaque' ? atom.type === 'builtins.bool' : atom.kind === 'constant' && atom.literal.type === 'bool';
}
