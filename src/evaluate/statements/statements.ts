import { leaves } from '../../ir/leaves.ts';
import type { Expr, IfStmt, Stmt, SubscriptExpr } from '../../ir/nodes.ts';
import { assertNever } from '../../util/assert-never.ts';
import { indexOf, takeElement } from '../behaviours/list-methods.ts';
import { CALL_WORK_PER_STATEMENT, MARKED_WORK_PER_STATEMENT } from '../budget.ts';
import { tellsByReturning } from '../calls/finding-calls.ts';
import { noteUnset } from '../calls/unset-returns.ts';
import { isAboutSources } from '../checks/about-sources.ts';
import { callChecks, checksOf } from '../checks/conditions.ts';
import { exitAt } from '../checks/exits.ts';
import { joinReturned, noteFilling, noteWay } from '../checks/implied-checks.ts';
import { lookedUpKeys } from '../checks/looked-up-keys.ts';
import { holdOn, keepChecks, markChecked, markFields } from '../checks/mark-checked.ts';
import { markShared } from '../checks/mark-shared.ts';
import { namedCondition } from '../checks/named-conditions.ts';
import { quietly, refine } from '../checks/refine.ts';
import { emitTest, evaluate } from '../expressions/expressions.ts';
import { type Frame, type Guard, isModuleBody } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { bindName } from '../names/bind.ts';
import { bindGlobal, updateNamespace } from '../names/global-names.ts';
import { runImport, runImportFrom } from '../names/imports.ts';
import { namespaceEntries } from '../names/namespace.ts';
import { slotOfKey } from '../values/container.ts';
import { truthOf } from '../values/truth.ts';
import { NONE, NOTHING, type Value } from '../values/value.ts';
import { runAssign, runAugmented } from './assign.ts';
import { runClassDefinition, runFunctionDefinition } from './definitions.ts';
import { noteRaised } from './raised.ts';
import { runFor, runWhile } from './run-loops.ts';
import { runMatch } from './run-match.ts';
import { runTry, runWith } from './run-try.ts';
import { meet, type Narrowed, NOT_NARROWED, narrowedFrom, runWay, widenAgain } from './ways.ts';

/** Runs statements in order; false when the end is not reached (return, raise, break, continue on every way). */
export function runBlock(interpreter: Interpreter, frame: Frame, statements: readonly Stmt[]): boolean {
  const outer = interpreter.statement;
  for (const statement of statements) {
    interpreter.statement = statement;
    interpreter.callWork += frame.depth > 0 ? -1 : CALL_WORK_PER_STATEMENT;
    if (frame.depth === 0) interpreter.markedWork += MARKED_WORK_PER_STATEMENT;
    if (!runStatement(interpreter, frame, statement)) {
      interpreter.statement = outer;
      return false;
    }
  }
  interpreter.statement = outer;
  return true;
}

function runStatement(interpreter: Interpreter, frame: Frame, statement: Stmt): boolean {
  switch (statement.kind) {
    case 'expression': {
      interpreter.ended = false;
      const value = evaluate(interpreter, frame, statement.value);
      if (interpreter.ended && statement.value.kind === 'call') return false;
      passValidator(interpreter, frame, statement.value, value);
      if (statement.value.kind === 'subscript') passLookUp(interpreter, frame, statement.value);
      if (statement.value.kind === 'call') {
        const entries = isModuleBody(frame) ? namespaceEntries(statement.value) : undefined;
        for (const entry of entries ?? [])
          bindGlobal(
            interpreter,
            frame,
            entry.name,
            quietly(interpreter, () => evaluate(interpreter, frame, entry.value)),
          );
        if (!entries) updateNamespace(interpreter, frame, statement.value);
      }
      return true;
    }
    case 'assign':
      runAssign(interpreter, frame, statement);
      if (statement.value) {
        passFinder(interpreter, frame, statement.value);
        passLookUp(interpreter, frame, statement.value);
      }
      return true;
    case 'augmented':
      runAugmented(interpreter, frame, statement);
      return true;
    case 'function':
      runFunctionDefinition(interpreter, frame, statement);
      return true;
    case 'class':
      runClassDefinition(interpreter, frame, statement);
      return true;
    case 'import':
      runImport(interpreter, frame, statement);
      return true;
    case 'import-from':
      runImportFrom(interpreter, frame, statement);
      return true;
    case 'if':
      return runIf(interpreter, frame, statement);
    case 'while':
      return runWhile(interpreter, frame, statement);
    case 'for':
      return runFor(interpreter, frame, statement);
    case 'try':
      return runTry(interpreter, frame, statement);
    case 'with':
      return runWith(interpreter, frame, statement);
    case 'match':
      return runMatch(interpreter, frame, statement);
    case 'return': {
      const value = statement.value ? givenBack(interpreter, frame, statement.value) : NONE;
      if (statement.value) passFinder(interpreter, frame, statement.value);
      if (interpreter.listener.wanted.has('return'))
        interpreter.listener.on({ kind: 'return', frame, statement, node: statement.value ?? statement, value });
      frame.exits?.push(exitAt(interpreter, frame, value, statement.value));
      noteUnset(frame, value);
      if (frame.open && handsOn(frame, statement.value)) {
        const { info, guards } = frame;
        if (info) info.atSuper = info.atSuper ? info.atSuper.filter((guard) => guards.includes(guard)) : guards;
      }
      frame.returned = joinReturned(
        frame.returned,
        value,
        frame.guards.flatMap((guard) => guard.checks),
      );
      frame.returnedBranches.push(frame.branch);
      return false;
    }
    case 'raise':
      if (statement.exception)
        noteRaised(interpreter, frame, evaluate(interpreter, frame, statement.exception), site(frame, statement.exception));
      if (statement.cause) evaluate(interpreter, frame, statement.cause);
      return false;
    case 'assert': {
      const value = evaluate(interpreter, frame, statement.test);
      if (interpreter.listener.wanted.has('assert')) interpreter.listener.on({ kind: 'assert', frame, statement, node: statement, value });
      if (statement.message) evaluate(interpreter, frame, statement.message);
      refine(interpreter, frame, statement.test, value, true);
      if (isAboutSources(interpreter, frame, statement.test, value))
        holdOn(interpreter, frame, statement.test, value, checksOf(interpreter, frame, statement.test, true));
      return true;
    }
    case 'delete':
      for (const target of statement.targets) {
        if (target.kind === 'name') frame.vars.delete(target.id);
        else {
          evaluate(interpreter, frame, target);
          if (target.kind === 'subscript') deleteElement(interpreter, frame, target);
        }
      }
      return true;
    case 'break':
      leaveRound(frame, 'breaks');
      return false;
    case 'continue':
      leaveRound(frame, 'continues');
      return false;
    case 'type-alias':
      bindName(frame, statement.name, evaluate(interpreter, frame, statement.value));
      return true;
    case 'unknown':
      return runBlock(interpreter, frame, statement.body);
    case 'pass':
    case 'global':
    case 'nonlocal':
      return true;
    default:
      return assertNever(statement);
  }
}

/** `row = get_object_or_404(Model, name=x)`, `return find(x)`: where it returns, there is such a row. */
function passFinder(interpreter: Interpreter, frame: Frame, node: Expr): void {
  const call = node.kind === 'await' ? node.value : node;
  if (call.kind !== 'call' || call.args.length === 0 || !isAboutSources(interpreter, frame, call, NOTHING)) return;
  const callee = quietly(interpreter, () => evaluate(interpreter, frame, call.callee));
  if (tellsByReturning(interpreter, callee)) passValidator(interpreter, frame, node, NOTHING);
}

/** `suffix = SUFFIXES[language]`: where that does not raise, the language is known. One in the middle of a call is not meant as a check. */
function passLookUp(interpreter: Interpreter, frame: Frame, node: Expr): void {
  const known = lookedUpKeys(interpreter, frame, node);
  if (known.length > 0) holdOn(interpreter, frame, node, NOTHING, known);
}

/** `validate(x)` as a statement: where it returns, what it checks holds. */
function passValidator(interpreter: Interpreter, frame: Frame, node: Expr, value: Value): void {
  const call = node.kind === 'await' ? node.value : node;
  if (call.kind !== 'call' || !isAboutSources(interpreter, frame, call, value)) return;
  const { vars } = frame;
  frame.vars = new Map(vars);
  const checks = quietly(interpreter, () => callChecks(interpreter, frame, call, undefined));
  // A `:=` among the arguments was run already.
  frame.vars = vars;
  interpreter.ended = false;
  holdOn(interpreter, frame, call, NOTHING, checks);
}

function runIf(interpreter: Interpreter, frame: Frame, statement: IfStmt): boolean {
  const test = evaluate(interpreter, frame, statement.test);
  emitTest(interpreter, frame, statement.test, test);
  const typeChecking = test.length === 1 && test[0]?.kind === 'symbol' && test[0].name === 'typing.TYPE_CHECKING';
  const truth = typeChecking ? true : decided(interpreter, frame, statement.test, test);
  if (truth !== undefined)
    return runDecided(interpreter, frame, statement, { test: statement.test, value: test, holds: truth, checks: [] });
  const before = frame.vars;
  const given = new Map(before);
  const isChecked = isAboutSources(interpreter, frame, statement.test, test);
  const guard = (holds: boolean): Guard => ({
    test: statement.test,
    value: test,
    holds,
    checks: isChecked ? checksOf(interpreter, frame, statement.test, holds) : [],
  });
  const held = guard(true);
  const failed = guard(false);
  const narrow = (way: Guard): Narrowed => {
    refine(interpreter, frame, statement.test, test, way.holds);
    markChecked(interpreter, frame, way.checks);
    return narrowedFrom(given, frame.vars);
  };
  let inThen: Narrowed = NOT_NARROWED;
  let inOtherwise: Narrowed = NOT_NARROWED;
  const { guards } = frame;
  let atEnd = guards;
  const then = runWay(frame, new Map(before), held, () => {
    inThen = narrow(held);
    const reached = runBlock(interpreter, frame, statement.then);
    if (reached) atEnd = frame.guards;
    return reached;
  });
  const otherwise = runWay(frame, before, failed, () => {
    inOtherwise = narrow(failed);
    const reached = runBlock(interpreter, frame, statement.otherwise);
    if (reached) atEnd = frame.guards;
    return reached;
  });
  if (then && otherwise) widenAgain(given, [then, inThen], [otherwise, inOtherwise]);
  const reached = meet(frame, [then, otherwise]);
  noteFilling(frame.vars, statement.then, failed.checks);
  noteFilling(frame.vars, statement.otherwise, held.checks);
  // After an early exit the opposite of its condition holds for the rest of the block, and what held at the end of the other way: `elif`.
  if (reached && !(then && otherwise)) {
    frame.guards = atEnd;
    for (const { checks } of atEnd.slice(guards.length)) {
      markFields(interpreter, frame, checks);
      markShared(interpreter, frame, checks);
    }
  }
  return reached;
}

/** An `if` of which one way is taken. Where the other leaves, its condition is asked for what comes behind it as well. */
function runDecided(interpreter: Interpreter, frame: Frame, { then, otherwise }: IfStmt, guard: Guard): boolean {
  const { guards } = frame;
  frame.guards = [...guards, guard];
  const reached = runBlock(interpreter, frame, guard.holds ? then : otherwise);
  if (!reached || !leaves(guard.holds ? otherwise : then)) frame.guards = guards;
  return reached;
}

/** Whether a condition holds, as its value or what is assumed says. */
function decided(interpreter: Interpreter, frame: Frame, test: Expr, value: Value): boolean | undefined {
  return interpreter.assumptions && isModuleBody(frame) ? interpreter.assumptions.decide(frame, test, value) : truthOf(value);
}

function leaveRound(frame: Frame, way: 'breaks' | 'continues'): void {
  const loop = frame.loops.at(-1);
  noteWay(
    frame.vars,
    frame.guards.flatMap((guard) => guard.checks),
  );
  loop?.[way].push(frame.vars);
  loop?.left.push(frame.branch);
}

/** `del list[1]`: what stands behind it moves up; `del dict["a"]`. */
function deleteElement(interpreter: Interpreter, frame: Frame, { object, index }: SubscriptExpr): void {
  if (object.kind !== 'name') return;
  const [only, ...others] = quietly(interpreter, () => evaluate(interpreter, frame, object));
  if (only?.kind !== 'container' || others.length > 0) return;
  if (index.kind === 'slice') {
    // `del items[:]`
    const isWhole = !index.lower && !index.upper && !index.step;
    if (isWhole && only.object.branch === frame.branch) only.object.clear();
    return;
  }
  const at = quietly(interpreter, () => evaluate(interpreter, frame, index));
  if (only.form === 'dict') {
    const slot = slotOfKey(at);
    if (slot !== undefined && only.object.branch === frame.branch) only.object.delete(slot);
    return;
  }
  takeElement(only, indexOf(at), frame.branch);
}

/** What a function returns: of `return a and b` the truth says later, wherever it is asked, what both conditions say. */
function givenBack(interpreter: Interpreter, frame: Frame, node: Expr): Value {
  return namedCondition(interpreter, frame, node, keepChecks(interpreter, frame, evaluate(interpreter, frame, node)));
}

/** `return super().dispatch(request)` in `dispatch()`. */
function handsOn({ info }: Frame, value: Expr | undefined): boolean {
  const called = value?.kind === 'await' ? value.value : value;
  if (called?.kind !== 'call' || called.callee.kind !== 'attribute' || called.callee.name !== info?.name) return false;
  const { object } = called.callee;
  return object.kind === 'call' && object.callee.kind === 'name' && object.callee.id === 'super';
}
