import type { BinaryExpr, CallExpr, CompareExpr, CompareOperator, ConditionalExpr, Expr } from '../../ir/nodes.ts';
import { exitsOf } from '../calls/call-function.ts';
import { evaluateArguments } from '../calls/calls.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { calledNames, memberNames } from '../names/names.ts';
import { reachesSource } from '../values/taint.ts';
import { truthOf } from '../values/truth.ts';
import type { Atom } from '../values/value.ts';
import { anyOf, type Check } from './check.ts';
import { askedTruth, comparedChecks } from './compared-checks.ts';
import { elementChecks } from './element-checks.ts';
import { quietly } from './refine.ts';
import { isSet, subsetChecks } from './subset-checks.ts';
import { argumentValues, calledChecks, truthChecks } from './truth-checks.ts';
import { canValidate } from './validators.ts';

/**
 * What a condition that was taken as true (`holds`) or false says of values that come from outside; nothing where none is in it.
 * Conditions joined by `and`/`or` the other way round (`a or b` holding) are one check with a way for each.
 */
export function checksOf(interpreter: Interpreter, frame: Frame, test: Expr, holds: boolean): readonly Check[] {
  return quietly(interpreter, () => conditionChecks(interpreter, frame, test, holds));
}

function conditionChecks(interpreter: Interpreter, frame: Frame, test: Expr, holds: boolean): readonly Check[] {
  switch (test.kind) {
    case 'unary':
      return test.op === 'not' ? conditionChecks(interpreter, frame, test.operand, !holds) : [];
    case 'boolean': {
      const ways = test.operands.map((operand) => conditionChecks(interpreter, frame, operand, holds));
      if ((test.op === 'and') === holds) return ways.flat();
      const possible = ways.filter((_, at) => {
        const operand = test.operands[at];
        return !isForDevelopers(interpreter, frame, operand, holds) && !isKnownOtherwise(interpreter, frame, operand, holds);
      });
      return anyOf(possible, site(frame, test));
    }
    case 'compare': {
      const [only] = test.rest;
      return only && test.rest.length === 1 ? comparison(interpreter, frame, test, only.op, only.right, holds) : [];
    }
    case 'conditional':
      return conditionalChecks(interpreter, frame, test, holds);
    case 'call':
      return (
        elementChecks(interpreter, frame, test, holds, conditionChecks) ??
        truthOfArgument(interpreter, frame, test, holds) ??
        callChecks(interpreter, frame, test, holds)
      );
    case 'binary':
      return differenceChecks(interpreter, frame, test, holds);
    case 'walrus':
      return conditionChecks(interpreter, frame, test.value, holds);
    case 'name':
    case 'attribute':
    case 'subscript':
      return truthChecks(evaluate(interpreter, frame, test), holds);
    default:
      return [];
  }
}

/** `bool(PATTERN.match(text))`, `not len(PATTERN.findall(text))`: what the truth of its argument says. */
function truthOfArgument(interpreter: Interpreter, frame: Frame, { callee, args }: CallExpr, holds: boolean): readonly Check[] | undefined {
  const [only, ...others] = args;
  if (callee.kind !== 'name' || !TRUTH_OF.has(callee.id) || !only || others.length > 0) return undefined;
  return conditionChecks(interpreter, frame, only.value, holds);
}

const TRUTH_OF = new Set(['bool', 'len']);

/** `set(fields) - ALLOWED` that is empty: nothing else is among them. */
function differenceChecks(interpreter: Interpreter, frame: Frame, test: BinaryExpr, holds: boolean): readonly Check[] {
  if (test.op !== '-' || holds) return [];
  const whole = evaluate(interpreter, frame, test.right);
  return isSet(whole) ? subsetChecks(evaluate(interpreter, frame, test.left), whole, site(frame, test)) : [];
}

/** `True if match else False`: the ways on which it can be what it was taken as. */
function conditionalChecks(interpreter: Interpreter, frame: Frame, node: ConditionalExpr, holds: boolean): readonly Check[] {
  const ways: (readonly Check[])[] = [];
  for (const isThen of [true, false]) {
    const branch = isThen ? node.then : node.otherwise;
    const truth = truthOf(evaluate(interpreter, frame, branch));
    if (truth === !holds) continue;
    const own = truth === holds ? [] : conditionChecks(interpreter, frame, branch, holds);
    ways.push([...conditionChecks(interpreter, frame, node.test, isThen), ...own]);
  }
  return anyOf(ways, site(frame, node));
}

/** Whether a condition is taken so only where `settings.DEBUG` is on: `if not settings.DEBUG and not is_safe(target): return None`. */
function isForDevelopers(interpreter: Interpreter, frame: Frame, test: Expr | undefined, holds: boolean): boolean {
  if (test?.kind === 'unary' && test.op === 'not') return isForDevelopers(interpreter, frame, test.operand, !holds);
  // `not is_public(host) and IS_PROD`: the project's own name for where it runs.
  const name = test?.kind === 'name' ? test.id : test?.kind === 'attribute' ? test.name : '';
  if (!holds && test && PRODUCTION.test(name)) return !reachesSource(interpreter, evaluate(interpreter, frame, test));
  if (!holds || test?.kind !== 'attribute') return false;
  const names = memberNames(interpreter, evaluate(interpreter, frame, test.object), test.name);
  return names.some((name) => interpreter.library.row(name)?.developers === true);
}

const PRODUCTION = /^(?:is_?|in_?)?prod(?:uction)?(?:_mode)?$/i;

/** `strict and not name.isalnum()`, `choices is not None and name not in choices`, of which the first is known: it is not what decides. */
function isKnownOtherwise(interpreter: Interpreter, frame: Frame, operand: Expr | undefined, holds: boolean): boolean {
  if (!operand || !isRead(operand)) return false;
  return truthOf(quietly(interpreter, () => evaluate(interpreter, frame, operand))) === !holds;
}

/** Whether an expression, or both sides of a comparison, only read something. */
function isRead(node: Expr): boolean {
  const [only, ...others] = node.kind === 'compare' ? node.rest : [];
  if (node.kind === 'compare') return only !== undefined && others.length === 0 && isRead(node.first) && isRead(only.right);
  return node.kind === 'name' || node.kind === 'attribute' || node.kind === 'literal';
}

function comparison(
  interpreter: Interpreter,
  frame: Frame,
  test: CompareExpr,
  op: CompareOperator,
  right: Expr,
  holds: boolean,
): readonly Check[] {
  const a = evaluate(interpreter, frame, test.first);
  const b = evaluate(interpreter, frame, right);
  const asked = askedTruth(op, a, b);
  if (asked === 'nothing') return [];
  if (asked === undefined) return comparedChecks(op, a, b, holds, site(frame, test));
  const isAsked = asked === holds;
  // `(found := re.fullmatch(WORD, name)) is None`
  const first = test.first.kind === 'walrus' ? test.first.value : test.first;
  return first.kind === 'call' ? callChecks(interpreter, frame, first, isAsked) : truthChecks(a, isAsked);
}

/** What the truth of a call's result says; `holds` undefined: that the call returned at all. */
export function callChecks(interpreter: Interpreter, frame: Frame, node: CallExpr, holds: boolean | undefined): readonly Check[] {
  const callee = evaluate(interpreter, frame, node.callee);
  // What says nothing is not run again: `print(next(lines))` would take another line.
  if (
    holds === undefined &&
    callee.every((atom) => isOfLibrary(interpreter, atom) && !canValidate(interpreter, calledNames(interpreter, [atom])))
  )
    return [];
  const args = evaluateArguments(interpreter, frame, node.args);
  const here = site(frame, node);
  const ways: (readonly Check[])[] = [];
  const ofLibrary: Atom[] = [];
  for (const atom of callee) {
    if ((atom.kind === 'function' || atom.kind === 'bound') && !isOfLibrary(interpreter, atom)) {
      const exits = exitsOf(interpreter, frame, atom.info, args, atom.kind === 'bound' ? atom.self : undefined, node);
      const subject = argumentValues(args);
      const validated: readonly Check[] =
        holds === false || subject.length === 0 ? [] : [{ fact: { kind: 'validated', info: atom.info }, holds: true, subject, site: here }];
      for (const exit of exits) {
        if (holds === undefined) ways.push([...exit.checks, ...validated]);
        else if (truthOf(exit.value) !== !holds) ways.push([...exit.checks, ...(holds ? exit.whenTrue : exit.whenFalse), ...validated]);
      }
      if (exits.length === 0) ways.push(validated);
    } else ofLibrary.push(atom);
  }
  if (ofLibrary.length > 0) {
    const decided = holds === undefined ? [] : truthChecks(evaluate(interpreter, frame, node), holds);
    // `x.isdigit()` with several values of `x`: whichever it was, of that one it is true.
    const called = ofLibrary.flatMap((atom) => {
      const names = calledNames(interpreter, [atom]);
      if (holds === undefined && !canValidate(interpreter, names)) return [];
      const of = atom.kind === 'opaque' && atom.origin.via === 'attribute' ? atom.origin.of : undefined;
      const receiver = of ?? (node.callee.kind === 'attribute' ? callee : undefined);
      return calledChecks(names, receiver, args, holds ?? true, here);
    });
    ways.push(decided.length > 0 ? decided : called);
  }
  return anyOf(ways, here);
}

/** Whether what a call checks is not to be read off a function of the project. */
function isOfLibrary({ library }: Interpreter, atom: Atom): boolean {
  return (atom.kind !== 'function' && atom.kind !== 'bound') || library.row(atom.info.qualifiedName)?.checks !== undefined;
}
