import type { Expr, ForStmt, Stmt, WhileStmt } from '../../ir/nodes.ts';
import { type IrNode, isStmt, walk } from '../../ir/walk.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame, Guard, RunningLoop } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { isContainer, knownElements } from '../values/container.ts';
import { numberOf } from '../values/fold.ts';
import { truthOf } from '../values/truth.ts';
import { type Atom, type ContainerAtom, int, type OpaqueAtom, str, type Value } from '../values/value.ts';
import { bindTarget } from './assign.ts';
import { elementsOf, itemsOf } from './spelled-loop.ts';
import { runBlock } from './statements.ts';
import { meet, rejoin, runWay } from './ways.ts';

/** Rounds of a loop that are run one by one; longer ones are data. */
const MAX_ROUNDS = 12;
/** Statements of a body that is run so often. */
const MAX_STATEMENTS = 16;

/** What the body of a loop does with names. */
interface LoopUse {
  /** Names that conditions ask, that are called or that say which element is meant: what they are in a round makes a difference. */
  readonly deciding: ReadonlySet<string>;
  /** Names that each round changes by what they were before: `i += 1`. */
  readonly counters: ReadonlySet<string>;
  readonly isSmall: boolean;
  /** Whether each round gives something of the element. */
  readonly isYielding: boolean;
  /** Whether a round may end before its end. */
  readonly hasExits: boolean;
}
const uses = new WeakMap<Stmt, LoopUse>();

export function useOf(loop: ForStmt | WhileStmt): LoopUse {
  const known = uses.get(loop);
  if (known) return known;
  const deciding = new Set<string>();
  const counters = new Set<string>();
  let size = 0;
  let hasExits = false;
  let isNested = false;
  let isYielding = false;
  const ask = (node: Expr): void =>
    walk(node, (part) => {
      if (part.kind === 'name') deciding.add(part.id);
      return true;
    });
  const look = (node: IrNode): boolean => {
    if (isStmt(node)) size++;
    if (node.kind === 'break' || node.kind === 'continue') hasExits = true;
    if (node.kind === 'for' || node.kind === 'while' || node.kind === 'function' || node.kind === 'class') isNested = true;
    if (node.kind === 'if' || node.kind === 'while' || node.kind === 'conditional') ask(node.test);
    if (node.kind === 'match') ask(node.subject);
    if (node.kind === 'call') ask(node.callee);
    // `result.extend(part)`: which elements, and in which order.
    if (node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'extend' && node.args[0]) ask(node.args[0].value);
    if (node.kind === 'yield' && node.value && loop.kind === 'for')
      isYielding ||= targetNames(loop.target).some((name) => node.value && names(node.value, name));
    if (node.kind === 'subscript') ask(node.index);
    if (node.kind === 'augmented' && node.target.kind === 'name') counters.add(node.target.id);
    if (node.kind === 'assign' && node.value)
      for (const target of node.targets) if (target.kind === 'name' && names(node.value, target.id)) counters.add(target.id);
    return true;
  };
  for (const statement of loop.body) walk(statement, look);
  if (loop.kind === 'while') ask(loop.test);
  const use = { deciding, counters, isSmall: size <= MAX_STATEMENTS && !isNested, isYielding, hasExits };
  uses.set(loop, use);
  return use;
}

function names(node: Expr, name: string): boolean {
  let found = false;
  walk(node, (part) => {
    if (part.kind === 'name' && part.id === name) found = true;
    return !found;
  });
  return found;
}

/**
 * A loop over few known elements whose body asks what the element is, run element by element: `for i in range(3): if i == 2: …`. Run once
 * for an element that may be any of them, both ways of the condition would be open. `undefined` where it is no such loop.
 */
export function runForRounds(interpreter: Interpreter, frame: Frame, loop: ForStmt, iterable: Value): boolean | undefined {
  if (loop.async || frame.loops.length > 0) return undefined;
  const use = useOf(loop);
  const first = leavesAtOnce(loop) ? fewElements(iterable, frame)?.[0] : undefined;
  if (first) return runFirst(interpreter, frame, loop, first);
  if (!use.isSmall || !(use.isYielding || targetNames(loop.target).some((name) => use.deciding.has(name)))) return undefined;
  const elements = itemsOf(interpreter, frame, loop.iterable) ?? fewElements(iterable, frame);
  if (!elements || elements.length === 0 || elements.length > MAX_ROUNDS) return undefined;
  const tells = (one: Value): boolean => isTelling(one, frame);
  // Of what a generator gives, one element that is known tells the others apart.
  if (use.isYielding ? !elements.some(tells) : !elements.every(tells)) return undefined;
  const running = stepped();
  const held: Guard[] = [];
  for (const element of elements) {
    bindTarget(interpreter, frame, loop.target, element, undefined);
    if (!runRound(interpreter, frame, loop, running, held)) return meet(frame, running.breaks);
  }
  const { guards } = frame;
  // Under `else` all rounds came to their ends: what holds there holds of each element, `for bad in "<>": if bad in text: break`.
  if (loop.otherwise.length > 0) frame.guards = [...guards, ...held];
  const isDone = loop.otherwise.length === 0 || runBlock(interpreter, frame, loop.otherwise);
  if (running.breaks.length > 0) frame.guards = guards;
  return meet(frame, [...(isDone ? [frame.vars] : []), ...running.breaks]);
}

/** Whether no second round follows: the body ends with `break` or `return`, and nothing in it goes on before. */
function leavesAtOnce({ body }: ForStmt): boolean {
  const last = body.at(-1)?.kind;
  if (last !== 'break' && last !== 'return' && last !== 'raise') return false;
  let goesOn = false;
  for (const statement of body)
    walk(statement, (node) => {
      if (node.kind === 'continue') goesOn = true;
      return !goesOn;
    });
  return !goesOn;
}

function runFirst(interpreter: Interpreter, frame: Frame, loop: ForStmt, element: Value): boolean {
  const running = stepped();
  bindTarget(interpreter, frame, loop.target, element, undefined);
  runRound(interpreter, frame, loop, running);
  return meet(frame, running.breaks);
}

/** Rounds that a loop surely takes by what it counts, run one by one. */
export interface RoundsTaken {
  /** The condition after them; `undefined` where no way leads to it. */
  readonly test: Value | undefined;
  readonly breaks: readonly Map<string, Value>[];
}

/** The rounds of `while i < 3` up to where its condition is not surely true. */
export function runWhileRounds(interpreter: Interpreter, frame: Frame, loop: WhileStmt, first: Value): RoundsTaken {
  const use = useOf(loop);
  const isCounted =
    frame.loops.length === 0 &&
    use.isSmall &&
    [...use.counters].some((name) => use.deciding.has(name) && frame.vars.get(name)?.every((atom) => atom.kind === 'constant'));
  let test: Value | undefined = first;
  const running = stepped();
  for (let round = 0; isCounted && round < MAX_ROUNDS && test && truthOf(test) === true; round++)
    test = runRound(interpreter, frame, loop, running) ? evaluate(interpreter, frame, loop.test) : undefined;
  return { test, breaks: running.breaks };
}

function stepped(): RunningLoop {
  return { breaks: [], continues: [], left: [], again: false, isStepped: true };
}

/** Runs one round; `held` gets the conditions that hold where it came to its end. */
function runRound(interpreter: Interpreter, frame: Frame, loop: ForStmt | WhileStmt, running: RunningLoop, held: Guard[] = []): boolean {
  frame.loops.push(running);
  const body = (): boolean => {
    const { guards } = frame;
    const isDone = runBlock(interpreter, frame, loop.body);
    if (isDone && running.continues.length === 0) held.push(...frame.guards.slice(guards.length));
    return isDone;
  };
  // What a round writes that another way may have left before is not sure for whoever reads it behind the loop.
  const end = useOf(loop).hasExits ? runWay(frame, frame.vars, undefined, body) : body() ? frame.vars : undefined;
  frame.loops.pop();
  rejoin(frame, running.left.splice(0));
  return meet(frame, [end, ...running.continues.splice(0)]);
}

function targetNames(target: Expr): readonly string[] {
  if (target.kind === 'name') return [target.id];
  return target.kind === 'tuple' || target.kind === 'list' ? target.elements.flatMap(targetNames) : [];
}

/** Whether what the element is can decide something: it is, or has in it, a constant or something that can be called. */
function isTelling(value: Value, frame: Frame): boolean {
  const [only, ...others] = value;
  if (!only || others.length > 0) return false;
  return TELLING.has(only.kind) || (isContainer(only) && partsOf(only, frame).some((one) => isTelling(one, frame)));
}

function partsOf(of: ContainerAtom, { branch }: Frame): readonly Value[] {
  if (of.form !== 'dict') return knownElements(of, branch) ?? [];
  return of.object.open ? [] : [...of.object.keyNames()].flatMap((slot) => [of.object.read(slot, branch) ?? []]);
}
const TELLING: ReadonlySet<Atom['kind']> = new Set<Atom['kind']>(['constant', 'function', 'bound', 'partial', 'class', 'symbol', 'object']);

function fewElements(iterable: Value, frame: Frame): readonly Value[] | undefined {
  const [only, ...others] = iterable;
  if (!only || others.length > 0) return undefined;
  if (only.kind === 'constant')
    return only.literal.type === 'str' ? [...only.literal.value.slice(0, MAX_ROUNDS + 1)].map((character) => str(character)) : undefined;
  if (only.kind === 'opaque')
    return rangeOf(only)
      ?.slice(0, MAX_ROUNDS + 1)
      .map((number) => int(number));
  return isContainer(only, 'set') ? undefined : elementsOf(iterable, frame);
}

/** The numbers of a `range` of constants; `undefined` of anything else. */
export function rangeOf({ type, origin }: OpaqueAtom): readonly number[] | undefined {
  if (type !== 'builtins.range' || origin.via !== 'call' || origin.args.openPositional) return undefined;
  const bounds = origin.args.positional.map(({ value: [only, ...others] }) =>
    only?.kind === 'constant' && others.length === 0 ? numberOf(only.literal) : undefined,
  );
  const [first, second, step = 1] = bounds;
  if (first === undefined || bounds.includes(undefined) || step === 0) return undefined;
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const length = Math.max(0, Math.ceil((end - start) / step));
  return Array.from({ length: Math.min(length, MAX_ROUNDS + 1) }, (_, at) => start + at * step);
}
