import type { AugmentedAssignStmt, BinaryOperator } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { combine } from '../expressions/operators.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { typedValue } from '../values/types.ts';
import { type Atom, join, NOTHING, type ObjectAtom, type Site, type Value } from '../values/value.ts';
import { findInClass } from './attributes.ts';

/** https://docs.python.org/3/reference/datamodel.html#emulating-numeric-types */
const SPECIAL: Partial<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '%': 'mod',
  '|': 'or',
  '&': 'and',
  '<<': 'lshift',
  '>>': 'rshift',
};

/** What the class of one operand says of the operator: `Markup("<b>%s</b>") % name` is safe markup again. */
export function ownOperator(
  interpreter: Interpreter,
  frame: Frame,
  op: BinaryOperator,
  self: Atom,
  other: Atom,
  here: Site,
  otherSite: Site,
  form: 'r' | '' = '',
): Value | undefined {
  const special = SPECIAL[op];
  if (special === undefined) return undefined;
  const args = positional({ value: [other], node: otherSite.node });
  if (self.kind === 'object') return ofProject(interpreter, frame, `__${form}${special}__`, self, [other], here);
  if (self.kind !== 'opaque' || self.type === undefined) return undefined;
  const row = interpreter.library.member(self.type, `__${form}${special}__`);
  if (row?.returns === undefined) return undefined;
  return typedValue(
    interpreter,
    row.returns,
    { receiver: [self], args },
    { via: 'call', names: [row.name], receiver: [self], args, site: here },
  );
}

/** `target op= right`: what the class of the target says of it, else what the operator gives. */
export function combineInPlace(interpreter: Interpreter, frame: Frame, statement: AugmentedAssignStmt, left: Value, right: Value): Value {
  const special = SPECIAL[statement.op];
  let result: Value = NOTHING;
  let others: Value = NOTHING;
  for (const atom of left) {
    const own =
      atom.kind === 'object' && special !== undefined
        ? ofProject(interpreter, frame, `__i${special}__`, atom, right, site(frame, statement))
        : undefined;
    if (own) result = join(result, own);
    else others = join(others, [atom]);
  }
  if (result.length > 0 && others.length === 0) return result;
  return join(result, combine(interpreter, frame, statement.op, left, right, statement, statement.target, statement.value));
}

function ofProject(interpreter: Interpreter, frame: Frame, method: string, self: ObjectAtom, other: Value, here: Site): Value | undefined {
  const own = findInClass(self.info, method, frame)?.value[0];
  if (own?.kind !== 'function') return undefined;
  const value = callFunction(interpreter, frame, own.info, positional({ value: other, node: here.node }), [self], here.node);
  interpreter.ended = false;
  return value;
}
