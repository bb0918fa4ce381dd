import type { Expr, SubscriptExpr } from '../../ir/nodes.ts';
import { forEachChild, isStmt } from '../../ir/walk.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { isContainer } from '../values/container.ts';
import { reachesSource } from '../values/taint.ts';
import type { Atom } from '../values/value.ts';
import type { Check } from './check.ts';
import { quietly } from './refine.ts';

/** `suffix = SUFFIXES[language]`: where that has not raised, the key is one of those of the dict. Asked after it ran. */
export function lookedUpKeys(interpreter: Interpreter, frame: Frame, node: Expr): readonly Check[] {
  return lookUpsIn(node).flatMap(({ object, index }) =>
    quietly(interpreter, () => {
      const key = evaluate(interpreter, frame, index);
      if (!reachesSource(interpreter, key)) return [];
      const table = evaluate(interpreter, frame, object);
      if (table.length === 0 || !table.every(isTable)) return [];
      return [{ fact: { kind: 'member', of: table }, holds: true, subject: key, site: site(frame, index) } as const];
    }),
  );
}

/** A dict of which all keys are known, and that makes no entry where there is none. */
function isTable(atom: Atom): boolean {
  return isContainer(atom, 'dict') && !atom.object.open && atom.object.size > 0 && atom.object.missing === undefined;
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
