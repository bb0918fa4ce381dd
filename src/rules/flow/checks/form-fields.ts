import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import { findInClass } from '../../../evaluate/classes/attributes.ts';
import type { ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Frame } from '../../../evaluate/frame.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { libraryAncestors } from '../../../evaluate/names/names.ts';
import { isContainer } from '../../../evaluate/values/container.ts';
import { stringOf } from '../../../evaluate/values/text.ts';
import { truthOf } from '../../../evaluate/values/truth.ts';
import type { Atom, Origin, Value } from '../../../evaluate/values/value.ts';
import { acceptedParameter } from '../../../frameworks/accepted-parameter.ts';
import { sentSchema } from '../../../frameworks/webargs.ts';
import type { HarmName } from '../harms.ts';
import { addedField } from './added-fields.ts';
import { isLeftToSuper } from './left-to-super.ts';

/** Where forms and serializers keep what their fields accepted, under the fields' names. */
const TABLES = new Set(['cleaned_data', 'validated_data']);
/** Methods of a schema that give such a table. https://marshmallow.readthedocs.io/en/stable/quickstart.html#deserializing-objects-loading */
const ACCEPTING = /^marshmallow\.Schema\.loads?$/;

/**
 * Whether a value is what the field of a form accepted that gives nothing of this harm: `form.cleaned_data["age"]` of an `IntegerField`,
 * `form.kind.data` of a `SelectField`.
 * The library models say it of the field's class (`cleans`; `link`: a link to it is no script). https://docs.djangoproject.com/en/stable/ref/forms/fields/
 */
export function isFromHarmlessField(interpreter: Interpreter, frame: Frame, harm: HarmName | 'link', atom: Atom): boolean {
  if (atom.kind === 'opaque' && atom.origin.via === 'attribute' && atom.origin.name === 'data')
    return isHarmlessField(interpreter, frame, harm, atom.origin.of);
  if (atom.kind === 'opaque' && atom.origin.via === 'parameter') return isHarmlessField(interpreter, frame, harm, handedBy(atom.origin));
  const { table, name } = readFrom(atom);
  if (!table || table.length === 0 || name === undefined) return false;
  return table.every((one) => {
    const forms = formsOf(one);
    return (
      forms !== undefined &&
      forms.length > 0 &&
      forms.every((form) => isHarmlessField(interpreter, frame, harm, fieldOf(interpreter, form, name, frame)))
    );
  });
}

/** Whether validators of the project's own look at what a form took, where all of its fields are taken together: `form.cleaned_data.items()`. */
export function isOfValidatedForm(interpreter: Interpreter, frame: Frame, atom: Atom): boolean {
  const { table, isAll } = readFrom(atom);
  if (!table || !isAll) return false;
  return table.some((one) =>
    formsOf(one)?.some(
      (form) =>
        form.kind === 'object' &&
        [...form.info.namespace.keyNames()].some(
          (name) => /^(?:clean|validate)_/.test(name) || hasValidators(fieldOf(interpreter, form, name, frame)),
        ),
    ),
  );
}

function hasValidators(field: Value | undefined): boolean {
  return (
    field?.some(
      (one) =>
        one.kind === 'opaque' && one.origin.via === 'call' && one.origin.args.keywords.some((passed) => passed.name === 'validators'),
    ) ?? false
  );
}

/** The forms and the field whose accepted value this is, and how methods begin that look at one field. */
export function acceptedOf(atom: Atom): {
  readonly forms?: Value;
  readonly name?: string | undefined;
  readonly method?: 'clean' | 'validate';
} {
  const { table, name } = readFrom(atom);
  const forms = table?.flatMap((one) => formsOf(one) ?? []);
  const isSerializer = table?.some(
    (one) =>
      one.kind === 'opaque' && (one.origin.via === 'parameter' || (one.origin.via === 'attribute' && one.origin.name === 'validated_data')),
  );
  return forms && forms.length > 0 ? { forms, name, method: isSerializer ? 'validate' : 'clean' } : {};
}

/** The table of accepted values that this is one of: `form.cleaned_data` of `form.cleaned_data["name"]`. */
export function tableOf(atom: Atom): Value | undefined {
  const { table } = readFrom(atom);
  return table?.every((one) => formsOf(one) !== undefined) ? table : undefined;
}

interface Entry {
  readonly table?: Value | undefined;
  /** The key, where it is known. */
  readonly name?: string | undefined;
  /** It is what all keys have: `cleaned_data.items()`. */
  readonly isAll?: boolean;
}

/** What of a table a value is. */
function readFrom(atom: Atom): Entry {
  if (atom.kind !== 'opaque') return {};
  const { origin } = atom;
  if (origin.via === 'item') return { table: origin.of, name: stringOf(origin.key) };
  if (origin.via !== 'call') return {};
  const method = origin.names[0] ?? '';
  if (/\.(?:get|pop)$/.test(method)) return { table: origin.receiver, name: stringOf(origin.args.positional[0]?.value) };
  return /\.(?:items|values|copy)$/.test(method) ? { table: origin.receiver, isAll: true } : {};
}

function formsOf(table: Atom): Value | undefined {
  if (table.kind !== 'opaque') return undefined;
  const { origin } = table;
  if (origin.via === 'call' && origin.names.some((one) => ACCEPTING.test(one))) return origin.receiver;
  if (origin.via === 'parameter' && origin.info.owner && acceptedParameter(origin.info) === origin.name)
    return [{ kind: 'object', info: origin.info.owner, object: origin.info.owner.anyInstance }];
  // A parameter that holds what a schema accepted. https://webargs.readthedocs.io/en/latest/quickstart.html#basic-usage
  if (origin.via === 'parameter')
    return sentSchema(origin.info, origin.name)?.flatMap((atom) =>
      atom.kind === 'class' ? [{ kind: 'object' as const, info: atom.info, object: atom.info.anyInstance }] : [atom],
    );
  if (origin.via === 'checked') return origin.of.length === 1 && origin.of[0] ? formsOf(origin.of[0]) : undefined;
  return origin.via === 'attribute' && TABLES.has(origin.name) ? origin.of : undefined;
}

/** The field that a form declares or adds, or the column of its model that it takes over: `class Meta: model = Photo`. */
export function fieldOf(interpreter: Interpreter, form: Atom, name: string, frame: Frame): Value | undefined {
  // `@use_args({"page": fields.Int()})`: a dict stands for a schema.
  if (isContainer(form, 'dict')) return form.object.read(`s:${name}`, frame.branch);
  if (form.kind !== 'object') return undefined;
  const own = findInClass(form.info, name, frame)?.value ?? addedField(interpreter, form.info, name);
  if (own) return own;
  const [meta] = findInClass(form.info, 'Meta', frame)?.value ?? [];
  const [model] = meta?.kind === 'class' ? (findInClass(meta.info, 'model', frame)?.value ?? []) : [];
  return model?.kind === 'class' ? findInClass(model.info, name, frame)?.value : undefined;
}

/** The field of a serializer that hands what it made to a method: `photo` to `validate_photo(self, value)`; the filters of a set that name it. */
function handedBy(origin: Origin & { readonly via: 'parameter' }): Value | undefined {
  const { info, name } = origin;
  if (!info.owner) return undefined;
  if (info.node.params[3]?.name === name) return filtersCalling(info.owner, info);
  const [, field] = /^validate_(.+)$/.exec(info.name) ?? [];
  return field !== undefined && info.node.params[1]?.name === name ? findInClass(info.owner, field, info.closure)?.value : undefined;
}

/** The filters of a set whose `method` this is: `ChoiceFilter(choices=…, method="filter_status")`. https://django-filter.readthedocs.io/en/stable/ref/filters.html#method */
function filtersCalling(owner: ClassInfo, { name, closure }: FunctionInfo): Value | undefined {
  const filters = [...owner.namespace.keyNames()].flatMap((attribute) =>
    (findInClass(owner, attribute, closure)?.value ?? []).filter(
      (filter) =>
        filter.kind === 'opaque' &&
        filter.origin.via === 'call' &&
        filter.origin.args.keywords.some((passed) => passed.name === 'method' && stringOf(passed.value) === name),
    ),
  );
  return filters.length > 0 ? filters : undefined;
}

function isHarmlessField(interpreter: Interpreter, frame: Frame, harm: HarmName | 'link', field: Value | undefined): boolean {
  return (
    field !== undefined &&
    field.length > 0 &&
    field.every((one) =>
      typesOf(interpreter, one, frame).some((type) =>
        interpreter.library.row(type)?.cleans?.some((cleaned) => cleaned === harm || cleaned === 'all'),
      ),
    )
  );
}

/** Methods of a field's class that make what it gives. https://docs.djangoproject.com/en/stable/ref/forms/validation/ */
const GIVING = ['to_python', 'clean', 'process_formdata', 'to_internal_value', 'run_validation'];

/** The library classes that a field is of; of a class of the project those below it, where it leaves to them what the field gives. */
function typesOf(interpreter: Interpreter, field: Atom, frame: Frame): readonly string[] {
  if (field.kind === 'object')
    return GIVING.some((name) => givesOtherwise(field, name, frame)) ? [] : libraryAncestors(interpreter, field.info);
  return field.kind === 'opaque' && field.type !== undefined && !isUnchecked(field.origin) ? interpreter.library.order(field.type) : [];
}

function givesOtherwise({ info }: Atom & { readonly kind: 'object' }, name: string, frame: Frame): boolean {
  const own = findInClass(info, name, frame)?.value;
  return own !== undefined && !own.every((one) => one.kind === 'function' && isLeftToSuper(one.info));
}

/** `SelectField(choices=…, validate_choice=False)` takes anything. https://wtforms.readthedocs.io/en/stable/fields/#wtforms.fields.SelectField */
function isUnchecked(origin: Origin): boolean {
  return origin.via === 'call' && origin.args.keywords.some(({ name, value }) => name === 'validate_choice' && truthOf(value) !== true);
}
