import type { Expr } from '../../ir/nodes.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { typeNames } from '../names/names.ts';
import { isContainer, knownElements } from '../values/container.ts';
import { isInstance } from '../values/instance-of.ts';
import type { Atom, Value } from '../values/value.ts';

/** Types of which it is known that a list, a text or a number that was written out is none, if it is not of it by its own type. */
const PLAIN = /^builtins\.(?:str|bytes|bytearray|int|float|complex|bool|list|tuple|dict|set|frozenset)$/;

/** Whether an alternative is an instance of a type, or of one of several; `undefined` where that is not known. */
export function isInstanceOf(interpreter: Interpreter, frame: Frame, atom: Atom, types: Value): boolean | undefined {
  const [type, ...others] = types;
  if (!type || others.length > 0) return undefined;
  if (isContainer(type, 'tuple')) {
    const answers = knownElements(type, frame.branch)?.map((one) => isInstanceOf(interpreter, frame, atom, one)) ?? [undefined];
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  }
  if (type.kind === 'class') return isInstance(atom, type.info);
  if (type.kind !== 'symbol') return undefined;
  if (typeNames(interpreter, atom).includes(type.name) || (isTruth(atom) && type.name === 'builtins.int')) return true;
  const isWrittenOut = atom.kind === 'constant' || atom.kind === 'text' || atom.kind === 'container';
  return isWrittenOut && (PLAIN.test(type.name) || isOfLibrary(interpreter, type.name)) ? false : undefined;
}

/** A class that instances are made of: what the standard library has besides may be asked of whatever behaves so, as `collections.abc.Sequence`. */
function isOfLibrary({ library }: Interpreter, name: string): boolean {
  return library.row(name)?.class === true && !OF_LANGUAGE.test(name);
}
const OF_LANGUAGE = /^(?:builtins|collections|typing|typing_extensions|numbers|os|io|types|abc|string)\./;

/** A truth value is a number as well. https://docs.python.org/3/library/stdtypes.html#boolean-type-bool */
function isTruth(atom: Atom): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'bool';
}

/** The variable that `isinstance(name, types)` asks about, and those types. */
export function askedInstance(
  interpreter: Interpreter,
  frame: Frame,
  test: Expr,
): { readonly name: string; readonly types: Value } | undefined {
  if (test.kind !== 'call' || test.callee.kind !== 'name' || test.callee.id !== 'isinstance' || frame.vars.has('isinstance'))
    return undefined;
  const [subject, types, ...others] = test.args;
  if (subject?.value.kind !== 'name' || !types || types.star || others.length > 0) return undefined;
  return { name: subject.value.id, types: evaluate(interpreter, frame, types.value) };
}
