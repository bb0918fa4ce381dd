import { attributeSlot } from '../../../evaluate/behaviours/stores.ts';
import { type CallArguments, NO_ARGUMENTS, positional } from '../../../evaluate/calls/arguments.ts';
import { callFunction, exitsOf } from '../../../evaluate/calls/call-function.ts';
import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import { anyOf, type Check } from '../../../evaluate/checks/check.ts';
import { validatorsOf as decoratedValidators } from '../../../evaluate/checks/field-validators.ts';
import { quietly } from '../../../evaluate/checks/refine.ts';
import { findInClass } from '../../../evaluate/classes/attributes.ts';
import type { ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import { isContainer } from '../../../evaluate/values/container.ts';
import { HeapObject } from '../../../evaluate/values/heap.ts';
import { Note } from '../../../evaluate/values/note.ts';
import { type Atom, type OpaqueAtom, opaqueAtom, type Site, type Value } from '../../../evaluate/values/value.ts';
import { walk } from '../../../ir/walk.ts';
import { encloses } from '../../../util/encloses.ts';
import { acceptedOf, fieldOf } from './form-fields.ts';
import { libraryChecks } from './library-validation.ts';
import { throughOwnField } from './own-field.ts';
import { fieldsBeside, throughWholeForm, wholeMethodOf } from './whole-form.ts';

/** What the project's own validators make of what a form accepted. */
export interface OwnValidation {
  /** Conditions that hold where all of them let it through. */
  readonly checks: readonly Check[];
  /** What the form has in its place: the result of its `clean_name()` or `validate_name(value)`. */
  readonly given?: Value;
  /** Some are not at hand: what they let through is not known. */
  readonly isUnknown: boolean;
}
const NO_VALIDATION: OwnValidation = { checks: [], isUnknown: false };

/**
 * Looks at the validators of one field: `clean_url(self)` of a form of Django, `validate_url(self, value)` of a serializer, `validate_url(self, field)`
 * of a form of WTForms, and functions and objects in `validators=[…]`.
 * https://docs.djangoproject.com/en/stable/ref/forms/validation/, https://www.django-rest-framework.org/api-guide/validators/,
 * https://wtforms.readthedocs.io/en/stable/validators/#custom-validators
 */
export function ownValidation(interpreter: Interpreter, frame: Frame, atom: Atom): OwnValidation {
  if (atom.kind !== 'opaque') return NO_VALIDATION;
  const known = judged.get(atom);
  if (known) return known;
  // What is found on the way to an answer is not judged by it again.
  judged.set(atom, NO_VALIDATION);
  const found = quietly(interpreter, () => {
    const { ended, statement } = interpreter;
    const result = validationOf(interpreter, frame, atom);
    interpreter.ended = ended;
    interpreter.statement = statement;
    return result;
  });
  judged.set(atom, found);
  return found;
}
const judged = new Note<OwnValidation>();

function validationOf(interpreter: Interpreter, frame: Frame, atom: OpaqueAtom): OwnValidation {
  const { site } = atom.origin;
  const ofWtforms = wtformsField(interpreter, frame, atom);
  if (ofWtforms) {
    const args = positional({ value: ofWtforms.form, node: site.node }, { value: ofWtforms.field, node: site.node });
    const found = passing(interpreter, frame, site, [...ofWtforms.methods, ...calledWith(interpreter, frame, ofWtforms.field, args)]);
    return { ...found, checks: [...found.checks, ...ofLibraries(interpreter, ofWtforms.field, [atom], site)] };
  }
  const { forms, name, method } = acceptedOf(atom);
  if (!forms || !method || name === undefined) return NO_VALIDATION;
  const validators: (Called | undefined)[] = [];
  const ofFields: Check[] = [];
  let given: Value | undefined;
  for (const form of forms) {
    if (form.kind !== 'object') continue;
    const field = fieldOf(interpreter, form, name, frame);
    const [own] = findInClass(form.info, `${method}_${name}`, frame)?.value ?? [];
    const args = positional({ value: [atom], node: site.node });
    validators.push(...calledWith(interpreter, frame, field ?? [], args));
    // https://marshmallow.readthedocs.io/en/stable/quickstart.html#field-level-validators-as-methods
    for (const info of decoratedValidators(interpreter, form.info).get(name) ?? [])
      if (!isWithin(site, info)) validators.push({ info, self: [form], args });
    // What each form makes sure of holds only where there is no other form.
    for (const one of field ?? []) {
      // A method of the field reads what it was handed, not what the form has.
      if (one.kind !== 'object' || forms.length > 1 || isWithin(site, one.info)) continue;
      const handed: OpaqueAtom = { ...atom };
      judged.set(handed, NO_VALIDATION);
      const through = throughOwnField(interpreter, frame, one, method, [handed], site);
      validators.push(
        ...through.validators.map(({ info, value }) => ({
          info,
          self: [one],
          args: positional({ value: [...value, atom], node: site.node }),
        })),
      );
      // What `clean_name()` makes of it is asked below.
      if (through.given && own?.kind !== 'function') given = [...(given ?? []), ...through.given];
    }
    if (forms.length === 1) ofFields.push(...ofLibraries(interpreter, field ?? [], [atom], site));
    if (own?.kind !== 'function' || isWithin(site, own.info)) continue;
    if (method === 'clean') given = [...(given ?? []), ...callFunction(interpreter, frame, own.info, NO_ARGUMENTS, [form], site.node)];
    else {
      // Another of the same, which is not judged again when it is met on the way back.
      const raw: OpaqueAtom = { ...atom };
      judged.set(raw, NO_VALIDATION);
      const handed = positional({ value: [raw], node: site.node });
      given = [...(given ?? []), ...callFunction(interpreter, frame, own.info, handed, [form], site.node)];
    }
  }
  const { checks: own, isUnknown } = passing(interpreter, frame, site, validators);
  const checks = [...own, ...ofFields];
  const [form] = forms;
  const whole = forms.length === 1 && form ? wholeMethodOf(form, method, frame) : undefined;
  if (whole && form?.kind === 'object' && !isWithin(site, whole)) {
    const raw: OpaqueAtom = { ...atom };
    judged.set(raw, NO_VALIDATION);
    const beside = fieldOf(interpreter, form, name, frame) ? new Map<string, Value>() : fieldsBeside(form, atom);
    const passed = throughWholeForm(interpreter, frame, form, whole, method, name, given ?? [raw], site, beside);
    checks.push(...passed.checks);
    given = passed.given ?? given;
  }
  return given ? { checks, isUnknown, given } : { checks, isUnknown };
}

/** A validator as it is called; `undefined`: it is not at hand. */
interface Called {
  readonly info: FunctionInfo;
  readonly self: Value | undefined;
  readonly args: CallArguments;
}

/** The conditions under which all of these return. */
function passing(interpreter: Interpreter, frame: Frame, site: Site, validators: readonly (Called | undefined)[]): OwnValidation {
  const checks: Check[] = [];
  let isUnknown = false;
  for (const called of validators) {
    if (!called) {
      isUnknown = true;
      continue;
    }
    const { info, self, args } = called;
    callFunction(interpreter, frame, info, args, self, site.node);
    const subject = args.positional.flatMap((passed) => passed.value);
    const validated: Check = { fact: { kind: 'validated', info }, holds: true, subject, site };
    const exits = exitsOf(interpreter, frame, info, args, self, site.node);
    checks.push(
      validated,
      ...anyOf(
        exits.map((exit) => exit.checks),
        site,
      ),
    );
  }
  return { checks, isUnknown };
}

/** What the field itself and the validators of libraries that it names make sure of. */
function ofLibraries(interpreter: Interpreter, field: Value, value: Value, site: Site): readonly Check[] {
  if (field.length !== 1) return [];
  const validators = field.flatMap(validatorsOf);
  return [...field, ...validators, ...validators.flatMap(wrappedIn)].flatMap((one) => libraryChecks(interpreter, one, value, site));
}

/** What a validator calls that it was made around: `stop_on_error(Regexp("^\\w+$"))` gives a function that asks the one inside. */
function wrappedIn(validator: Atom): Value {
  if (validator.kind !== 'function' || !validator.info.closure.info || validator.info.node.kind === 'lambda') return [];
  const { closure, node } = validator.info;
  const found: Atom[] = [];
  for (const statement of node.body)
    walk(statement, (one) => {
      // What is only asked at times, or whose refusal is swallowed, makes sure of nothing.
      if (one.kind === 'if' || (one.kind === 'try' && one.handlers.some(({ body }) => body.at(-1)?.kind !== 'raise'))) return false;
      if (one.kind === 'call' && one.callee.kind === 'name') found.push(...(closure.vars.get(one.callee.id) ?? []));
      return true;
    });
  return found;
}

/** The project's functions among the validators that a field names. */
function calledWith(interpreter: Interpreter, frame: Frame, field: Value, args: CallArguments): readonly (Called | undefined)[] {
  return field.flatMap(validatorsOf).flatMap((atom) => asCalled(interpreter, frame, atom, args));
}

function validatorsOf(field: Atom): Value {
  if (field.kind !== 'opaque' || field.origin.via !== 'call') return [];
  const { keywords, positional: given } = field.origin.args;
  const listed = keywords.find((passed) => passed.name === 'validators' || passed.name === 'validate') ?? given[1];
  // Of marshmallow one may stand alone.
  const isAlone = listed !== undefined && 'name' in listed && listed.name === 'validate';
  return (listed?.value ?? []).flatMap((atom) => (isContainer(atom) ? atom.object.everything(atom.object.branch) : isAlone ? [atom] : []));
}

function asCalled(interpreter: Interpreter, frame: Frame, atom: Atom, args: CallArguments): readonly (Called | undefined)[] {
  if (atom.kind === 'function') return [{ info: atom.info, self: undefined, args }];
  if (atom.kind === 'bound') return [{ info: atom.info, self: atom.self, args }];
  if (atom.kind === 'object') {
    const [own] = findInClass(atom.info, '__call__', frame)?.value ?? [];
    return own?.kind === 'function' ? [{ info: own.info, self: [atom], args }] : [];
  }
  return isKnown(interpreter, atom) ? [] : [undefined];
}

/** Whether library models tell of a validator. */
function isKnown({ library }: Interpreter, atom: Atom): boolean {
  if (atom.kind === 'symbol') return library.row(atom.name) !== undefined;
  return atom.kind !== 'opaque' || (atom.origin.via === 'call' && atom.origin.names.some((name) => library.row(name) !== undefined));
}

interface WtformsField {
  readonly form: Value;
  readonly field: Value;
  readonly methods: readonly Called[];
}

/** `form.url.data`: the value does not say of which form, so that is looked for where the field was made. */
function wtformsField(interpreter: Interpreter, frame: Frame, data: OpaqueAtom): WtformsField | undefined {
  const { origin } = data;
  if (origin.via !== 'attribute' || origin.name !== 'data') return undefined;
  const [field, ...others] = origin.of;
  if (field?.kind !== 'opaque' || field.origin.via !== 'call' || others.length > 0) return undefined;
  const { site } = field.origin;
  for (const value of interpreter.states.get(site.module)?.frame.vars.values() ?? [])
    for (const atom of value) {
      if (atom.kind !== 'class' || !isWithin(site, atom.info)) continue;
      const name = [...atom.info.namespace.keyNames()].find((one) => atom.info.namespace.read(one, ROOT_BRANCH)?.includes(field));
      const form: Value = [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }];
      const [own] = name === undefined ? [] : (findInClass(atom.info, `validate_${name}`, frame)?.value ?? []);
      const content = new HeapObject(site, ROOT_BRANCH);
      content.write(attributeSlot('data'), [data], ROOT_BRANCH);
      const filled: Value = [opaqueAtom(field.origin, field.type, undefined, content)];
      const args = positional({ value: filled, node: origin.site.node });
      return { form, field: filled, methods: own?.kind === 'function' ? [{ info: own.info, self: form, args }] : [] };
    }
  return undefined;
}

/** Whether something stands in a function or class: what its own `clean_name()` reads is what it was before. */
function isWithin({ module, node }: Site, info: FunctionInfo | ClassInfo): boolean {
  return module === info.module && encloses(info.node, node);
}
