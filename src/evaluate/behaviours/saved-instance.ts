import type { Span } from '../../ir/nodes.ts';
import { instanceOfSuper } from '../calls/super-receiver.ts';
import { findInClass, getAttribute, isStoredColumn } from '../classes/attributes.ts';
import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import { getItem } from '../expressions/subscripts.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import { knownElements } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { stringOf } from '../values/text.ts';
import { join, NOTHING, str, type Value } from '../values/value.ts';
import { type Behaviour, firstPassed } from './behaviour.ts';

/** Where forms and serializers keep what their fields accepted. */
const TABLES = ['cleaned_data', 'validated_data'];

export const savingForms: Readonly<Record<string, Behaviour>> = {
  /**
   * `form.save()`, `serializer.save()`: the row that holds what was sent.
   * https://docs.djangoproject.com/en/stable/topics/forms/modelforms/#the-save-method
   */
  'saved-instance': ({ interpreter, frame, receiver, node }) => {
    // `super().save()` is about the form whose method calls it.
    const { info, vars } = frame;
    const self = info?.owner ? vars.get(info.node.params[0]?.name ?? '') : undefined;
    const forms = receiver?.some((one) => one.kind === 'object') ? receiver : self;
    const saved = forms && savedInstance(interpreter, frame, forms, node);
    return saved && saved.length > 0 ? saved : undefined;
  },
  /** `super().create(validated_data)`: a row of the serializer's model that holds what is passed. */
  'created-instance': (call) => {
    const table = firstPassed(call);
    const made = (call.receiver && table ? instanceOfSuper(call.frame, call.receiver) : NOTHING).flatMap((one) => {
      const [meta] = (one.kind === 'object' && findInClass(one.info, 'Meta', call.frame)?.value) || NOTHING;
      return table && meta?.kind === 'class' ? rowOf(call.interpreter, call.frame, meta.info, table, call.node) : NOTHING;
    });
    return made.length > 0 ? made : undefined;
  },
};

/** The rows that forms or serializers of the project make: the columns that they ask for hold what they accepted. */
export function savedInstance(interpreter: Interpreter, frame: Frame, forms: Value, node: Span): Value {
  let result: Value = NOTHING;
  for (const form of forms) {
    if (form.kind !== 'object') continue;
    const [meta] = findInClass(form.info, 'Meta', frame)?.value ?? [];
    // What methods of its own save is theirs to say.
    if (meta?.kind !== 'class' || findInClass(form.info, 'create', frame)) continue;
    const table = TABLES.find((name) => libraryAncestors(interpreter, form.info).some((one) => interpreter.library.row(`${one}.${name}`)));
    if (table) result = join(result, rowOf(interpreter, frame, meta.info, getAttribute(interpreter, frame, [form], table, node), node));
  }
  return result;
}

/** A row of the class that `holder` names as its `model`, made of what is in the table. */
export function rowOf(interpreter: Interpreter, frame: Frame, holder: ClassInfo, table: Value, node: Span): Value {
  const [model] = findInClass(holder, 'model', frame)?.value ?? [];
  if (model?.kind !== 'class') return NOTHING;
  const object = new HeapObject(site(frame, node), frame.branch);
  for (const name of askedFor(holder, model.info, frame)) {
    const column = findInClass(model.info, name, frame)?.value;
    if (column?.some((atom) => isStoredColumn(interpreter, atom)))
      object.write(name, getItem(interpreter, frame, table, str(name), node, undefined), frame.branch);
  }
  return [{ kind: 'object', info: model.info, object }];
}

/** The columns that a form asks for: those it lists, else all but those that it leaves out. */
function askedFor(holder: ClassInfo, model: ClassInfo, frame: Frame): readonly string[] {
  const listed = textsOf(findInClass(holder, 'fields', frame)?.value, frame);
  if (listed) return listed;
  const left = textsOf(findInClass(holder, 'exclude', frame)?.value, frame) ?? [];
  return ancestors(model).flatMap((one) =>
    one.kind === 'class' ? [...one.info.namespace.keyNames()].filter((name) => !left.includes(name)) : [],
  );
}

function textsOf(value: Value | undefined, frame: Frame): readonly string[] | undefined {
  const [only] = value ?? NOTHING;
  if (only?.kind !== 'container') return undefined;
  return knownElements(only, frame.branch)?.flatMap((element) => stringOf(element) ?? []);
}
