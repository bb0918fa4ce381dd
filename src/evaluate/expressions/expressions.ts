import type {
  AttributeExpr,
  BooleanExpr,
  ComprehensionExpr,
  ConditionalExpr,
  DictExpr,
  Expr,
  FStringExpr,
  FStringPart,
  SequenceExpr,
  SliceExpr,
} from '../../ir/nodes.ts';
import { assertNever } from '../../util/assert-never.ts';
import { awaited } from '../behaviours/task-behaviours.ts';
import { MAX_ELEMENTS } from '../budget.ts';
import { evaluateCall } from '../calls/calls.ts';
import { noteLeftOver } from '../checks/after-loop.ts';
import { assume, markValue, withinExpression } from '../checks/mark-checked.ts';
import { namedCondition } from '../checks/named-conditions.ts';
import { emptinessChecks } from '../checks/truth-checks.ts';
import { getAttribute } from '../classes/attributes.ts';
import { setAttributeOf } from '../classes/set-attributes.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { bindName, joinVars } from '../names/bind.ts';
import { collected, environmentOf, isCollection } from '../names/environment.ts';
import { lookupName } from '../names/lookup.ts';
import { bindTarget } from '../statements/assign.ts';
import { makeLambda } from '../statements/definitions.ts';
import { container, copyInto, isContainer, keysOf, knownElements, orderedElements, sequence, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { AS_REPR, formattedByOwn, ownText } from '../values/own-text.ts';
import { segmentsOf, textOf } from '../values/text.ts';
import { truthOf, truthOfAtom } from '../values/truth.ts';
import { elementOf } from '../values/types.ts';
import { constant, type EnvironmentAtom, join, NONE, NOTHING, opaque, type Segment, type Value } from '../values/value.ts';
import { unrolled } from './comprehension.ts';
import { formattedParts, shown } from './format.ts';
import { iterated } from './iterate.ts';
import { evaluateBinary, evaluateCompare, evaluateUnary } from './operators.ts';
import { getItem } from './subscripts.ts';

/** The value of an expression; emits the events inside it. */
export function evaluate(interpreter: Interpreter, frame: Frame, node: Expr): Value {
  switch (node.kind) {
    case 'name':
      return lookupName(interpreter, frame, node);
    case 'literal':
      return constant(node.literal);
    case 'attribute':
      return evaluateAttribute(interpreter, frame, node);
    case 'call':
      return evaluateCall(interpreter, frame, node, false);
    case 'fstring':
      return evaluateFString(interpreter, frame, node);
    case 'subscript': {
      const object = evaluate(interpreter, frame, node.object);
      if (node.index.kind === 'slice') {
        evaluateSlice(interpreter, frame, node.index);
        return getItem(interpreter, frame, object, undefined, node, node.index);
      }
      return getItem(interpreter, frame, object, evaluate(interpreter, frame, node.index), node, undefined);
    }
    case 'slice':
      evaluateSlice(interpreter, frame, node);
      return opaque({ via: 'operation', operands: [], site: site(frame, node) }, 'builtins.slice');
    case 'list':
    case 'tuple':
    case 'set':
      return evaluateSequence(interpreter, frame, node);
    case 'dict':
      return evaluateDict(interpreter, frame, node);
    case 'comprehension':
      return withinExpression(frame, () => evaluateComprehension(interpreter, frame, node));
    case 'unary':
      return evaluateUnary(interpreter, frame, node);
    case 'binary':
      return evaluateBinary(interpreter, frame, node);
    case 'compare':
      return evaluateCompare(interpreter, frame, node);
    case 'boolean':
      return withinExpression(frame, () => evaluateBoolean(interpreter, frame, node));
    case 'conditional':
      return withinExpression(frame, () => evaluateConditional(interpreter, frame, node));
    case 'lambda':
      return makeLambda(interpreter, frame, node);
    case 'await': {
      return awaited(
        node.value.kind === 'call' ? evaluateCall(interpreter, frame, node.value, true) : evaluate(interpreter, frame, node.value),
      );
    }
    case 'yield': {
      const passed = node.value ? evaluate(interpreter, frame, node.value) : NONE;
      const value = node.from && node.value ? iterated(interpreter, frame, passed, node.value) : passed;
      const here = site(frame, node);
      frame.yielded = join(
        frame.yielded ?? NOTHING,
        node.from ? elementOf(interpreter, value, { via: 'element', of: value, site: here }) : value,
      );
      const isSure = frame.branch === frame.start && frame.loops.every(({ isStepped }) => isStepped) && frame.returned === undefined;
      const given = node.from ? orderedElements(value, frame.branch) : [value];
      if (isSure && given) frame.yields?.push(...given);
      else frame.yields = undefined;
      if (frame.sent && !node.from) return frame.sent;
      const returned = node.from ? value.flatMap((atom) => (isContainer(atom) && atom.object.returned) || NOTHING) : NOTHING;
      return returned.length > 0 ? returned : opaque({ via: 'operation', operands: [value], site: here });
    }
    case 'walrus': {
      const value = evaluate(interpreter, frame, node.value);
      bindName(frame, node.target.id, value);
      return value;
    }
    case 'starred':
      return evaluate(interpreter, frame, node.value);
    case 'unknown': {
      const operands = node.children.map((child) => evaluate(interpreter, frame, child));
      return opaque({ via: 'operation', operands, site: site(frame, node) });
    }
    default:
      return assertNever(node);
  }
}

function evaluateBoolean(interpreter: Interpreter, frame: Frame, node: BooleanExpr): Value {
  let result: Value = NOTHING;
  const before = frame.vars;
  frame.vars = new Map(before);
  lastOperands.delete(node);
  for (let i = 0; i < node.operands.length; i++) {
    const operand = node.operands[i];
    if (!operand) break;
    const value = evaluate(interpreter, frame, operand);
    const last = i === node.operands.length - 1;
    if (last) {
      lastOperands.set(node, value);
      result = join(result, value);
      break;
    }
    emitTest(interpreter, frame, operand, value);
    const truth = truthOf(value);
    // `a or b` is `a` when that is true; the rest is evaluated only where it is not decided.
    const stops = node.op === 'or';
    if (truth === stops) {
      result = join(result, value);
      break;
    }
    if (truth === undefined) {
      const left = value.filter((atom) => truthOfAtom(atom) !== !stops);
      // `a and b` is `a` only where that is empty.
      result = join(result, stops ? left : left.flatMap((atom) => markValue(interpreter, [atom], emptinessChecks(atom))));
    }
    assume(interpreter, frame, operand, value, !stops);
  }
  frame.vars = joinVars(frame.vars, before);
  // `os.environ.get("X") or "y"`: the rest is what it is when unset.
  const [read, ...rest] = result;
  if (node.op === 'or' && read?.kind === 'environment' && rest.length > 0 && (!read.fallback || truthOf(read.fallback) === false))
    return [{ ...read, fallback: rest }];
  return result;
}

function evaluateConditional(interpreter: Interpreter, frame: Frame, node: ConditionalExpr): Value {
  const test = evaluate(interpreter, frame, node.test);
  emitTest(interpreter, frame, node.test, test);
  const truth = interpreter.assumptions ? interpreter.assumptions.decide(frame, node.test, test) : truthOf(test);
  if (truth === true) return evaluate(interpreter, frame, node.then);
  if (truth === false) return evaluate(interpreter, frame, node.otherwise);
  const { vars: before, guards } = frame;
  const evaluated = (branch: Expr, holds: boolean): Value => {
    frame.vars = new Map(before);
    const checks = assume(interpreter, frame, node.test, test, holds);
    frame.guards = [...guards, { test: node.test, value: test, holds, checks: [] }];
    return markValue(interpreter, evaluate(interpreter, frame, branch), checks);
  };
  const then = evaluated(node.then, true);
  const otherwise = evaluated(node.otherwise, false);
  frame.vars = before;
  frame.guards = guards;
  return unsetDefault(test, then, otherwise) ?? join(then, otherwise);
}

/** What the last operand of an `and` or `or` was when it was evaluated last: the whole may also be one of the others. */
const lastOperands = new WeakMap<Expr, Value>();

/** Tells rules that a value is tested for being true. */
export function emitTest(interpreter: Interpreter, frame: Frame, node: Expr, value: Value): void {
  // Comparisons are told by their own event, `and`/`or` by their operands: all but the last tell themselves.
  if (node.kind === 'boolean') {
    const last = node.operands[node.operands.length - 1];
    const operand = lastOperands.get(node);
    // Not evaluated where an operand before it decides.
    if (last && operand) emitTest(interpreter, frame, last, operand);
    return;
  }
  if (node.kind === 'compare' || (node.kind === 'unary' && node.op === 'not')) return;
  if (interpreter.listener.wanted.has('test'))
    interpreter.listener.on({ kind: 'test', frame, statement: interpreter.statement, node, value });
}

/** Tells rules that a value is iterated over. */
export function emitIterate(interpreter: Interpreter, frame: Frame, node: Expr, value: Value, async: boolean): void {
  if (interpreter.listener.wanted.has('iterate'))
    interpreter.listener.on({ kind: 'iterate', frame, statement: interpreter.statement, node, value, async });
}

function evaluateSlice(interpreter: Interpreter, frame: Frame, node: SliceExpr): void {
  if (node.lower) evaluate(interpreter, frame, node.lower);
  if (node.upper) evaluate(interpreter, frame, node.upper);
  if (node.step) evaluate(interpreter, frame, node.step);
}

function evaluateFString(interpreter: Interpreter, frame: Frame, node: FStringExpr): Value {
  const segments: Segment[] = [];
  collectParts(interpreter, frame, node.parts, segments);
  return textOf(segments, false, { via: 'operation', operands: [], site: site(frame, node) });
}

function collectParts(interpreter: Interpreter, frame: Frame, parts: readonly FStringPart[], into: Segment[]): void {
  for (const part of parts) {
    if (part.kind === 'text') {
      into.push(part.value);
      continue;
    }
    const value = evaluate(interpreter, frame, part.value);
    const here = site(frame, part.value);
    if (part.conversion === 'r' || part.conversion === 'a' || part.spec !== undefined) {
      if (part.spec) collectParts(interpreter, frame, part.spec, []);
      const [spec, ...more] = part.spec ?? [];
      // Formatting a known value changes its text; the hole still says where it came from.
      const known = !part.spec ? '' : spec?.kind === 'text' && more.length === 0 ? spec.value : undefined;
      const formatted = part.conversion === undefined ? formattedByOwn(interpreter, frame, value, known, part.value) : undefined;
      if (formatted) {
        into.push(...segmentsOf(formatted, here));
        continue;
      }
      const own = part.conversion === 'r' ? ownText(interpreter, frame, value, part.value, AS_REPR) : value;
      if (own !== value) into.push(...segmentsOf(own, here));
      else if (part.conversion !== undefined && part.conversion !== 's') into.push({ value: shown(value, here), site: here });
      else into.push(...formattedParts(value, spec?.kind === 'text' && more.length === 0 ? spec.value : '?', here));
    } else into.push(...segmentsOf(ownText(interpreter, frame, value, part.value), here));
  }
}

function evaluateAttribute(interpreter: Interpreter, frame: Frame, node: AttributeExpr): Value {
  const object = evaluate(interpreter, frame, node.object);
  return setAttributeOf(frame, node) ?? getAttribute(interpreter, frame, object, node.name, node);
}

const DATA: ReadonlySet<Expr['kind']> = new Set(['literal', 'list', 'tuple', 'set', 'dict', 'unary']);

function evaluateSequence(interpreter: Interpreter, frame: Frame, node: SequenceExpr): Value {
  const here = site(frame, node);
  const elements: Value[] = [];
  let open = false;
  let rest: Value = NOTHING;
  for (const element of node.elements) {
    const value = namedCondition(interpreter, frame, element, evaluate(interpreter, frame, element));
    if (element.kind !== 'starred') {
      if (elements.length < MAX_ELEMENTS) elements.push(value);
      else {
        open = true;
        // Of tables of plain data nothing is missed.
        const { module } = frame.state;
        if (!DATA.has(element.kind) && !interpreter.cutOff.has(module)) interpreter.cutOff.set(module, element);
      }
      continue;
    }
    const only = value[0];
    if (value.length === 1 && only && isContainer(only) && only.form !== 'dict') {
      for (const slot of only.object.keyNames()) elements.push(only.object.read(slot, frame.branch) ?? NOTHING);
      open ||= only.object.open;
      rest = join(rest, only.object.rest);
      continue;
    }
    // `[*COMMANDS[name], path]`: one of several, of which each has its elements at the same places.
    const each = value.map((atom) => (isContainer(atom) && atom.form !== 'dict' ? knownElements(atom, frame.branch) : undefined));
    const [first] = each;
    if (first && each.every((one) => one?.length === first.length))
      elements.push(...first.map((_, at) => each.reduce<Value>((all, one) => join(all, one?.[at] ?? NOTHING), NOTHING)));
    else {
      open = true;
      rest = join(rest, elementOf(interpreter, value, { via: 'element', of: value, site: here }));
    }
  }
  const result = sequence(node.kind, elements, here, frame.branch, open);
  if (open && result[0]?.kind === 'container') result[0].object.rest = join(result[0].object.rest, rest);
  return result;
}

function evaluateDict(interpreter: Interpreter, frame: Frame, node: DictExpr): Value {
  const object = new HeapObject(site(frame, node), frame.branch);
  const listens = interpreter.listener.wanted.has('store');
  const result = container('dict', object);
  for (const entry of node.entries) {
    if (!entry.key) {
      const spread = evaluate(interpreter, frame, entry.value);
      for (const atom of spread) {
        if (isContainer(atom, 'dict')) copyInto(object, atom.object, frame.branch);
        else {
          object.writeAnywhere([atom]);
          object.keys = join(object.keys, keysOf(interpreter, atom, site(frame, entry)));
        }
      }
      continue;
    }
    const key = evaluate(interpreter, frame, entry.key);
    const value = evaluate(interpreter, frame, entry.value);
    const slot = slotOfKey(key);
    if (slot !== undefined) object.write(slot, value, frame.branch);
    else {
      object.writeAnywhere(value);
      object.keys = join(object.keys, key);
    }
    if (listens) {
      const name = slot?.startsWith('s:') ? slot.slice(2) : undefined;
      interpreter.listener.on({
        kind: 'store',
        form: 'entry',
        frame,
        statement: interpreter.statement,
        name,
        object: result,
        value,
        augmented: false,
        target: entry.key,
        node: entry,
        valueNode: entry.value,
      });
    }
  }
  return result;
}

function evaluateComprehension(interpreter: Interpreter, frame: Frame, node: ComprehensionExpr): Value {
  const before = frame.vars;
  frame.vars = new Map(before);
  const here = site(frame, node);
  let decided = true;
  let read: EnvironmentAtom | undefined;
  let first: Value | undefined;
  for (const clause of node.clauses) {
    if (clause.kind === 'for') {
      const value = evaluate(interpreter, frame, clause.iterable);
      read = node.clauses[0] === clause ? environmentOf(value) : undefined;
      emitIterate(interpreter, frame, clause.iterable, value, clause.async);
      const iterable = iterated(interpreter, frame, value, clause.iterable);
      first ??= iterable;
      bindTarget(
        interpreter,
        frame,
        clause.target,
        elementOf(interpreter, iterable, { via: 'element', of: iterable, site: site(frame, clause.iterable) }),
        undefined,
      );
    } else {
      const test = evaluate(interpreter, frame, clause.test);
      emitTest(interpreter, frame, clause.test, test);
      assume(interpreter, frame, clause.test, test, true);
      decided = false;
    }
  }
  const element = evaluate(interpreter, frame, node.element);
  const form = node.form === 'dict' ? 'dict' : node.form === 'set' ? 'set' : 'list';
  const variable = isCollection(read) ? collected(read, element, form, here, frame) : undefined;
  if (variable) {
    frame.vars = before;
    return variable;
  }
  const object = new HeapObject(here, frame.branch);
  object.writeAnywhere(element);
  if (node.key) object.keys = evaluate(interpreter, frame, node.key);
  if (!decided) object.length = undefined;
  frame.vars = before;
  const known = first && unrolled(interpreter, frame, node, first);
  if (!known && first) noteLeftOver(interpreter, frame, node, first, object);
  return known ?? container(form, object);
}

/** `hosts.split(",") if hosts else ["*"]` with `hosts = os.environ.get("HOSTS")`: the other branch is what it is when unset. */
function unsetDefault([asked, ...others]: Value, [then, ...more]: Value, otherwise: Value): Value | undefined {
  if (asked?.kind !== 'environment' || then?.kind !== 'environment' || others.length > 0 || more.length > 0) return undefined;
  if (asked.variable === undefined || asked.variable !== then.variable || otherwise.length === 0) return undefined;
  const isUnset = !asked.fallback || truthOf(asked.fallback) === false;
  return isUnset ? [{ ...then, fallback: otherwise }] : undefined;
}
