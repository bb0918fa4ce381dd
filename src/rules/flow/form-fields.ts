import { findInClass } from '../../evaluate/attributes.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Atom, Value } from '../../evaluate/value.ts';
import type { HarmName } from './harms.ts';

/** Where forms and serializers keep what their fields accepted, under the fields' names. */
const TABLES = new Set(['cleaned_data', 'validated_data']);

/**
 * Whether a value is what the field of a form accepted that gives nothing of this harm: `form.cleaned_data["age"]` of an `IntegerField`.
 * The library models say it of the field's class (`cleans`). https://docs.djangoproject.com/en/stable/ref/forms/fields/
 */
export function isFromHarmlessField(interpreter: Interpreter, frame: Frame, harm: HarmName, atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  const { origin } = atom;
  const [table, key] =
    origin.via === 'item'
      ? [origin.of, origin.key]
      : origin.via === 'call' && /\.(?:get|pop)$/.test(origin.names[0] ?? '')
        ? [origin.receiver, origin.args.positional[0]?.value]
        : [undefined, undefined];
  const name = key?.length === 1 && key[0]?.kind === 'constant' && key[0].literal.type === 'str' ? key[0].literal.value : undefined;
  if (!table || table.length === 0 || name === undefined) return false;
  return table.every((one) => {
    const forms = formsOf(one);
    return forms !== undefined && forms.length > 0 && forms.every((form) => isHarmlessField(interpreter, harm, fieldOf(form, name, frame)));
  });
}

function formsOf(table: Atom): Value | undefined {
  if (table.kind !== 'opaque') return undefined;
  const { origin } = table;
  if (origin.via === 'checked') return origin.of.length === 1 && origin.of[0] ? formsOf(origin.of[0]) : undefined;
  return origin.via === 'attribute' && TABLES.has(origin.name) ? origin.of : undefined;
}

function fieldOf(form: Atom, name: string, frame: Frame): Value | undefined {
  return form.kind === 'object' ? findInClass(form.info, name, frame)?.value : undefined;
}

function isHarmlessField(interpreter: Interpreter, harm: HarmName, field: Value | undefined): boolean {
  return (
    field !== undefined &&
    field.length > 0 &&
    field.every(
      (one) =>
        one.kind === 'opaque' &&
        one.type !== undefined &&
        interpreter.library
          .order(one.type)
          .some((type) => interpreter.library.row(type)?.cleans?.some((cleaned) => cleaned === harm || cleaned === 'all')),
    )
  );
}
