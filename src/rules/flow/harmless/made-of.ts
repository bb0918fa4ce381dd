import type { CallArguments } from '../../../evaluate/calls/arguments.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { libraryAncestors, namesOf } from '../../../evaluate/names/names.ts';
import { reachesSource } from '../../../evaluate/values/taint.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { passedArgument } from '../../terms/passed-argument.ts';

/**
 * What a form or serializer accepted its fields from, where its values are told by that alone: `data` of `Form(data).cleaned_data`, which was
 * signed, or stands in the code. `undefined` where it is not known what that is: then what the library says of a form holds, that it is sent.
 */
export function madeOf(interpreter: Interpreter, tables: Value): Value | undefined {
  const made: Atom[] = [];
  for (const table of tables) {
    const one = madeOfAtom(interpreter, table);
    if (!one) return undefined;
    made.push(...one);
  }
  return made.length > 0 ? made : undefined;
}

function madeOfAtom(interpreter: Interpreter, atom: Atom): Value | undefined {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'attribute') return undefined;
  const { library } = interpreter;
  const parameter = namesOf(interpreter, atom)
    .map((name) => library.row(name)?.madeOf)
    .find((one) => one !== undefined);
  if (parameter === undefined) return undefined;
  const made: Atom[] = [];
  for (const form of atom.origin.of) {
    const { args, classes } = makingOf(interpreter, form);
    const params = classes.map((one) => library.row(one)?.params).find((one) => one?.includes(parameter));
    const value = args && passedArgument(args, undefined, parameter, params).value;
    if (!value?.every((one) => isTelling(interpreter, one))) return undefined;
    made.push(...value);
  }
  return made;
}

interface Making {
  readonly args?: CallArguments | undefined;
  readonly classes: readonly string[];
}

function makingOf(interpreter: Interpreter, form: Atom): Making {
  if (form.kind === 'object') return { args: form.object.madeWith, classes: libraryAncestors(interpreter, form.info) };
  return form.kind === 'opaque' && form.origin.via === 'call' && form.type !== undefined
    ? { args: form.origin.args, classes: interpreter.library.order(form.type) }
    : { classes: [] };
}

/** Whether it is known what it is: a dict of the project, something from outside that can be followed, or nothing (`form.is_valid() and data`). */
function isTelling(interpreter: Interpreter, atom: Atom): boolean {
  const isNothing = atom.kind === 'constant' || (atom.kind === 'opaque' && atom.type === 'builtins.bool');
  return isNothing || atom.kind === 'container' || reachesSource(interpreter, [atom]);
}
