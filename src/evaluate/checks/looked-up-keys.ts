import type { Expr, SubscriptExpr } from '../../ir/nodes.ts';
import { forEachChild, isStmt } from '../../ir/walk.ts';
import { enumNames } from '../classes/validated-model.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { isContainer, sequence } from '../values/container.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, str, type Value } from '../values/value.ts';
import type { Check } from './check.ts';
import { quietly } from './refine.ts';

/** `suffix = SUFFIXES[language]`, `kind = Kind[name]`: where that has not raised, the key is one of those of the dict, or a member. Asked after it ran. */
export function lookedUpKeys(interpreter: Interpreter, frame: Frame, node: Expr): readonly Check[] {
  return lookUpsIn(node).flatMap(({ object, index }) =>
    quietly(interpreter, () => {
      const key = evaluate(interpreter, frame, index);
      if (!reachesSource(interpreter, key)) return [];
      const tables = evaluate(interpreter, frame, object).map((atom) => tableOf(interpreter, frame, object, atom));
      if (tables.length === 0 || tables.some((one) => one === undefined)) return [];
      const table = tables.flatMap((one) => one ?? []);
      return [{ fact: { kind: 'member', of: table }, holds: true, subject: key, site: site(frame, index) } as const];
    }),
  );
}

/** A dict of which all keys are known, and that makes no entry where there is none; of an enumeration the names of its members. */
function tableOf(interpreter: Interpreter, frame: Frame, node: Expr, atom: Atom): Value | undefined {
  if (isContainer(atom, 'dict')) return !atom.object.open && atom.object.size > 0 && atom.object.missing === undefined ? [atom] : undefined;
  const names = atom.kind === 'class' ? enumNames(interpreter, atom.info) : [];
  return names.length > 0 ? sequence('list', names.map(str), site(frame, node), frame.branch) : undefined;
}

/** The look-ups that an expression makes in any case. */
function lookUpsIn(node: Expr): readonly SubscriptExpr[] {
  let known = lookUps.get(node);
  if (!known) {
    const found: SubscriptExpr[] = [];
    gather(node, found);
    known = found;
    lookUps.set(node, known);
  }
  return known;
}
const lookUps = new WeakMap<Expr, readonly SubscriptExpr[]>();

function gather(node: Expr, found: SubscriptExpr[]): void {
  if (SOMETIMES.has(node.kind)) return;
  if (node.kind === 'subscript' && node.index.kind !== 'literal' && node.index.kind !== 'slice') found.push(node);
  forEachChild(node, (child) => {
    if (!isStmt(child)) gather(child, found);
  });
}
/** What may leave out parts of itself, or runs them later. */
const SOMETIMES: ReadonlySet<Expr['kind']> = new Set<Expr['kind']>(['boolean', 'conditional', 'comprehension', 'lambda', 'compare']);
