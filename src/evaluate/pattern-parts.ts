import type { Expr, Pattern } from '../ir/nodes.ts';
import { isContainer, knownElements, slotOfKey } from './container.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { type Interpreter, site } from './interpreter.ts';
import { quietly } from './refine.ts';
import { elementOf } from './types.ts';
import type { ContainerAtom, Value } from './value.ts';

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
