import type { CallExpr } from '../../ir/nodes.ts';
import type { CallArguments } from '../calls/arguments.ts';
import { recordMethod } from '../classes/records.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { withTexts } from '../values/built-on.ts';
import type { Atom, Origin, Value } from '../values/value.ts';
import { join, NOTHING } from '../values/value.ts';
import { dictMethod } from './dict-methods.ts';
import { listMethod } from './list-methods.ts';
import { stringMethod } from './string-methods.ts';

/** What a method of a built-in type does. `undefined`: not known, the call is a library call like any other. */
export interface MethodCall {
  readonly interpreter: Interpreter;
  readonly frame: Frame;
  readonly self: Atom;
  readonly method: string;
  readonly args: CallArguments;
  readonly origin: Origin;
  readonly node: CallExpr;
}

/** Methods of strings, lists, tuples, sets and dicts whose content is (partly) known. */
export function callMethodOfValue(
  interpreter: Interpreter,
  frame: Frame,
  receiver: Value,
  method: string,
  args: CallArguments,
  node: CallExpr,
): Value | undefined {
  let result: Value = NOTHING;
  for (const self of withTexts(interpreter, frame, receiver)) {
    const origin: Origin = { via: 'call', names: [`${builtinType(self)}.${method}`], receiver, args, site: site(frame, node) };
    const value = methodOf({ interpreter, frame, self, method, args, origin, node });
    if (!value) return undefined;
    result = join(result, value);
  }
  return receiver.length > 0 ? result : undefined;
}

/** Methods of collections that readers of the environment give, which leave the content what it is. */
const PLAIN_COPY = new Set(['copy', 'to_dict', 'to_list']);

function methodOf(call: MethodCall): Value | undefined {
  const { self } = call;
  if (self.kind === 'environment' && PLAIN_COPY.has(call.method)) return [self];
  const record = self.kind === 'container' ? recordMethod(call, self) : undefined;
  if (record) return record;
  if (self.kind === 'container') return self.form === 'dict' ? dictMethod(call, self) : listMethod(call, self);
  if (self.kind === 'text' || (self.kind === 'constant' && (self.literal.type === 'str' || self.literal.type === 'bytes')))
    return stringMethod(call);
  if (
    (self.kind === 'opaque' && (self.type === 'builtins.str' || self.type === 'builtins.bytes')) ||
    (self.kind === 'environment' && (self.cast === undefined || self.cast === 'str'))
  )
    return stringMethod(call);
  return undefined;
}

function builtinType(atom: Atom): string {
  if (atom.kind === 'container') return `builtins.${atom.form}`;
  const isBytes =
    (atom.kind === 'text' && atom.bytes) ||
    (atom.kind === 'opaque' && atom.type === 'builtins.bytes') ||
    (atom.kind === 'constant' && atom.literal.type === 'bytes');
  return isBytes ? 'builtins.bytes' : 'builtins.str';
}
