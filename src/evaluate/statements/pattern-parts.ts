import type { Expr } from '../../ir/nodes.ts';
import type { ClassPattern, Pattern } from '../../ir/patterns.ts';
import { quietly } from '../checks/refine.ts';
import { findInClass, getAttribute } from '../classes/attributes.ts';
import { declaredFields } from '../classes/validated-model.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { isContainer, knownElements, slotOfKey } from '../values/container.ts';
import { elementOf } from '../values/types.ts';
import { type ContainerAtom, NOTHING, type ObjectAtom, type Value } from '../values/value.ts';

/** The one list or tuple that is matched, where all its elements are known. */
export function elementsIn(frame: Frame, subject: Value): readonly Value[] | undefined {
  const [only, ...others] = subject;
  return only && others.length === 0 && (isContainer(only, 'list') || isContainer(only, 'tuple'))
    ? knownElements(only, frame.branch)
    : undefined;
}

/** The one dict that is matched. */
export function dictIn(subject: Value): ContainerAtom | undefined {
  const [only, ...others] = subject;
  return only && others.length === 0 && isContainer(only, 'dict') ? only : undefined;
}

/** What a part of `case [first, *others]` is about. */
export function elementFor(interpreter: Interpreter, frame: Frame, parts: readonly Pattern[], at: number, subject: Value): Value {
  const elements = elementsIn(frame, subject);
  const star = parts.findIndex((part) => part.kind === 'star');
  const known = star < 0 || at < star ? elements?.[at] : at > star ? elements?.[elements.length - parts.length + at] : undefined;
  return known ?? elementOf(interpreter, subject, { via: 'element', of: subject, site: site(frame, parts[at] ?? { start: 0, end: 0 }) });
}

/** What a part of `case {"name": name}` is about, where the dict is known. */
export function entryFor(interpreter: Interpreter, frame: Frame, subject: Value, key: Expr): Value | undefined {
  const slot = slotOfKey(quietly(interpreter, () => evaluate(interpreter, frame, key)));
  const dict = dictIn(subject);
  return slot === undefined || !dict || dict.object.open ? undefined : dict.object.read(slot, frame.branch);
}

/** A part of `case Point(x, y=0)` and the attribute that it is about. */
export interface PartOfClass {
  readonly part: Pattern;
  readonly value: Value;
}

/** The parts of a class pattern with the attributes of the object that they ask; `undefined` where their names are not known. */
export function partsOfClass(
  interpreter: Interpreter,
  frame: Frame,
  pattern: ClassPattern,
  atom: ObjectAtom,
): readonly PartOfClass[] | undefined {
  const names = pattern.positional.length > 0 ? matchedNames(interpreter, frame, atom) : [];
  if (names.length < pattern.positional.length) return undefined;
  const named = [
    ...pattern.positional.map((part, at) => ({ part, name: names[at] ?? '' })),
    ...pattern.keywords.map(({ name, value }) => ({ part: value, name })),
  ];
  return named.map(({ part, name }) => ({ part, value: getAttribute(interpreter, frame, [atom], name, pattern) }));
}

/** `__match_args__`, which a dataclass has by its fields. https://docs.python.org/3/reference/datamodel.html#object.__match_args__ */
function matchedNames(interpreter: Interpreter, frame: Frame, { info, object }: ObjectAtom): readonly string[] {
  const [written, ...others] = findInClass(info, '__match_args__', frame)?.value ?? NOTHING;
  const elements = written && others.length === 0 && isContainer(written) ? knownElements(written, frame.branch) : undefined;
  const given = elements?.map(([only]) => (only?.kind === 'constant' && only.literal.type === 'str' ? only.literal.value : ''));
  return given ?? [...declaredFields(interpreter, info, (name) => ({ via: 'attribute', of: NOTHING, name, site: object.site })).keys()];
}
