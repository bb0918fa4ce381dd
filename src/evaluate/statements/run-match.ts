import type { MatchStmt } from '../../ir/nodes.ts';
import type { ClassPattern, Pattern } from '../../ir/patterns.ts';
import { assume, holdOn } from '../checks/mark-checked.ts';
import { fitsPattern, fitting, patternChecks } from '../checks/pattern-checks.ts';
import { quietly } from '../checks/refine.ts';
import { getAttribute } from '../classes/attributes.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { bindName } from '../names/bind.ts';
import { truthOf } from '../values/truth.ts';
import { join, NOTHING, opaque, type Value } from '../values/value.ts';
import { caseGuards } from './case-guards.ts';
import { elementFor, entryFor, partsOfClass } from './pattern-parts.ts';
import { runBlock } from './statements.ts';
import { meet, runWay } from './ways.ts';

/** `match`: each case that may fit is one way, up to the first that does for sure. https://docs.python.org/3/reference/compound_stmts.html#match */
export function runMatch(interpreter: Interpreter, frame: Frame, statement: MatchStmt): boolean {
  const subject = evaluate(interpreter, frame, statement.subject);
  const before = frame.vars;
  const ways: (Map<string, Value> | undefined)[] = [];
  let exhaustive = false;
  for (const branch of statement.cases) {
    const fit = fitsPattern(interpreter, frame, branch.pattern, subject);
    if (fit === false) continue;
    let isLet: boolean | undefined = true;
    ways.push(
      runWay(frame, new Map(before), undefined, () => {
        frame.guards = [...frame.guards, ...caseGuards(frame, statement, branch, subject)];
        const fitted = fitting(interpreter, frame, branch.pattern, subject);
        if (fitted !== subject && statement.subject.kind === 'name' && frame.vars.has(statement.subject.id))
          frame.vars.set(statement.subject.id, fitted);
        bindPattern(interpreter, frame, branch.pattern, fitted);
        holdOn(interpreter, frame, statement.subject, subject, patternChecks(interpreter, frame, branch.pattern, subject));
        if (branch.guard) {
          const value = evaluate(interpreter, frame, branch.guard);
          isLet = truthOf(value);
          if (isLet === false) return false;
          holdOn(interpreter, frame, branch.guard, value, assume(interpreter, frame, branch.guard, value, true));
        }
        return runBlock(interpreter, frame, branch.body);
      }),
    );
    if (isLet && (fit === true || branch.pattern.kind === 'capture')) {
      exhaustive = true;
      break;
    }
  }
  if (!exhaustive) ways.push(before);
  return meet(frame, ways);
}

function bindPattern(interpreter: Interpreter, frame: Frame, pattern: Pattern, value: Value): void {
  const part = (): Value => opaque({ via: 'element', of: value, site: site(frame, pattern) });
  switch (pattern.kind) {
    case 'value':
      evaluate(interpreter, frame, pattern.value);
      return;
    case 'capture':
      if (pattern.name !== undefined) bindName(frame, pattern.name, value);
      return;
    case 'star':
      if (pattern.name !== undefined) bindName(frame, pattern.name, part());
      return;
    case 'sequence': {
      const whole = value;
      pattern.elements.forEach((element, at) => {
        bindPattern(interpreter, frame, element, elementFor(interpreter, frame, pattern.elements, at, whole));
      });
      return;
    }
    case 'mapping':
      for (const entry of pattern.entries)
        bindPattern(interpreter, frame, entry.value, entryFor(interpreter, frame, value, entry.key) ?? part());
      if (pattern.rest !== undefined) bindName(frame, pattern.rest, part());
      return;
    case 'class':
      if (bindBuiltin(interpreter, frame, pattern, value)) return;
      if (value.length === 1 && value[0]?.kind === 'object') {
        const parts = partsOfClass(interpreter, frame, pattern, value[0]);
        for (const { part: own, value: attribute } of parts ?? []) bindPattern(interpreter, frame, own, attribute);
        if (parts) return;
      }
      for (const element of pattern.positional) bindPattern(interpreter, frame, element, part());
      for (const keyword of pattern.keywords) {
        const isObject = value.length > 0 && value.every((atom) => atom.kind === 'object');
        bindPattern(interpreter, frame, keyword.value, isObject ? getAttribute(interpreter, frame, value, keyword.name, pattern) : part());
      }
      return;
    case 'or':
      for (const alternative of pattern.alternatives) bindPattern(interpreter, frame, alternative, value);
      return;
    case 'as':
      bindPattern(interpreter, frame, pattern.pattern, value);
      bindName(frame, pattern.name, writtenOut(interpreter, frame, pattern.pattern) ?? value);
      return;
  }
}

/** `case int(number)`: the subject itself, as what it is known to be then. https://docs.python.org/3/reference/compound_stmts.html#class-patterns */
function bindBuiltin(interpreter: Interpreter, frame: Frame, { callee, positional, keywords }: ClassPattern, value: Value): boolean {
  const [only, ...others] = evaluate(interpreter, frame, callee);
  const [part, ...more] = positional;
  const isItself = only?.kind === 'symbol' && others.length === 0 && ITSELF.test(only.name);
  if (!isItself || !part || more.length + keywords.length > 0) return false;
  bindPattern(
    interpreter,
    frame,
    part,
    value.map((atom) => (atom.kind === 'opaque' ? { ...atom, type: only.name } : atom)),
  );
  return true;
}
const ITSELF = /^builtins\.(?:bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)$/;

/** The values that `("a" | "b") as kind` lets through, where all are written there. */
function writtenOut(interpreter: Interpreter, frame: Frame, pattern: Pattern): Value | undefined {
  if (pattern.kind === 'value') return quietly(interpreter, () => evaluate(interpreter, frame, pattern.value));
  if (pattern.kind !== 'or') return undefined;
  let result: Value = NOTHING;
  for (const alternative of pattern.alternatives) {
    const one = writtenOut(interpreter, frame, alternative);
    if (!one) return undefined;
    result = join(result, one);
  }
  return result;
}
