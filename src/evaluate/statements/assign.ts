import type { AssignStmt, AugmentedAssignStmt, Expr, Span } from '../../ir/nodes.ts';
import { joinParts } from '../checks/implied-checks.ts';
import { keepChecks } from '../checks/mark-checked.ts';
import { namedCondition } from '../checks/named-conditions.ts';
import { getAttribute, setAttribute } from '../classes/attributes.ts';
import { combineInPlace } from '../classes/own-operators.ts';
import { noteSetAttribute } from '../classes/set-attributes.ts';
import { evaluate } from '../expressions/expressions.ts';
import { getItem, recordFields, setItem, setSlice } from '../expressions/subscripts.ts';
import { type Frame, isModuleBody } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { annotatedValue, typedByAnnotation } from '../names/annotations.ts';
import { bindName } from '../names/bind.ts';
import { bindGlobal, namespaceFrame, setGlobal } from '../names/global-names.ts';
import { lookupName } from '../names/lookup.ts';
import { isContainer, knownElements, listOf, sequence } from '../values/container.ts';
import { stringOf } from '../values/text.ts';
import { elementOf } from '../values/types.ts';
import { type Atom, int, NOTHING, type Origin, opaque, type Value } from '../values/value.ts';

/** What a store event needs to know of the assignment around a target. */
interface Assignment {
  readonly node: Span;
  readonly valueNode: Expr | undefined;
  readonly augmented: boolean;
}

export function runAssign(interpreter: Interpreter, frame: Frame, statement: AssignStmt): void {
  if (!statement.value) {
    declare(interpreter, frame, statement);
    return;
  }
  let value = keepChecks(interpreter, frame, evaluate(interpreter, frame, statement.value));
  const assignment = { node: statement, valueNode: statement.value, augmented: false };
  if (statement.annotation) value = typedByAnnotation(interpreter, frame, statement.annotation, value, site(frame, statement.value));
  value = namedCondition(interpreter, frame, statement.value, value);
  for (const target of statement.targets) bindTarget(interpreter, frame, target, value, assignment);
}

/** `x: T` without a value binds nothing, but tells the type of attributes and of class variables, which SQLAlchemy and others make columns of. */
function declare(interpreter: Interpreter, frame: Frame, statement: AssignStmt): void {
  const target = statement.targets[0];
  if (!statement.annotation || target?.kind !== 'name' || frame.vars.has(target.id)) return;
  const origin = { via: 'unresolved', name: target.id, site: site(frame, target) } as const;
  const value = annotatedValue(interpreter, frame, statement.annotation, origin);
  if (!frame.classInfo) {
    if (value) bindName(frame, target.id, value);
    return;
  }
  if (value) frame.classInfo.anyInstance.widen(target.id, value, frame.branch);
  emitStore(interpreter, frame, target, 'class-variable', target.id, undefined, value ?? opaque(origin), {
    node: statement,
    valueNode: undefined,
    augmented: false,
  });
}

export function runAugmented(interpreter: Interpreter, frame: Frame, statement: AugmentedAssignStmt): void {
  const { target } = statement;
  const right = keepChecks(interpreter, frame, evaluate(interpreter, frame, statement.value));
  const assignment = { node: statement, valueNode: statement.value, augmented: true };
  if (target.kind === 'name') {
    const left = lookupName(interpreter, frame, target);
    bindTarget(interpreter, frame, target, combineInPlace(interpreter, frame, statement, left, right), assignment);
  } else if (target.kind === 'attribute') {
    const object = evaluate(interpreter, frame, target.object);
    const left = getAttribute(interpreter, frame, object, target.name, target);
    store(interpreter, frame, target, object, undefined, combineInPlace(interpreter, frame, statement, left, right), assignment);
  } else if (target.kind === 'subscript') {
    const object = evaluate(interpreter, frame, target.object);
    const key = target.index.kind === 'slice' ? NOTHING : evaluate(interpreter, frame, target.index);
    const left = getItem(interpreter, frame, object, key, target, undefined);
    store(interpreter, frame, target, object, key, combineInPlace(interpreter, frame, statement, left, right), assignment);
  }
}

/** Gives a target (`a`, `a.b`, `a[k]`, `a, *b`) a value. `assignment` is absent where no store event is due (loop targets). */
export function bindTarget(interpreter: Interpreter, frame: Frame, target: Expr, value: Value, assignment: Assignment | undefined): void {
  switch (target.kind) {
    case 'name':
      if (isModuleBody(frame)) bindGlobal(interpreter, frame, target.id, value);
      else bindName(frame, target.id, value);
      if (assignment)
        emitStore(interpreter, frame, target, frame.classInfo ? 'class-variable' : 'variable', target.id, undefined, value, assignment);
      return;
    case 'attribute':
      store(interpreter, frame, target, evaluate(interpreter, frame, target.object), undefined, value, assignment);
      return;
    case 'subscript': {
      const object = evaluate(interpreter, frame, target.object);
      const key = target.index.kind === 'slice' ? NOTHING : evaluate(interpreter, frame, target.index);
      const own = stringOf(key);
      const names = own === undefined ? undefined : namespaceFrame(interpreter, frame, target.object, object);
      // `globals()["DEBUG"] = …` in the body of a module is read off the statement itself.
      if (own !== undefined && names && names === frame && target.index.kind === 'literal') bindGlobal(interpreter, names, own, value);
      else if (own !== undefined && names) setGlobal(interpreter, frame, names, own, value);
      store(interpreter, frame, target, object, key, value, assignment);
      return;
    }
    case 'list':
    case 'tuple':
      unpack(interpreter, frame, target.elements, value, assignment);
      return;
    case 'starred':
      bindTarget(interpreter, frame, target.value, value, assignment);
      return;
    default:
      return;
  }
}

function store(
  interpreter: Interpreter,
  frame: Frame,
  target: Expr,
  object: Value,
  key: Value | undefined,
  value: Value,
  assignment: Assignment | undefined,
): void {
  if (target.kind === 'attribute') {
    setAttribute(interpreter, frame, object, target.name, value);
    noteSetAttribute(frame, target, object, value);
    if (assignment) emitStore(interpreter, frame, target, 'attribute', target.name, object, value, assignment);
    return;
  }
  if (target.kind === 'subscript' && target.index.kind === 'slice') setSlice(interpreter, frame, object, target.index, value, target);
  else setItem(interpreter, frame, object, key ?? NOTHING, value, target);
  const name = key && stringOf(key);
  if (assignment) emitStore(interpreter, frame, target, 'item', name, object, value, assignment, key);
}

function unpack(interpreter: Interpreter, frame: Frame, targets: readonly Expr[], value: Value, assignment: Assignment | undefined): void {
  const only = value[0];
  const elements = value.length === 1 && only ? partsOf(interpreter, frame, only) : undefined;
  const starred = targets.findIndex((target) => target.kind === 'starred');
  // `a, b = 1, 2` pairs the expressions, so that each name has its own value expression.
  const valueNode = assignment?.valueNode;
  const pairs =
    valueNode && (valueNode.kind === 'tuple' || valueNode.kind === 'list') && valueNode.elements.length === targets.length && starred < 0
      ? valueNode.elements
      : undefined;
  targets.forEach((target, index) => {
    // Each name has a part of its own: what is said of the key of `for key, value in …` says nothing of the value.
    const origin = { via: 'element', of: value, site: site(frame, target) } as const;
    const behind = targets.length - 1 - index;
    const own: Value = !elements
      ? target.kind === 'starred'
        ? listOf(elementOf(interpreter, value, origin), origin.site)
        : elementAt(interpreter, frame, value, starred >= 0 && index > starred ? undefined : index, origin)
      : target.kind === 'starred'
        ? sequence('list', elements.slice(index, Math.max(index, elements.length - behind)), origin.site, frame.branch)
        : (elements[starred >= 0 && index > starred ? elements.length - 1 - behind : index] ?? opaque(origin));
    const part = assignment && { ...assignment, valueNode: pairs?.[index] ?? (pairs ? undefined : valueNode) };
    bindTarget(interpreter, frame, target, own, part);
  });
}

/** The elements of a collection, or the fields of a record, where all are known. */
function partsOf(interpreter: Interpreter, frame: Frame, atom: Atom): readonly Value[] | undefined {
  if (atom.kind === 'object') return recordFields(interpreter, frame, atom);
  return isContainer(atom) ? knownElements(atom, frame.branch) : undefined;
}

function elementAt(
  interpreter: Interpreter,
  frame: Frame,
  value: Value,
  /** Behind a starred target it is not known. */
  index: number | undefined,
  origin: Origin & { readonly via: 'element' },
): Value {
  const result = joinParts(
    value.map((atom) => {
      const known =
        index !== undefined && isContainer(atom) && atom.form !== 'dict' ? atom.object.read(String(index), frame.branch) : undefined;
      const any = known ?? elementOf(interpreter, [atom], origin);
      return { of: atom, part: known || !isContainer(atom) ? any : any.flatMap((one) => ownPart(one, origin, index)) };
    }),
  );
  return result.length > 0 ? result : opaque(origin);
}

/** One of several parts of which only together is known what they may be. */
function ownPart(atom: Atom, origin: Origin & { readonly via: 'element' }, index: number | undefined): Value {
  if (atom.kind !== 'opaque') return [atom];
  if (index === undefined) return opaque({ ...origin, of: [atom] }, atom.type);
  return opaque({ via: 'item', of: [atom], key: int(index), site: origin.site }, atom.type);
}

function emitStore(
  interpreter: Interpreter,
  frame: Frame,
  target: Expr,
  form: 'variable' | 'class-variable' | 'attribute' | 'item',
  name: string | undefined,
  object: Value | undefined,
  value: Value,
  assignment: Assignment,
  key?: Value,
): void {
  if (!interpreter.listener.wanted.has('store')) return;
  interpreter.listener.on({
    kind: 'store',
    form,
    frame,
    statement: interpreter.statement,
    name,
    key,
    object,
    value,
    augmented: assignment.augmented,
    target,
    node: assignment.node,
    valueNode: assignment.valueNode,
  });
}
