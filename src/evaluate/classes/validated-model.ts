import { attributeSlot } from '../behaviours/stores.ts';
import { marksOfField, withPattern } from '../checks/field-patterns.ts';
import { throughValidators } from '../checks/field-validators.ts';
import type { Interpreter } from '../interpreter.ts';
import { annotatedValue } from '../names/annotations.ts';
import { libraryAncestors } from '../names/names.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { listOf } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { type Atom, join, NOTHING, type Origin, opaque, opaqueAtom, type Value } from '../values/value.ts';
import { ancestors, type ClassInfo } from './class-info.ts';

/** Fields of a class that are models themselves: as deep as any request body that a person would still read. */
const MAX_DEPTH = 3;

/** Whether instances convert what they are made from to the types of their fields, or refuse it: pydantic and what is built on it. */
export function checksFields(interpreter: Interpreter, info: ClassInfo): boolean {
  return libraryAncestors(interpreter, info).some((name) => interpreter.library.row(name)?.behaves === 'checks-fields');
}

/** The fields that a class declares, with the value that each one's annotation tells of: those of base classes first, as they are counted. */
export function declaredFields(
  interpreter: Interpreter,
  info: ClassInfo,
  originOf: (name: string) => Origin,
): ReadonlyMap<string, Value | undefined> {
  const fields = new Map<string, Value | undefined>();
  for (const ancestor of [...ancestors(info)].reverse()) {
    if (ancestor.kind !== 'class') continue;
    const closure = interpreter.states.get(ancestor.info.module)?.frame;
    for (const statement of ancestor.info.node.body) {
      const target = statement.kind === 'assign' && statement.annotation ? statement.targets[0] : undefined;
      if (statement.kind !== 'assign' || target?.kind !== 'name' || !statement.annotation) continue;
      fields.set(target.id, closure && annotatedValue(interpreter, closure, statement.annotation, originOf(target.id)));
    }
  }
  return fields;
}

/**
 * An instance made from something outside: each field comes from there, as what its annotation says where the class checks that.
 * https://docs.pydantic.dev/latest/concepts/models/
 */
export function fromOutside(interpreter: Interpreter, info: ClassInfo, origin: Origin, depth = 0): Value {
  const members = enumMembers(interpreter, info);
  if (members) return members;
  const whole = opaque(origin);
  if (depth >= MAX_DEPTH || !checksFields(interpreter, info)) return whole;
  const content = new HeapObject(origin.site, ROOT_BRANCH);
  const originOf = (name: string): Origin => ({ via: 'attribute', of: whole, name, site: origin.site });
  for (const [name, declared] of declaredFields(interpreter, info, originOf))
    content.write(attributeSlot(name), validated(interpreter, info, name, declared, originOf(name), depth + 1), ROOT_BRANCH);
  return [opaqueAtom(origin, undefined, undefined, content)];
}

/** What a field of this class holds that was made from something outside, after the class's own validators. */
export function validated(
  interpreter: Interpreter,
  info: ClassInfo,
  name: string,
  declared: Value | undefined,
  origin: Origin,
  depth = 0,
): Value {
  const { site } = origin;
  const read = withPattern(interpreter, converted(interpreter, declared, origin, depth), marksOfField(interpreter, info, name), site);
  return throughValidators(interpreter, info, name, read, site);
}

/** What a field holds that was made from something outside. */
export function converted(interpreter: Interpreter, declared: Value | undefined, origin: Origin, depth = 0): Value {
  let result: Value = NOTHING;
  for (const atom of declared ?? NOTHING) result = join(result, ofType(interpreter, atom, origin, depth));
  return result.length > 0 ? result : opaque(origin);
}

function ofType(interpreter: Interpreter, atom: Atom, origin: Origin, depth: number): Value {
  if (atom.kind === 'object') return fromOutside(interpreter, atom.info, origin, depth);
  if (atom.kind !== 'container') return [atom];
  // A list of models holds what came from outside, like the one model would.
  const models = atom.object.everything(ROOT_BRANCH);
  if (!models.some((one) => one.kind === 'object')) return [atom];
  const element = { via: 'element', of: opaque(origin), site: origin.site } as const;
  return listOf(
    models.flatMap((one) => ofType(interpreter, one, element, depth + 1)),
    origin.site,
  );
}

/** What calling an `Enum` with a value gives: one of its members, or an error. */
export function enumMembers(interpreter: Interpreter, info: ClassInfo): Value | undefined {
  let result: Value = NOTHING;
  for (const { owner, name } of membersOf(interpreter, info)) result = join(result, owner.namespace.read(name, ROOT_BRANCH) ?? NOTHING);
  return result.length > 0 ? result : undefined;
}

/** The names of the members of an `Enum`: `Kind[name]` takes no other. */
export function enumNames(interpreter: Interpreter, info: ClassInfo): readonly string[] {
  return membersOf(interpreter, info).map(({ name }) => name);
}

function membersOf(interpreter: Interpreter, info: ClassInfo): readonly { readonly owner: ClassInfo; readonly name: string }[] {
  if (!libraryAncestors(interpreter, info).includes('enum.Enum')) return [];
  return ancestors(info).flatMap((ancestor) =>
    ancestor.kind !== 'class'
      ? []
      : ancestor.info.node.body.flatMap((statement) => {
          const target = statement.kind === 'assign' ? statement.targets[0] : undefined;
          return target?.kind === 'name' && !target.id.startsWith('_') ? [{ owner: ancestor.info, name: target.id }] : [];
        }),
  );
}
