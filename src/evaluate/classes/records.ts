import type { MethodCall } from '../behaviours/value-methods.ts';
import type { CallArguments } from '../calls/arguments.ts';
import type { Frame } from '../frame.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { container, isContainer, knownElements, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { type ContainerAtom, NONE, NOTHING, type Origin, type Value } from '../values/value.ts';

/** The type of what `namedtuple()` gives; what it is about are the names of its fields. */
export const RECORD_CLASS = 'collections.namedtuple()';

/** The fields that `namedtuple()` is given: a list of names, or one text with commas or spaces. */
export function fieldNames(value: Value | undefined): readonly string[] | undefined {
  const only = value?.[0];
  if (value?.length !== 1 || !only) return undefined;
  if (only.kind === 'constant')
    return only.literal.type === 'str' ? only.literal.value.split(/[\s,]+/).filter((name) => name !== '') : undefined;
  const elements = isContainer(only) ? knownElements(only, ROOT_BRANCH) : undefined;
  const names = elements?.map((element) =>
    element[0]?.kind === 'constant' && element[0].literal.type === 'str' ? element[0].literal.value : '',
  );
  return names?.every((name) => name !== '') ? names : undefined;
}

/** An instance of a named tuple. */
export function makeRecord(frame: Frame, fields: Value, args: CallArguments, origin: Origin): Value | undefined {
  if (args.openPositional || args.openKeywords) return undefined;
  const names = fields.flatMap((field) => (field.kind === 'constant' && field.literal.type === 'str' ? [field.literal.value] : []));
  const values = names.map((name, at) => args.keywords.find((one) => one.name === name)?.value ?? args.positional[at]?.value ?? NONE);
  const record = sequence('tuple', values, origin.site, frame.branch);
  const [only] = record;
  if (only?.kind === 'container') only.object.fields = names;
  return record;
}

/** `point._replace(x=1)`, `point._asdict()`. https://docs.python.org/3/library/collections.html#collections.somenamedtuple._replace */
export function recordMethod({ method, args, frame, origin }: MethodCall, { object }: ContainerAtom): Value | undefined {
  const { fields } = object;
  if (!fields || args.openKeywords) return undefined;
  const held = (at: number): Value => object.read(String(at), frame.branch) ?? NOTHING;
  if (method === '_replace') {
    const record = sequence(
      'tuple',
      fields.map((name, at) => args.keywords.find((one) => one.name === name)?.value ?? held(at)),
      origin.site,
      frame.branch,
    );
    const [only] = record;
    if (only?.kind === 'container') only.object.fields = fields;
    return record;
  }
  if (method !== '_asdict') return undefined;
  const entries = new HeapObject(origin.site, frame.branch);
  fields.forEach((name, at) => {
    entries.write(`s:${name}`, held(at), frame.branch);
  });
  return container('dict', entries);
}
