import type { ClassPattern, Pattern } from '../../ir/patterns.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { dictIn, elementsIn, partsOfClass } from '../statements/pattern-parts.ts';
import { isContainer, slotOfKey } from '../values/container.ts';
import { foldCompare } from '../values/fold.ts';
import { isInstance } from '../values/instance-of.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, type ContainerForm, join, MAX_ALTERNATIVES, NOTHING, type Value } from '../values/value.ts';
import { anyOf, type Check } from './check.ts';
import { quietly } from './refine.ts';

/** What a pattern of `match` that fits says of what is matched, where that comes from outside: `case "a" | "b"` that it is one of these. */
export function patternChecks(interpreter: Interpreter, frame: Frame, pattern: Pattern, subject: Value): readonly Check[] {
  return reachesSource(interpreter, subject) ? quietly(interpreter, () => checksOf(interpreter, frame, pattern, subject)) : [];
}

/** What is matched, where a pattern of constants fits: one of these constants. */
export function fitting(interpreter: Interpreter, frame: Frame, pattern: Pattern, subject: Value): Value {
  if (subject.every((atom) => atom.kind === 'constant')) return subject;
  const constants = constantsOf(interpreter, frame, pattern);
  return constants && constants.length > 0 && constants.length <= MAX_ALTERNATIVES ? constants : subject;
}

function constantsOf(interpreter: Interpreter, frame: Frame, pattern: Pattern): Value | undefined {
  switch (pattern.kind) {
    case 'value': {
      const value = quietly(interpreter, () => evaluate(interpreter, frame, pattern.value));
      return value.every((atom) => atom.kind === 'constant') ? value : undefined;
    }
    case 'or': {
      const values = pattern.alternatives.map((alternative) => constantsOf(interpreter, frame, alternative));
      return values.reduce((all, value) => all && value && join(all, value), NOTHING);
    }
    case 'as':
      return constantsOf(interpreter, frame, pattern.pattern);
    default:
      return undefined;
  }
}

/** Whether a known constant, or a list or dict of them, fits a pattern; `undefined` when it may or may not. */
export function fitsPattern(interpreter: Interpreter, frame: Frame, pattern: Pattern, subject: Value): boolean | undefined {
  switch (pattern.kind) {
    case 'value': {
      if (subject.length === 0 || !subject.every((atom) => atom.kind === 'constant')) return undefined;
      const [only, ...others] = quietly(interpreter, () => evaluate(interpreter, frame, pattern.value));
      if (only?.kind !== 'constant' || others.length > 0) return undefined;
      const answers = new Set(subject.map((atom) => atom.kind === 'constant' && foldCompare('==', atom.literal, only.literal)));
      return answers.size === 1 ? [...answers][0] : undefined;
    }
    case 'or': {
      const answers = pattern.alternatives.map((alternative) => fitsPattern(interpreter, frame, alternative, subject));
      if (answers.includes(true)) return true;
      return answers.every((answer) => answer === false) ? false : undefined;
    }
    case 'as':
      return fitsPattern(interpreter, frame, pattern.pattern, subject);
    case 'capture':
      return true;
    case 'sequence': {
      if (isOther(subject, 'dict')) return false;
      const elements = elementsIn(frame, subject);
      if (!elements) return undefined;
      const star = pattern.elements.findIndex((element) => element.kind === 'star');
      const surplus = elements.length - pattern.elements.length;
      if (star < 0 ? surplus !== 0 : surplus < -1) return false;
      const answers = pattern.elements.map(
        (element, at) =>
          at === star || fitsPattern(interpreter, frame, element, elements[star >= 0 && at > star ? at + surplus : at] ?? NOTHING),
      );
      return allFit(answers);
    }
    case 'mapping': {
      if (isOther(subject, 'list') || isOther(subject, 'tuple')) return false;
      const dict = dictIn(subject);
      if (!dict || dict.object.open) return undefined;
      const parts = pattern.entries.map((entry) => {
        const slot = slotOfKey(quietly(interpreter, () => evaluate(interpreter, frame, entry.key)));
        if (slot === undefined) return undefined;
        if (!dict.object.has(slot)) return false;
        const answer = fitsPattern(interpreter, frame, entry.value, dict.object.read(slot, frame.branch) ?? NOTHING);
        return dict.object.isSure(slot) || answer === false ? answer : undefined;
      });
      return allFit(parts);
    }
    case 'class':
      return fitsClass(interpreter, frame, pattern, subject);
    case 'star':
      return undefined;
  }
}

/** `case Pair(kind=2)`, of objects that the project made. https://docs.python.org/3/reference/compound_stmts.html#class-patterns */
function fitsClass(interpreter: Interpreter, frame: Frame, pattern: ClassPattern, subject: Value): boolean | undefined {
  const [type, ...others] = quietly(interpreter, () => evaluate(interpreter, frame, pattern.callee));
  const [only, ...more] = subject;
  if (!type || others.length > 0 || !only || more.length > 0) return undefined;
  if (type.kind === 'symbol') return isOfBuiltin(only, type.name, pattern);
  if (type.kind !== 'class') return undefined;
  const answer = isInstance(only, type.info);
  if (answer !== true || only.kind !== 'object' || only.object === only.info.anyInstance) return answer === false ? false : undefined;
  const parts = partsOfClass(interpreter, frame, pattern, only);
  return parts && allFit(parts.map(({ part, value }) => fitsPattern(interpreter, frame, part, value)));
}

/** Whether it is one thing that the pattern is not for: a text, a number, or another collection. */
function isOther([only, ...others]: Value, form: ContainerForm): boolean {
  if (!only || others.length > 0) return false;
  return only.kind === 'constant' || only.kind === 'text' || isContainer(only, form);
}

/** `case str(name)`, of what is written out. */
function isOfBuiltin(atom: Atom, type: string, { positional, keywords }: ClassPattern): boolean | undefined {
  const own =
    atom.kind === 'text'
      ? atom.bytes
        ? 'bytes'
        : 'str'
      : atom.kind === 'constant'
        ? atom.literal.type
        : isContainer(atom)
          ? atom.form
          : undefined;
  if (own === undefined || !BUILTINS.has(type) || own === 'bool') return undefined;
  if (type !== `builtins.${own}`) return false;
  return positional.length + keywords.length === 0 || positional.every(({ kind }) => kind === 'capture') ? true : undefined;
}
const BUILTINS = new Set(['bytes', 'dict', 'float', 'int', 'list', 'set', 'str', 'tuple'].map((name) => `builtins.${name}`));

function allFit(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.every((answer) => answer === true) ? true : undefined;
}

function checksOf(interpreter: Interpreter, frame: Frame, pattern: Pattern, subject: Value): readonly Check[] {
  const here = site(frame, pattern);
  switch (pattern.kind) {
    case 'value':
      return [{ fact: { kind: 'equal', other: evaluate(interpreter, frame, pattern.value) }, holds: true, subject, site: here }];
    case 'or':
      return anyOf(
        pattern.alternatives.map((alternative) => checksOf(interpreter, frame, alternative, subject)),
        here,
      );
    case 'as':
      return checksOf(interpreter, frame, pattern.pattern, subject);
    case 'class': {
      const types = evaluate(interpreter, frame, pattern.callee);
      const positional = [subject, types].map((value) => ({ value, node: pattern.callee }));
      const fact = { kind: 'call', names: ['builtins.isinstance'], receiver: undefined, args: { ...NO_ARGUMENTS, positional } } as const;
      return [{ fact, holds: true, subject, site: here }];
    }
    default:
      return [];
  }
}
