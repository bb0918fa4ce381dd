import type { Interpreter } from '../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../evaluate/values/branch.ts';
import { Note } from '../evaluate/values/note.ts';
import { type Atom, NOTHING, type Origin, type Value } from '../evaluate/values/value.ts';

/** Steps back that are followed; what takes longer to make is not taken for a constant. */
const MAX_STEPS = 20;

/**
 * Whether a value was made of constants alone, by what always gives the same for the same: `"".join(reversed("abc"))`. What it is may not be
 * computed here, but nobody can change it.
 */
export function isFixed(interpreter: Interpreter, value: Value, steps = MAX_STEPS): boolean {
  return value.length > 0 && value.every((atom) => isFixedAtom(interpreter, atom, steps));
}

function isFixedAtom(interpreter: Interpreter, atom: Atom, steps: number): boolean {
  if (atom.kind === 'constant') return true;
  if (steps === 0) return false;
  const isMade = (value: Value): boolean => isFixed(interpreter, value, steps - 1);
  switch (atom.kind) {
    case 'text':
      return atom.segments.every((segment) => typeof segment === 'string' || isMade(segment.value));
    case 'container':
      return [...atom.object.everything(ROOT_BRANCH), ...atom.object.keys].every((one) => isFixedAtom(interpreter, one, steps - 1));
    case 'symbol':
      return isPure(interpreter, atom.name);
    case 'opaque': {
      const known = answers.get(atom);
      if (known !== undefined) return known;
      const result = !atom.content && isFixedOrigin(interpreter, atom.origin, isMade);
      answers.set(atom, result);
      return result;
    }
    default:
      return false;
  }
}
const answers = new Note<boolean>();

function isFixedOrigin(interpreter: Interpreter, origin: Origin, isMade: (value: Value) => boolean): boolean {
  switch (origin.via) {
    case 'item':
    case 'element':
    case 'checked':
      return isMade(origin.of);
    case 'operation':
      return origin.operands.length > 0 && origin.operands.every(isMade);
    case 'call': {
      const { names, args, receiver } = origin;
      const passed = [...args.positional, ...args.keywords].map(({ value }) => value);
      if (args.openPositional || args.openKeywords || names.length === 0) return false;
      if (receiver ? !isMade(receiver) : passed.length === 0) return false;
      return names.every((name) => isPure(interpreter, name)) && [...passed, args.spread].every((one) => one === NOTHING || isMade(one));
    }
    default:
      return false;
  }
}

/** Whether a model says so of it, or of the class or module that it is in. */
function isPure({ library }: Interpreter, name: string): boolean {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1))
    if (library.row(name.slice(0, end))?.pure === true) return true;
  return false;
}
