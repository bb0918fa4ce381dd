import { positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import type { Interpreter } from '../interpreter.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { reachesSource } from '../values/taint.ts';
import { stringOf } from '../values/text.ts';
import type { Site, Value } from '../values/value.ts';
import { quietly } from './refine.ts';

/** Methods of a class that look at one field before an instance has it, by the field's name. */
type FieldValidators = ReadonlyMap<string, readonly FunctionInfo[]>;

/**
 * What an instance has of a field after the validators that its class decorates: `@field_validator("locale")`. Each is called with what was passed
 * and gives what is kept; the conditions under which it returns hold for that.
 * https://docs.pydantic.dev/latest/concepts/validators/
 */
export function throughValidators(interpreter: Interpreter, info: ClassInfo, field: string, value: Value, site: Site): Value {
  const validators = validatorsOf(interpreter, info).get(field);
  if (!validators || !reachesSource(interpreter, value)) return value;
  const { ended, statement } = interpreter;
  let kept = value;
  for (const validator of validators) {
    const args = positional({ value: kept, node: site.node });
    const given = quietly(interpreter, () =>
      callFunction(interpreter, validator.closure, validator, args, [{ kind: 'class', info }], site.node),
    );
    if (given.length > 0) kept = given;
  }
  interpreter.ended = ended;
  interpreter.statement = statement;
  return kept;
}

/** The methods of a class that look at its fields, by what decorates them: those of pydantic, of marshmallow. */
export function validatorsOf(interpreter: Interpreter, info: ClassInfo): FieldValidators {
  const known = validators.get(info);
  if (known) return known;
  const found = new Map<string, FunctionInfo[]>();
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    for (const slot of ancestor.info.namespace.keyNames())
      for (const atom of ancestor.info.namespace.read(slot, ROOT_BRANCH) ?? [])
        if (atom.kind === 'function')
          for (const field of fieldsOf(interpreter, atom.info)) found.set(field, [...(found.get(field) ?? []), atom.info]);
  }
  validators.set(info, found);
  return found;
}
const validators = new WeakMap<ClassInfo, FieldValidators>();

/** The fields that a method looks at, by its decorators. */
function fieldsOf({ library }: Interpreter, { decorators }: FunctionInfo): readonly string[] {
  return decorators.flatMap(({ value }) =>
    value.flatMap((atom) => {
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
      if (!atom.origin.names.some((name) => library.row(name)?.behaves === 'validates-fields')) return [];
      return atom.origin.args.positional.flatMap((passed) => stringOf(passed.value) ?? []);
    }),
  );
}
