import { leaves } from '../../ir/leaves.ts';
import type { TryStmt, WithStmt } from '../../ir/nodes.ts';
import { cannotRaise } from '../checks/cannot-raise.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame, Guard } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { bindName, joinVars } from '../names/bind.ts';
import { type Atom, join, NOTHING, type Value } from '../values/value.ts';
import { bindTarget } from './assign.ts';
import { enteredValue } from './enter.ts';
import { exceptionValue } from './exceptions.ts';
import { caughtBy, passOnRaised, raisedIn } from './raised.ts';
import { runBlock } from './statements.ts';
import { meet, runStraight, runWay } from './ways.ts';

/** `try`: the body, or what ran of it and one of its handlers, and what stands under `finally` behind all of them. */
export function runTry(interpreter: Interpreter, frame: Frame, statement: TryStmt): boolean {
  const before = frame.vars;
  const { returned } = frame;
  let held: readonly Guard[] = [];
  const attempt = (): boolean => {
    const { guards } = frame;
    const reached = runBlock(interpreter, frame, statement.body);
    held = frame.guards.slice(guards.length);
    return reached;
  };
  // Where every handler leaves, whatever comes behind comes behind the whole body: what it wrote is there for sure.
  const isOnlyWay = statement.handlers.every((handler) => leaves(handler.body));
  let body: Map<string, Value> | undefined;
  let raised = raisedIn(interpreter, () => {
    body = isOnlyWay ? runStraight(frame, new Map(before), attempt) : runWay(frame, new Map(before), undefined, attempt);
  });
  // A handler may start anywhere in the body: before it, or after any part of it.
  const started = body ? joinVars(new Map(before), body) : joinVars(new Map(before), frame.vars);
  const ways: (Map<string, Value> | undefined)[] = [];
  const isQuiet =
    body !== undefined && statement.handlers.length > 0 && withVars(frame, body, () => cannotRaise(interpreter, frame, statement.body));
  for (const handler of statement.handlers) {
    ways.push(
      runWay(frame, new Map(started), undefined, () => {
        const types = handler.types ? evaluate(interpreter, frame, handler.types) : NOTHING;
        const caught = caughtBy(interpreter, raised, types);
        raised = raised.filter((one) => !caught.includes(one));
        if (handler.name !== undefined) {
          const given = caught.map((one) => one.given);
          bindName(frame, handler.name, join(exceptionValue(types, site(frame, handler)), given));
        }
        if (interpreter.listener.wanted.has('handler'))
          interpreter.listener.on({ kind: 'handler', frame, statement: interpreter.statement, node: handler, attempt: statement, types });
        const isDone = runBlock(interpreter, frame, handler.body);
        return isDone && !isQuiet;
      }),
    );
  }
  passOnRaised(interpreter, raised);
  if (body && statement.otherwise.length > 0) {
    frame.vars = body;
    ways.push(runWay(frame, body, undefined, () => runBlock(interpreter, frame, statement.otherwise)));
  } else ways.push(body);
  const reached = meet(frame, ways);
  // Where every handler leaves, what the body made sure of still holds: `try: int(x)`.
  if (body && ways.filter((way) => way).length === 1) frame.guards = [...frame.guards, ...held];
  if (statement.final.length === 0) return reached;
  if (!reached) frame.vars = started;
  const inside = frame.returned;
  frame.returned = returned;
  const isDone = runBlock(interpreter, frame, statement.final);
  // What stands under `finally` and returns itself takes the place of what was to be returned.
  if (isDone) frame.returned = frame.returned === returned ? inside : join(inside ?? NOTHING, frame.returned ?? NOTHING);
  return isDone && reached;
}

/** `with`: what it was entered for, and the body; the body may end anywhere where exceptions are swallowed: `with suppress(KeyError)`. */
export function runWith(interpreter: Interpreter, frame: Frame, statement: WithStmt): boolean {
  const { output } = interpreter;
  const reached = runInside(interpreter, frame, statement);
  interpreter.output = output;
  return reached;
}

function runInside(interpreter: Interpreter, frame: Frame, statement: WithStmt): boolean {
  let isSwallowing = false;
  for (const item of statement.items) {
    const context = evaluate(interpreter, frame, item.context);
    if (context.some((atom) => swallows(interpreter, atom))) isSwallowing = true;
    const output = context.flatMap((atom) => redirected(interpreter, atom));
    if (output.length > 0) interpreter.output = output;
    if (item.target)
      bindTarget(interpreter, frame, item.target, enteredValue(interpreter, frame, context, site(frame, item)), {
        node: item,
        valueNode: item.context,
        augmented: false,
      });
  }
  if (!isSwallowing || cannotRaise(interpreter, frame, statement.body)) return runBlock(interpreter, frame, statement.body);
  const before = frame.vars;
  const end = runWay(frame, new Map(before), undefined, () => runBlock(interpreter, frame, statement.body));
  return meet(frame, [joinVars(new Map(before), end ?? frame.vars), end]);
}

function swallows({ library }: Interpreter, atom: Atom): boolean {
  return atom.kind === 'opaque' && atom.type !== undefined && library.row(atom.type)?.behaves === 'swallow-exceptions';
}

/** What `redirect_stdout(buffer)` is passed. https://docs.python.org/3/library/contextlib.html#contextlib.redirect_stdout */
function redirected({ library }: Interpreter, atom: Atom): Value {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return NOTHING;
  const isRedirecting = atom.origin.names.some((name) => library.row(name)?.behaves === 'redirect-output');
  return isRedirecting ? (atom.origin.args.positional[0]?.value ?? NOTHING) : NOTHING;
}

function withVars<T>(frame: Frame, vars: Map<string, Value>, work: () => T): T {
  const { vars: before } = frame;
  frame.vars = vars;
  const result = work();
  frame.vars = before;
  return result;
}
