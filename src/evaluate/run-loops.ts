import type { ForStmt, Stmt, WhileStmt } from '../ir/nodes.ts';
import { holdAfter } from './after-loop.ts';
import type { CallArguments } from './arguments.ts';
import { bindTarget } from './assign.ts';
import { joinVars } from './bind.ts';
import { isContainer } from './container.ts';
import { emitIterate, emitTest, evaluate } from './expressions.ts';
import { numberOf } from './fold.ts';
import type { Frame, Guard } from './frame.ts';
import { type Interpreter, site } from './interpreter.ts';
import { iterated } from './iterate.ts';
import { assume } from './mark-checked.ts';
import { spelledElements } from './spelled-loop.ts';
import { runBlock } from './statements.ts';
import { truthOf } from './truth.ts';
import { elementOf } from './types.ts';
import { type Atom, join, type Value } from './value.ts';
import { meet, runWay } from './ways.ts';

/** Whether the body may be passed over, runs once at least, or is left by `break` alone. */
type Entry = 'maybe' | 'sure' | 'endless';

/** A loop body runs twice: the second time sees what the first left behind. A loop inside then runs once: what it leaves behind is there. */
function runLoop(
  interpreter: Interpreter,
  frame: Frame,
  enter: () => void,
  body: readonly Stmt[],
  otherwise: readonly Stmt[],
  entry: Entry,
  after?: (held: readonly Guard[]) => void,
): boolean {
  let held: readonly Guard[] = [];
  const rounds = frame.loops.some(({ again }) => again) ? 1 : 2;
  const exits = { breaks: [] as Map<string, Value>[], continues: [] as Map<string, Value>[], again: false };
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
    if (entry !== 'endless') ends.push(end);
    // Where nothing new is carried into a second round, it would tell the same again.
    if (!end || !carriesMore(start, end)) break;
    start = joinVars(new Map(start), end);
  }
  frame.loops.pop();
  const { breaks, continues } = exits;
  const reached = meet(frame, [...ends.map((vars) => vars && new Map(vars)), ...(entry === 'endless' ? [] : continues)]);
  if (reached && held.length > 0 && breaks.length + continues.length === 0) after?.(held);
  if (!reached) return meet(frame, breaks);
  // A `break` goes past what stands under `else`.
  const isDone = otherwise.length === 0 || runBlock(interpreter, frame, otherwise);
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
  if (atom.kind === 'opaque') return atom.type === 'builtins.range' && atom.origin.via === 'call' && counts(atom.origin.args);
  return isContainer(atom) && atom.form !== 'dict' && !atom.object.open && (atom.object.length ?? 0) > 0;
}

function counts({ positional }: CallArguments): boolean {
  const numbers = positional.map(({ value: [only, ...others] }) =>
    only?.kind === 'constant' && others.length === 0 ? numberOf(only.literal) : undefined,
  );
  const [first, second, step = 1] = numbers;
  if (first === undefined || numbers.includes(undefined)) return false;
  const length = second === undefined ? first : (second - first) * Math.sign(step);
  return length > 0;
}

export function runWhile(interpreter: Interpreter, frame: Frame, statement: WhileStmt): boolean {
  const first = evaluate(interpreter, frame, statement.test);
  emitTest(interpreter, frame, statement.test, first);
  const truth = truthOf(first);
  if (truth === false) return runBlock(interpreter, frame, statement.otherwise);
  const endless = truth === true && statement.test.kind === 'literal';
  const reached = runLoop(
    interpreter,
    frame,
    () => assume(interpreter, frame, statement.test, first, true),
    statement.body,
    statement.otherwise,
    endless ? 'endless' : truth === true ? 'sure' : 'maybe',
  );
  return reached;
}

export function runFor(interpreter: Interpreter, frame: Frame, statement: ForStmt): boolean {
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
  const element = elementOf(interpreter, given, { via: 'element', of: given, site: site(frame, statement.iterable) });
  return runLoop(
    interpreter,
    frame,
    () => bindTarget(interpreter, frame, statement.target, element, undefined),
    statement.body,
    statement.otherwise,
    given.length > 0 && given.every(hasElements) ? 'sure' : 'maybe',
    (held) => holdAfter(interpreter, frame, statement, given, held),
  );
}
