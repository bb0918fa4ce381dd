import type { Expr, ForStmt, WhileStmt } from '../../ir/nodes.ts';
import { isAboutSources } from '../checks/about-sources.ts';
import { fillAfter, holdAfter } from '../checks/after-loop.ts';
import { joinWays } from '../checks/implied-checks.ts';
import { assume } from '../checks/mark-checked.ts';
import { quietly } from '../checks/refine.ts';
import { emitIterate, emitTest, evaluate } from '../expressions/expressions.ts';
import { iterated } from '../expressions/iterate.ts';
import type { Frame, Guard } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import type { Branch } from '../values/branch.ts';
import { isContainer } from '../values/container.ts';
import { truthOf } from '../values/truth.ts';
import { elementOf } from '../values/types.ts';
import { type Atom, join, opaque, type Value } from '../values/value.ts';
import { bindTarget } from './assign.ts';
import { rangeOf, runForRounds, runWhileRounds, useOf } from './loop-rounds.ts';
import { spelledElements } from './spelled-loop.ts';
import { runBlock } from './statements.ts';
import { meet, rejoin, runWay } from './ways.ts';

/** Whether the body may be passed over, runs once at least, or is left by `break` alone. */
type Entry = 'maybe' | 'sure' | 'endless';

/** A loop body runs twice: the second time sees what the first left behind. A loop inside then runs once: what it leaves behind is there. */
function runLoop(
  interpreter: Interpreter,
  frame: Frame,
  enter: () => void,
  loop: ForStmt | WhileStmt,
  entry: Entry,
  after?: (held: readonly Guard[]) => void,
  leave?: () => void,
): boolean {
  const { body, otherwise } = loop;
  let held: readonly Guard[] = [];
  const rounds = frame.loops.some(({ again }) => again) ? 1 : 2;
  const exits = {
    breaks: [] as Map<string, Value>[],
    continues: [] as Map<string, Value>[],
    left: [] as Branch[],
    again: false,
    isStepped: false,
  };
  frame.loops.push(exits);
  let start = frame.vars;
  const ends: (Map<string, Value> | undefined)[] = entry === 'maybe' ? [start] : [];
  for (let round = 0; round < rounds; round++) {
    exits.again = round > 0;
    const end = runWay(frame, new Map(start), undefined, () => {
      enter();
      const { guards } = frame;
      const isDone = runBlock(interpreter, frame, body);
      held = isDone ? frame.guards.slice(guards.length) : [];
      return isDone;
    });
    rejoin(frame, exits.left);
    if (entry !== 'endless') ends.push(end);
    // Where nothing new is carried into a second round, it would tell the same again.
    if (!end || !carriesMore(start, end)) break;
    start = widenCounters(frame, loop, joinWays(new Map(start), end));
  }
  frame.loops.pop();
  const { breaks, continues } = exits;
  const reached = meet(frame, [...ends.map((vars) => vars && new Map(vars)), ...(entry === 'endless' ? [] : continues)]);
  const { guards } = frame;
  // Under `else` no `break` was come to.
  const holds = held.length > 0 && continues.length === 0 && (breaks.length === 0 || otherwise.length > 0);
  if (reached && holds) after?.(held);
  if (!reached) return meet(frame, breaks);
  leave?.();
  // A `break` goes past what stands under `else`.
  const isDone = otherwise.length === 0 || runBlock(interpreter, frame, otherwise);
  if (breaks.length > 0) frame.guards = guards;
  return meet(frame, [...(isDone ? [frame.vars] : []), ...breaks]);
}

/** Whether a variable that existed before the loop has another value after it. */
function carriesMore(before: Map<string, Value>, after: Map<string, Value>): boolean {
  for (const [name, value] of before) {
    const now = after.get(name);
    if (now !== undefined && now !== value && join(value, now) !== value) return true;
  }
  return false;
}

/** A list that was made with elements and got none on a way that may not have been taken; `range(3)`. */
function hasElements(atom: Atom): boolean {
  if (atom.kind === 'opaque') return (rangeOf(atom)?.length ?? 0) > 0;
  return isContainer(atom) && atom.form !== 'dict' && !atom.object.open && (atom.object.length ?? 0) > 0;
}

/** What is counted is any number from the second round on: how many rounds there are is not known. */
function widenCounters(frame: Frame, loop: ForStmt | WhileStmt, vars: Map<string, Value>): Map<string, Value> {
  for (const name of useOf(loop).counters) {
    const value = vars.get(name);
    if (value && value.length > 1 && value.every((atom) => atom.kind === 'constant' && atom.literal.type === 'int'))
      vars.set(name, opaque({ via: 'operation', operands: [], site: site(frame, loop) }, 'builtins.int'));
  }
  return vars;
}

export function runWhile(interpreter: Interpreter, frame: Frame, statement: WhileStmt): boolean {
  frame.set = undefined;
  const first = evaluate(interpreter, frame, statement.test);
  emitTest(interpreter, frame, statement.test, first);
  const truth = truthOf(first);
  if (truth === false) return runBlock(interpreter, frame, statement.otherwise);
  const { test, breaks } = runWhileRounds(interpreter, frame, statement, first);
  if (!test) return meet(frame, breaks);
  const now = truthOf(test);
  const endless = now === true && statement.test.kind === 'literal';
  const reached =
    now === false
      ? runBlock(interpreter, frame, statement.otherwise)
      : runLoop(
          interpreter,
          frame,
          () => assume(interpreter, frame, statement.test, test, true),
          statement,
          endless ? 'endless' : now === true ? 'sure' : 'maybe',
          undefined,
          endless ? undefined : () => assumeOver(interpreter, frame, statement.test),
        );
  return meet(frame, [...(reached ? [frame.vars] : []), ...breaks]);
}

/** `while ".." in name: name = name.replace("..", "")`: behind the loop its condition is false. */
function assumeOver(interpreter: Interpreter, frame: Frame, test: Expr): void {
  const value = quietly(interpreter, () => evaluate(interpreter, frame, test));
  if (isAboutSources(interpreter, frame, test, value)) assume(interpreter, frame, test, value, false);
}

export function runFor(interpreter: Interpreter, frame: Frame, statement: ForStmt): boolean {
  frame.set = undefined;
  const iterable = evaluate(interpreter, frame, statement.iterable);
  emitIterate(interpreter, frame, statement.iterable, iterable, statement.async);
  const spelled = spelledElements(interpreter, frame, statement, iterable);
  if (spelled) {
    for (const one of spelled) {
      bindTarget(interpreter, frame, statement.target, one, undefined);
      if (!runBlock(interpreter, frame, statement.body)) return false;
    }
    return runBlock(interpreter, frame, statement.otherwise);
  }
  const given = iterated(interpreter, frame, iterable, statement.iterable);
  const reached = runForRounds(interpreter, frame, statement, given);
  if (reached !== undefined) return reached;
  const element = elementOf(interpreter, given, { via: 'element', of: given, site: site(frame, statement.iterable) });
  const isLeft = runLoop(
    interpreter,
    frame,
    () => bindTarget(interpreter, frame, statement.target, element, undefined),
    statement,
    given.length > 0 && given.every(hasElements) ? 'sure' : 'maybe',
    (held) => holdAfter(interpreter, frame, statement, given, held),
  );
  if (isLeft) fillAfter(interpreter, frame, statement, given);
  return isLeft;
}
