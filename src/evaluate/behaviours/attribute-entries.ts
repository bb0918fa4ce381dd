import { findInClass } from '../classes/attributes.ts';
import { declaredFields } from '../classes/validated-model.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { container, copyInto, isContainer, knownElements, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { type Atom, join, NOTHING, type ObjectAtom, type Origin, opaque, type Site, type Value } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';

/** Objects within objects that are turned into entries, too. */
const MAX_DEPTH = 3;

/** `dataclasses.asdict(o)`, `attrs.astuple(o)`, `o._asdict()`: the attributes of an object of the project as entries, those of objects in them, too. */
export const attributeEntries: Readonly<Record<string, Behaviour>> = {
  'fields-as-dict': ({ interpreter, frame, args, origin, receiver }) => {
    const given = args.positional[0]?.value ?? receiver;
    return ofObjects(given, origin, 'builtins.dict', (one) => entriesOf(interpreter, frame, one, origin.site, MAX_DEPTH));
  },
  'fields-as-tuple': ({ interpreter, frame, args, origin }) => {
    const valuesOf = (one: ObjectAtom): Value =>
      sequence('tuple', [...fieldsOf(interpreter, frame, one, origin.site).values()], origin.site, frame.branch);
    return ofObjects(args.positional[0]?.value, origin, 'builtins.tuple', valuesOf);
  },
  /** `dataclasses.replace(o, name=…)`: another object with the same attributes but for these. */
  'with-fields': ({ frame, args, origin, receiver }) => {
    const only = onlyObject(args.positional[0]?.value ?? receiver);
    if (!only || args.openKeywords) return undefined;
    const object = new HeapObject(origin.site, frame.branch);
    copyInto(object, only.object, frame.branch);
    for (const { name, value } of args.keywords) object.write(name, value, frame.branch);
    return [{ kind: 'object', info: only.info, object }];
  },
};

/** What each of the objects becomes that were made in the project; the others, as what `g` holds besides, become what is not known. */
function ofObjects(value: Value | undefined, origin: Origin, type: string, convert: (one: ObjectAtom) => Value): Value | undefined {
  const each = (value ?? NOTHING).map((atom) => onlyObject([atom]));
  if (!each.some((one) => one)) return undefined;
  return each.reduce<Value>((all, one) => join(all, one ? convert(one) : opaque(origin, type)), NOTHING);
}

/** An object that was made in the project: of any instance of a class no attribute is known. */
export function onlyObject(value: Value | undefined): ObjectAtom | undefined {
  const only = value?.[0];
  return value?.length === 1 && only?.kind === 'object' && only.object !== only.info.anyInstance ? only : undefined;
}

/** @param depth how deep objects in its attributes become dicts, too */
export function entriesOf(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, site: Site, depth: number): Value {
  const entries = new HeapObject(site, frame.branch);
  const given = (value: Value, left: number): Value => {
    if (left === 0) return value;
    let result: Value = NOTHING;
    for (const one of value) result = join(result, converted(one, left));
    return result;
  };
  const converted = (one: Atom, left: number): Value => {
    if (one.kind === 'object') return entriesOf(interpreter, frame, one, site, left - 1);
    const elements = isContainer(one, 'list') ? knownElements(one, frame.branch) : undefined;
    if (!elements) return [one];
    return sequence(
      'list',
      elements.map((element) => given(element, left)),
      site,
      frame.branch,
    );
  };
  for (const [name, value] of fieldsOf(interpreter, frame, atom, site)) entries.write(`s:${name}`, given(value, depth), frame.branch);
  if (atom.object.open) entries.writeAnywhere(atom.object.rest);
  return container('dict', entries);
}

/** What is declared by annotations, in that order, with the defaults; then what was set besides. */
function fieldsOf(interpreter: Interpreter, frame: Frame, { info, object }: ObjectAtom, site: Site): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  const originOf = (name: string) => ({ via: 'attribute', of: NOTHING, name, site }) as const;
  for (const name of declaredFields(interpreter, info, originOf).keys())
    fields.set(name, findInClass(info, name, frame)?.value ?? opaque(originOf(name)));
  for (const name of object.keyNames()) fields.set(name, object.read(name, frame.branch) ?? NOTHING);
  return fields;
}
