import type { BinaryExpr, CallExpr, CompareExpr, CompareOperator, ConditionalExpr, Expr, Span } from '../ir/nodes.ts';
import { walk } from '../ir/walk.ts';
import type { NO_ARGUMENTS } from './arguments.ts';
import { exitsOf } from './call-function.ts';
import { evaluateArguments } from './calls.ts';
import { type Check, tells } from './check.ts';
import { isContainer, knownElements } from './container.ts';
import { elementChecks } from './element-checks.ts';
import { evaluate } from './expressions.ts';
import { foundChecks } from './found-checks.ts';
import type { Frame } from './frame.ts';
import { emptyChecks, impliedChecks, isTelling } from './implied-checks.ts';
import { type Interpreter, site } from './interpreter.ts';
import { calledNames, memberNames } from './names.ts';
import { quietly } from './refine.ts';
import { isSet, subsetCall, subsetChecks } from './subset-checks.ts';
import { reachesSource } from './taint.ts';
import { truthOf } from './truth.ts';
import { canValidate } from './validators.ts';
import { type Atom, type CallOrigin, NONE, NOTHING, type OpaqueAtom, type Site, type Value } from './value.ts';

/**
 * What a condition that was taken as true (`holds`) or false says of values that come from outside; nothing where none is in it.
 * Conditions joined by `and`/`or` the other way round (`a or b` holding) are one check with a way for each.
 */
export function checksOf(interpreter: Interpreter, frame: Frame, test: Expr, holds: boolean): readonly Check[] {
  return quietly(interpreter, () => conditionChecks(interpreter, frame, test, holds));
}

/** Whether a test is about something from outside: cheap, as most tests are not. */
export function isAboutSources(interpreter: Interpreter, frame: Frame, test: Expr, value: Value): boolean {
  return (
    reachesSource(interpreter, value) ||
    isTelling(value) ||
    namesIn(test).some(({ id, attributes }) => {
      const one = frame.vars.get(id);
      return (
        one !== undefined &&
        (isTelling(one) || reachesSource(interpreter, one) || one.some((atom) => holdsSource(interpreter, frame, atom, attributes)))
      );
    })
  );
}

/** Whether an instance keeps something from outside where a test looks: in the field of `is_safe(self.url)`. */
function holdsSource(interpreter: Interpreter, frame: Frame, atom: Atom, attributes: readonly string[]): boolean {
  if (atom.kind !== 'object') return false;
  const { object } = atom;
  return attributes.some((name) => reachesSource(interpreter, object.read(name, frame.branch) ?? NOTHING));
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

/** `bool(PATTERN.match(text))`: what the truth of its argument says. */
function truthOfArgument(interpreter: Interpreter, frame: Frame, { callee, args }: CallExpr, holds: boolean): readonly Check[] | undefined {
  const [only, ...others] = args;
  if (callee.kind !== 'name' || callee.id !== 'bool' || !only || others.length > 0) return undefined;
  return conditionChecks(interpreter, frame, only.value, holds);
}

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

/** `strict and not name.isalnum()`, of which the flag is known: it is not what decides. */
function isKnownOtherwise(interpreter: Interpreter, frame: Frame, operand: Expr | undefined, holds: boolean): boolean {
  if (operand?.kind !== 'name' && operand?.kind !== 'attribute' && operand?.kind !== 'literal') return false;
  return truthOf(evaluate(interpreter, frame, operand)) === !holds;
}

/** One check that one of several ways was taken; nothing when a way says nothing. */
export function anyOf(ways: readonly (readonly Check[])[], here: Site): readonly Check[] {
  if (ways.length === 0 || ways.some((way) => way.length === 0)) return [];
  const [only] = ways;
  if (ways.length === 1 && only) return only;
  // Ways that are told in ways name the same values again and again.
  const subject = new Set(ways.flatMap((way) => way.flatMap((check) => check.subject)));
  return [{ fact: { kind: 'any', ways }, holds: true, subject: [...subject], site: here }];
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
  const asked = askedTruth(op, b);
  if (asked !== undefined && isNone(b) && isNeverNone(a)) return [];
  if (asked !== undefined) return valueOrCallChecks(interpreter, frame, test.first, a, asked === holds);
  return comparedChecks(op, a, b, holds, site(frame, test));
}

/** What a comparison with None or a truth value asks of the other side: `match is not None` that it is true, `is_safe(x) is False` that it is false. */
function askedTruth(op: CompareOperator, [other, ...others]: Value): boolean | undefined {
  if (op !== 'is' && op !== '==' && op !== 'is not' && op !== '!=') return undefined;
  if (other?.kind !== 'constant' || others.length > 0) return undefined;
  const isSame = op === 'is' || op === '==';
  if (other.literal.type === 'none') return !isSame;
  return other.literal.type === 'bool' ? isSame === other.literal.value : undefined;
}

function isNone(value: Value): boolean {
  return value.every((one) => one.kind === 'constant' && one.literal.type === 'none');
}

/** `is_safe(url) is not None`: what gives a truth value is never None, whichever it is, so that asking tells nothing. */
function isNeverNone(value: Value): boolean {
  return (
    value.length > 0 &&
    value.every((one) => (one.kind === 'constant' ? one.literal.type === 'bool' : one.kind === 'opaque' && one.type === 'builtins.bool'))
  );
}

function valueOrCallChecks(interpreter: Interpreter, frame: Frame, node: Expr, value: Value, holds: boolean): readonly Check[] {
  return node.kind === 'call' ? callChecks(interpreter, frame, node, holds) : truthChecks(value, holds);
}

function comparedChecks(op: CompareOperator, a: Value, b: Value, holds: boolean, here: Site): readonly Check[] {
  switch (op) {
    case '==':
    case 'is':
    case '!=':
    case 'is not': {
      const equal = (op === '==' || op === 'is') === holds;
      return telling([
        { fact: { kind: 'equal', other: b }, holds: equal, subject: a, site: here },
        { fact: { kind: 'equal', other: a }, holds: equal, subject: b, site: here },
      ]);
    }
    case 'in':
    case 'not in':
      return telling([
        { fact: { kind: 'member', of: b }, holds: (op === 'in') === holds, subject: a, site: here },
        { fact: { kind: 'contains', part: a }, holds: (op === 'in') === holds, subject: b, site: here },
      ]);
    case '<':
    case '<=':
      return holds && isSet(b) ? telling(subsetChecks(a, b, here)) : [];
    case '>':
    case '>=':
      return holds && isSet(a) ? telling(subsetChecks(b, a, here)) : [];
    default:
      return [];
  }
}

/** What the truth of a value says that was computed before: `ok = x in ALLOWED`, `match = PATTERN.fullmatch(x)`. */
function truthChecks(value: Value, holds: boolean): readonly Check[] {
  // Alternatives that one expression gave are those of what it was about: whichever it was, of that one it holds.
  const decided = impliedChecks(value, holds);
  if (decided.length > 0) return decided;
  const ways = new Map<Span, Check[]>();
  let here: Site | undefined;
  for (const atom of value) {
    // A way that was not taken says nothing against the others.
    if (truthOf([atom]) === !holds || (holds && isKnownEmpty(atom))) continue;
    const empty = holds ? [] : emptyChecks(atom);
    const origin = atom.kind === 'opaque' ? atom.origin.site : empty[0]?.site;
    if (!origin) return [];
    here ??= origin;
    ways.set(origin.node, [...(ways.get(origin.node) ?? []), ...(atom.kind === 'opaque' ? atomTruthChecks(atom, holds) : empty)]);
  }
  return here ? anyOf([...ways.values()], here) : [];
}

/** Whether it was kept only as what is empty: `target` of `target and is_safe(target)`. */
function isKnownEmpty(atom: Atom): boolean {
  if ((atom.kind !== 'opaque' && atom.kind !== 'text') || atom.origin.via !== 'checked') return false;
  const { check, of } = atom.origin;
  return (
    (check.fact.kind === 'true' && !check.holds && check.subject.some((one) => of.includes(one))) ||
    (of.length > 0 && of.every(isKnownEmpty))
  );
}

/** That it is empty, of a value of which that is not known. */
export function emptinessChecks(atom: Atom): readonly Check[] {
  if (atom.kind === 'opaque') return atomTruthChecks(atom, false);
  return atom.kind === 'text' ? [{ fact: { kind: 'true' }, holds: false, subject: [atom], site: atom.origin.site }] : [];
}

function atomTruthChecks(atom: OpaqueAtom, holds: boolean): readonly Check[] {
  const { origin } = atom;
  // That it is empty says that it can do nothing.
  const itself = telling([{ fact: { kind: 'true' }, holds, subject: [atom], site: origin.site }]);
  switch (origin.via) {
    case 'operation': {
      const [a, b] = origin.operands;
      // `is_foreign = not is_safe(url)`
      if (origin.op === 'not') return a ? truthChecks(a, !holds) : itself;
      if (!origin.op || !a || !b) return itself;
      const asked = askedTruth(origin.op, b);
      if (asked !== undefined && isNone(b) && isNeverNone(a)) return itself;
      return asked === undefined ? comparedChecks(origin.op, a, b, holds, origin.site) : truthChecks(a, asked === holds);
    }
    case 'call': {
      // `is_word = bool(WORD.fullmatch(name))`
      const [converted] = origin.names[0] === 'builtins.bool' ? origin.args.positional : [];
      if (converted) return truthChecks(converted.value, holds);
      const ofListed = listedChecks(origin, holds);
      if (ofListed) return ofListed;
      return [...calledChecks(origin.names, origin.receiver, origin.args, holds, origin.site), ...itself];
    }
    default:
      return itself;
  }
}

/** `ok = all([is_local(url), is_safe(url)])`: conditions that were written out. */
function listedChecks({ names, args, site: here }: CallOrigin, holds: boolean): readonly Check[] | undefined {
  const isAll = names[0] === 'builtins.all';
  if (!isAll && names[0] !== 'builtins.any') return undefined;
  const [only, ...others] = args.positional[0]?.value ?? NOTHING;
  const elements = only && others.length === 0 && isContainer(only) ? knownElements(only, only.object.branch) : undefined;
  const ways = elements?.map((element) => truthChecks(element, holds));
  return ways && (isAll === holds ? ways.flat() : anyOf(ways, here));
}

function calledChecks(
  names: readonly string[],
  receiver: Value | undefined,
  args: typeof NO_ARGUMENTS,
  holds: boolean,
  here: Site,
): readonly Check[] {
  const ofSets = subsetCall(names, receiver, args, holds, here);
  if (ofSets) return telling(ofSets);
  const found = holds ? foundChecks(names, receiver, args, here) : [];
  if (found.length > 0) return found;
  const subject = [...(receiver ?? []), ...argumentValues(args)];
  return subject.length === 0 ? [] : telling([{ fact: { kind: 'call', names, receiver, args }, holds, subject, site: here }]);
}

function telling(checks: readonly Check[]): readonly Check[] {
  return checks.every(tells) ? checks : checks.filter(tells);
}

function argumentValues(args: typeof NO_ARGUMENTS): Value {
  return [...args.positional.flatMap((passed) => passed.value), ...args.keywords.flatMap((passed) => passed.value)];
}

/** What the truth of a call's result says; `holds` undefined: that the call returned at all. */
export function callChecks(interpreter: Interpreter, frame: Frame, node: CallExpr, holds: boolean | undefined): readonly Check[] {
  const callee = evaluate(interpreter, frame, node.callee);
  const args = evaluateArguments(interpreter, frame, node.args);
  const here = site(frame, node);
  const ways: (readonly Check[])[] = [];
  const ofLibrary: Atom[] = [];
  for (const atom of callee) {
    if ((atom.kind === 'function' || atom.kind === 'bound') && interpreter.library.row(atom.info.qualifiedName)?.checks === undefined) {
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

/** A variable in an expression, and what is read of it directly: `self` and `url` of `self.url.path`. */
interface NameIn {
  readonly id: string;
  readonly attributes: readonly string[];
}

function namesIn(test: Expr): readonly NameIn[] {
  const known = names.get(test);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  const attributesOf = (id: string): Set<string> => {
    const attributes = found.get(id) ?? new Set();
    found.set(id, attributes);
    return attributes;
  };
  walk(test, (node) => {
    if (node.kind === 'name') attributesOf(node.id);
    else if (node.kind === 'attribute' && node.object.kind === 'name') attributesOf(node.object.id).add(node.name);
    return true;
  });
  const result = [...found].map(([id, attributes]) => ({ id, attributes: [...attributes] }));
  names.set(test, result);
  return result;
}
const names = new WeakMap<Expr, readonly NameIn[]>();

/** What a function knows of its arguments where it returns. */
export interface Exit {
  readonly value: Value;
  /** Conditions that hold there. */
  readonly checks: readonly Check[];
  /** Conditions that hold besides when what it returns is true, or false. */
  readonly whenTrue: readonly Check[];
  readonly whenFalse: readonly Check[];
}

export function exitAt(interpreter: Interpreter, frame: Frame, value: Value, node: Expr | undefined): Exit {
  return {
    value: node ? value : NONE,
    checks: frame.guards.flatMap((guard) => guard.checks),
    whenTrue: node ? checksOf(interpreter, frame, node, true) : [],
    whenFalse: node ? checksOf(interpreter, frame, node, false) : [],
  };
}
