import { type CallArguments, NO_ARGUMENTS, positional } from '../../../evaluate/calls/arguments.ts';
import { callFunction, exitsOf } from '../../../evaluate/calls/call-function.ts';
import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import { anyOf, type Check } from '../../../evaluate/checks/check.ts';
import { findInClass } from '../../../evaluate/classes/attributes.ts';
import { ancestors } from '../../../evaluate/classes/class-info.ts';
import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import { container, slotOfKey } from '../../../evaluate/values/container.ts';
import { HeapObject } from '../../../evaluate/values/heap.ts';
import { type Atom, type OpaqueAtom, opaque, type Site, str, type Value } from '../../../evaluate/values/value.ts';

/** What a form's check of all its fields makes of one of them. */
export interface WholeForm {
  /** Conditions that hold where it lets the form through. */
  readonly checks: readonly Check[];
  /** What it puts in the place of the field. */
  readonly given: Value | undefined;
}

/** Methods that look at all fields of a form or serializer together. */
export type WholeMethod = 'clean' | 'validate';

/** The method of a form or serializer of the project that looks at all of its fields. */
export function wholeMethodOf(form: Atom, method: WholeMethod, frame: Frame): FunctionInfo | undefined {
  const [own] = form.kind === 'object' ? (findInClass(form.info, method, frame)?.value ?? []) : [];
  return own?.kind === 'function' ? own.info : undefined;
}

/**
 * Runs `clean(self)` of a form or `validate(self, attrs)` of a serializer on a table that holds a value under the name of its field, and `beside` it
 * what it may make that value of.
 * https://docs.djangoproject.com/en/stable/ref/forms/validation/#cleaning-and-validating-fields-that-depend-on-each-other,
 * https://www.django-rest-framework.org/api-guide/serializers/#object-level-validation
 */
export function throughWholeForm(
  interpreter: Interpreter,
  frame: Frame,
  form: Atom & { kind: 'object' },
  info: FunctionInfo,
  method: WholeMethod,
  name: string,
  value: Value,
  site: Site,
  beside: ReadonlyMap<string, Value>,
): WholeForm {
  const fields = new HeapObject(site, frame.branch);
  fields.open = true;
  for (const [other, accepted] of beside) fields.write(slotOfKey(str(other)) ?? other, accepted, frame.branch);
  const slot = slotOfKey(str(name)) ?? name;
  fields.write(slot, value, frame.branch);
  const table = container('dict', fields);
  const self: Value = [{ ...form, object: filled(form, site, frame, table) }];
  const args: CallArguments = method === 'clean' ? NO_ARGUMENTS : positional({ value: table, node: site.node });
  const { asksValidators } = interpreter;
  interpreter.asksValidators = true;
  const result = callFunction(interpreter, frame, info, args, self, site.node);
  interpreter.asksValidators = asksValidators;
  const exits = exitsOf(interpreter, frame, info, args, self, site.node);
  const tables = result.flatMap((atom) => (atom.kind === 'container' ? [atom.object] : []));
  // Where it gives nothing, the form keeps its table.
  if (tables.length < result.length || result.length === 0) tables.push(fields);
  const now = tables.flatMap((one) => one.read(slot, frame.branch) ?? []);
  const isSame = now.length === value.length && now.every((atom, at) => atom === value[at]);
  return {
    checks: anyOf(
      exits.map((exit) => exit.checks),
      site,
    ),
    given: isSame ? undefined : now,
  };
}

/** `data["label"] = data["name"].lower()`: an entry that no field has is made of others, each as its own field accepted it. */
export function fieldsBeside(form: Atom & { kind: 'object' }, atom: OpaqueAtom): ReadonlyMap<string, Value> {
  const { origin } = atom;
  const of = origin.via === 'item' ? origin.of : origin.via === 'call' ? origin.receiver : undefined;
  const beside = new Map<string, Value>();
  if (!of) return beside;
  for (const ancestor of ancestors(form.info)) {
    if (ancestor.kind !== 'class') continue;
    for (const name of ancestor.info.namespace.keyNames()) beside.set(name, opaque({ via: 'item', of, key: str(name), site: origin.site }));
  }
  return beside;
}

/** An instance that has what any has, and this table. */
function filled(form: Atom & { kind: 'object' }, site: Site, frame: Frame, table: Value): HeapObject {
  const object = new HeapObject(site, frame.branch);
  for (const ancestor of ancestors(form.info)) {
    if (ancestor.kind !== 'class') continue;
    const { anyInstance } = ancestor.info;
    for (const key of anyInstance.keyNames())
      if (!object.has(key)) object.write(key, anyInstance.read(key, ROOT_BRANCH) ?? [], frame.branch);
  }
  object.write('cleaned_data', table, frame.branch);
  return object;
}
