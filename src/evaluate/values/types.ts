import type { CallArguments } from '../calls/arguments.ts';
import type { Interpreter } from '../interpreter.ts';
import { environmentElement, isCollection } from '../names/environment.ts';
import { ROOT_BRANCH } from './branch.ts';
import { anyElement, sequence } from './container.ts';
import { HeapObject } from './heap.ts';
import { type Atom, join, NOTHING, type OpaqueAtom, type Origin, opaque, symbol, type Value } from './value.ts';

/** What a type expression may refer to. */
export interface TypeContext {
  readonly receiver: Value | undefined;
  readonly args: CallArguments;
}

/**
 * The value that a type expression of a model row stands for (see library-model.ts for the forms).
 * A list `list[X]` is a list with elements of that type, `tuple[X, Y]` a pair with one of each.
 */
export function typedValue(interpreter: Interpreter, expression: string, context: TypeContext, origin: Origin): Value {
  if (expression.startsWith('$')) return contextual(interpreter, expression, context, origin);
  if (expression.startsWith('symbol:')) return symbol(expression.slice('symbol:'.length));
  const bracket = expression.indexOf('[');
  if (bracket < 0) return opaque(origin, interpreter.library.canonical(expression));
  const outer = expression.slice(0, bracket);
  const parts = outer === 'tuple' ? expression.slice(bracket + 1, -1).split(/,\s*(?![^[]*\])/) : [];
  if (parts.length > 1)
    return sequence(
      'tuple',
      parts.map((part) => typedValue(interpreter, part, context, origin)),
      origin.site,
      ROOT_BRANCH,
    );
  const inner = typedValue(interpreter, expression.slice(bracket + 1, -1), context, origin);
  if (outer === 'list' || outer === 'set' || outer === 'tuple') {
    const object = new HeapObject(origin.site, ROOT_BRANCH);
    object.writeAnywhere(inner);
    return [{ kind: 'container', form: outer, object }];
  }
  return opaque(origin, interpreter.library.canonical(outer), inner);
}

function contextual(interpreter: Interpreter, expression: string, context: TypeContext, origin: Origin): Value {
  const position = /\((\d+)\)$/.exec(expression)?.[1];
  const argument = position === undefined ? undefined : context.args.positional[Number(position)]?.value;
  switch (expression.replace(/\(\d+\)$/, '')) {
    case '$self':
      return context.receiver ?? opaque(origin);
    case '$like':
      return likeReceiver(context.receiver, origin);
    case '$arg':
      return argument ?? opaque(origin);
    case '$held':
      return heldBy(context.receiver) ?? opaque(origin);
    case '$of': {
      const held = heldBy(context.receiver);
      return held ? instanceOf(interpreter, held, origin) : opaque(origin);
    }
    case '$class':
      return context.receiver ? classOf(context.receiver) : opaque(origin);
    case '$instance':
      return argument ? instanceOf(interpreter, argument, origin) : opaque(origin);
    case '$element':
      return argument ? elementOf(interpreter, argument, origin) : opaque(origin);
    default:
      return opaque(origin);
  }
}

/** Something new of the receiver's types: what it was made from stays on its way. */
function likeReceiver(receiver: Value | undefined, origin: Origin): Value {
  const types = new Set((receiver ?? NOTHING).map((atom) => (atom.kind === 'opaque' ? atom.type : undefined)));
  let result: Value = NOTHING;
  for (const type of types) result = join(result, opaque(origin, type));
  return result.length > 0 ? result : opaque(origin);
}

/** What values are about (`OpaqueAtom.of`, `ObjectAtom.of`). */
export function heldBy(value: Value | undefined): Value | undefined {
  let held: Value = NOTHING;
  for (const atom of value ?? NOTHING) if ((atom.kind === 'opaque' || atom.kind === 'object') && atom.of) held = join(held, atom.of);
  return held.length > 0 ? held : undefined;
}

function classOf(value: Value): Value {
  return value.map((atom): Atom => (atom.kind === 'object' ? { kind: 'class', info: atom.info } : atom));
}

/** An instance of each class in the value; a manager or queryset gives an instance of its model. */
export function instanceOf(interpreter: Interpreter, classes: Value, origin: Origin): Value {
  let result: Value = NOTHING;
  for (const atom of classes) {
    if (atom.kind === 'class') result = join(result, [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }]);
    else if (atom.kind === 'symbol') result = join(result, opaque(origin, atom.name));
    else if (atom.kind === 'opaque' && atom.of) result = join(result, instanceOf(interpreter, atom.of, origin));
    else if (atom.kind === 'object') result = join(result, [atom]);
    else result = join(result, opaque(origin));
  }
  return result;
}

/** What iterating over, or subscripting with an unknown key, may give. */
export function elementOf(interpreter: Interpreter, value: Value, origin: Origin): Value {
  let result: Value = NOTHING;
  for (const atom of value) result = join(result, elementOfAtom(interpreter, atom, origin));
  return result;
}

function elementOfAtom(interpreter: Interpreter, atom: Atom, origin: Origin): Value {
  if (atom.kind === 'container') return anyElement(atom, ROOT_BRANCH_READER);
  if (atom.kind === 'environment' && isCollection(atom)) return environmentElement(interpreter, atom);
  if (atom.kind === 'opaque' && atom.type !== undefined) {
    const element = interpreter.library.classRow(atom.type, 'element');
    if (element !== undefined) return typedValue(interpreter, element, { receiver: [atom], args: EMPTY }, origin);
    if (atom.type === 'builtins.str' || atom.type === 'builtins.bytes') return opaque(origin, atom.type);
  }
  if (atom.kind === 'text' || (atom.kind === 'constant' && atom.literal.type === 'str')) return opaque(origin, 'builtins.str');
  return opaque(origin);
}

const EMPTY: CallArguments = { positional: [], keywords: [], openPositional: false, openKeywords: false, spread: NOTHING };
/** Iteration does not care which branch wrote an element. */
const ROOT_BRANCH_READER = ROOT_BRANCH;

/** True when all alternatives are instances of one of these types (or subclasses). */
export function isInstance(interpreter: Interpreter, atom: OpaqueAtom, types: readonly string[]): boolean {
  return atom.type !== undefined && types.some((type) => interpreter.library.isSubclass(atom.type ?? '', type));
}
