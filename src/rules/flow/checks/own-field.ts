import { positional } from '../../../evaluate/calls/arguments.ts';
import { callFunction } from '../../../evaluate/calls/call-function.ts';
import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import { findInClass } from '../../../evaluate/classes/attributes.ts';
import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { ObjectAtom, Site, Value } from '../../../evaluate/values/value.ts';
import { walk } from '../../../ir/walk.ts';

/** Methods of a field that give what it accepted, and the one that only looks at it, in the order in which they run. */
interface FieldMethods {
  readonly converts: string;
  readonly validates: string;
  readonly whole: string;
}

/**
 * https://docs.djangoproject.com/en/stable/ref/forms/validation/#form-and-field-validation,
 * https://www.django-rest-framework.org/api-guide/fields/#custom-fields
 */
const METHODS: Readonly<Record<'clean' | 'validate', FieldMethods>> = {
  clean: { converts: 'to_python', validates: 'validate', whole: 'clean' },
  validate: { converts: 'to_internal_value', validates: 'validate_empty_values', whole: 'run_validation' },
};

interface OwnField {
  /** What the methods of the field make of the value; `undefined`: it has none of its own. */
  readonly given?: Value | undefined;
  /** Methods that refuse by raising, and what they are asked about. */
  readonly validators: readonly { readonly info: FunctionInfo; readonly value: Value }[];
}

/** What a class of fields that the project wrote makes of a value: its own `to_python()`, `validate()` and `clean()`. */
export function throughOwnField(
  interpreter: Interpreter,
  frame: Frame,
  field: ObjectAtom,
  method: 'clean' | 'validate',
  raw: Value,
  site: Site,
): OwnField {
  const { converts, validates, whole } = METHODS[method];
  const own = (name: string): FunctionInfo | undefined => {
    const [found] = findInClass(field.info, name, frame)?.value ?? [];
    return found?.kind === 'function' ? found.info : undefined;
  };
  const called = (info: FunctionInfo, value: Value): Value =>
    callFunction(interpreter, frame, info, positional({ value, node: site.node }), [field], site.node);
  const all = own(whole);
  // `clean()` is what calls the others; one that does not leave that to the class above calls none of them.
  const isAlone = all !== undefined && !asksSuper(all);
  const convert = isAlone ? undefined : own(converts);
  const validate = isAlone ? undefined : own(validates);
  const converted = convert ? called(convert, raw) : raw;
  const given = all ? called(all, converted) : converted;
  return {
    given: convert || all ? given : undefined,
    validators: validate ? [{ info: validate, value: converted }] : [],
  };
}

function asksSuper({ node }: FunctionInfo): boolean {
  if (node.kind === 'lambda') return false;
  let isFound = false;
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'name' && one.id === 'super') isFound = true;
      return !isFound;
    });
  return isFound;
}
