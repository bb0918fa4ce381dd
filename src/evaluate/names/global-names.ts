import type { CallExpr, Expr, Stmt } from '../../ir/nodes.ts';
import { quietly } from '../checks/refine.ts';
import { evaluate } from '../expressions/expressions.ts';
import { type Frame, isModuleBody } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { isContainer } from '../values/container.ts';
import { type Atom, NOTHING, type Value } from '../values/value.ts';
import { bindName } from './bind.ts';
import { isNamespace } from './namespace.ts';

/** Gives a name of a module a value by what holds its names, and remembers the statement of its body that led there. */
export function setGlobal(interpreter: Interpreter, frame: Frame, names: Frame, name: string, value: Value): void {
  bindGlobal(interpreter, names, name, value);
  const statement = statementIn(interpreter, names, frame);
  if (statement) names.state.named.set(name, statement);
}

/** `ns.update(DEBUG=True)`, `globals().update(vars(defaults))` */
export function updateNamespace(interpreter: Interpreter, frame: Frame, call: CallExpr): void {
  const { callee, args } = call;
  if (callee.kind !== 'attribute' || callee.name !== 'update') return;
  const { object } = callee;
  if (object.kind !== 'name' && !isNamespace(object)) return;
  const names = namespaceFrame(
    interpreter,
    frame,
    object,
    quietly(interpreter, () => evaluate(interpreter, frame, object)),
  );
  if (!names) return;
  for (const arg of args) {
    const value = quietly(interpreter, () => evaluate(interpreter, frame, arg.value));
    if (arg.name !== undefined) setGlobal(interpreter, frame, names, arg.name, value);
    else for (const atom of value) takeNames(interpreter, frame, names, atom);
  }
}

function takeNames(interpreter: Interpreter, frame: Frame, names: Frame, atom: Atom): void {
  const statement = statementIn(interpreter, names, frame);
  if (isContainer(atom, 'dict'))
    for (const slot of atom.object.keyNames())
      if (slot.startsWith('s:')) setGlobal(interpreter, frame, names, slot.slice(2), atom.object.read(slot, frame.branch) ?? NOTHING);
  if (statement && !(isContainer(atom, 'dict') && !atom.object.open)) names.state.opened.add(statement);
}

/** The body of the module whose names an object is, while that runs: `globals()`, also where it was passed to a function. */
export function namespaceFrame(interpreter: Interpreter, frame: Frame, node: Expr, object: Value): Frame | undefined {
  if (isModuleBody(frame) && isNamespace(node)) return frame;
  const [only, ...others] = object;
  if (only?.kind !== 'opaque' || others.length > 0 || only.origin.via !== 'call') return undefined;
  const { names, site: made } = only.origin;
  const state = names.includes('builtins.globals') ? interpreter.states.get(made.module) : undefined;
  return state?.status === 'running' ? state.frame : undefined;
}

/** The statement in the body of a module that led to what runs now. */
function statementIn(interpreter: Interpreter, body: Frame, frame: Frame): Stmt | undefined {
  if (frame === body) return interpreter.statement;
  for (let at: Frame | undefined = frame; at?.caller; at = at.caller.frame)
    if (at.caller.frame === body) {
      const { node } = at.caller;
      return body.state.module.unit.body.find(({ start, end }) => start <= node.start && node.end <= end);
    }
  return undefined;
}

/** Gives a name of the module that runs a value, or what is assumed of it. */
export function bindGlobal(interpreter: Interpreter, frame: Frame, name: string, value: Value): void {
  bindName(frame, name, interpreter.assumptions ? interpreter.assumptions.bound(name, value) : value);
}
