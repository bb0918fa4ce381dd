import type { ComprehensionClause, ComprehensionExpr } from '../../ir/nodes.ts';
import { quietly } from '../checks/refine.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { bindTarget } from '../statements/assign.ts';
import { itemsOf, MAX_NAMES } from '../statements/spelled-loop.ts';
import { container, isContainer, knownElements, sequence, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { truthOf } from '../values/truth.ts';
import { type Atom, str, type Value } from '../values/value.ts';
import { evaluate } from './expressions.ts';

/** Elements up to which a comprehension is run element by element: lists of hosts, applications and middleware are shorter. */
const MAX_UNROLLED = 64;
/** Of so many the elements may be anything. */
const MAX_ANY = 6;

/**
 * What a comprehension over a short collection of constants gives, element by element: `[f"security.W{n:03}" for n in (4, 8)]`.
 * `undefined` where the collection, a condition or a key is not known. No events: those of the one general round are enough.
 * @param iterable what the first clause iterates over
 */
export function unrolled(interpreter: Interpreter, frame: Frame, node: ComprehensionExpr, iterable: Value): Value | undefined {
  const [loop, ...inner] = node.clauses;
  const only = iterable[0];
  if (loop?.kind !== 'for') return undefined;
  // `{key: value for key, value in vars(defaults).items() if key.isupper()}`
  const items = node.key ? itemsOf(interpreter, frame, loop.iterable) : undefined;
  const elements = items ?? (iterable.length === 1 && only ? elementsOf(only, frame) : undefined);
  if (!elements || elements.length > (items ? MAX_NAMES : MAX_UNROLLED)) return undefined;
  if (!items && elements.length > MAX_ANY && !elements.every((element) => isPlain(element, frame))) return undefined;
  return quietly(interpreter, () => {
    const before = frame.vars;
    frame.vars = new Map(before);
    try {
      const object = new HeapObject(site(frame, node), frame.branch);
      const values: Value[] = [];
      const take = (): boolean => {
        const value = evaluate(interpreter, frame, node.element);
        values.push(value);
        if (!node.key) return true;
        const slot = slotOfKey(evaluate(interpreter, frame, node.key));
        if (slot !== undefined) object.write(slot, value, frame.branch);
        return slot !== undefined;
      };
      for (const element of elements) {
        bindTarget(interpreter, frame, loop.target, element, undefined);
        if (!goThrough(interpreter, frame, inner, take) || values.length > MAX_UNROLLED) return undefined;
      }
      if (node.key) return container('dict', object);
      return sequence(node.form === 'set' ? 'set' : 'list', values, site(frame, node), frame.branch);
    } finally {
      frame.vars = before;
    }
  });
}

/** The elements of a collection, or the characters of a text. */
function elementsOf(atom: Atom, frame: Frame): readonly Value[] | undefined {
  if (isContainer(atom)) return knownElements(atom, frame.branch);
  return atom.kind === 'constant' && atom.literal.type === 'str' && atom.literal.value.length <= MAX_UNROLLED
    ? [...atom.literal.value].map(str)
    : undefined;
}

/** Takes what is left of the clauses; whether all of it is known. */
function goThrough(interpreter: Interpreter, frame: Frame, clauses: readonly ComprehensionClause[], take: () => boolean): boolean {
  const [clause, ...inner] = clauses;
  if (!clause) return take();
  if (clause.kind === 'if') {
    const truth = truthOf(evaluate(interpreter, frame, clause.test));
    return truth === undefined ? false : !truth || goThrough(interpreter, frame, inner, take);
  }
  const [only, ...others] = evaluate(interpreter, frame, clause.iterable);
  const elements = only && others.length === 0 && isContainer(only) ? knownElements(only, frame.branch) : undefined;
  if (!elements || clause.async || elements.length > MAX_ANY) return false;
  return elements.every((element) => {
    bindTarget(interpreter, frame, clause.target, element, undefined);
    return goThrough(interpreter, frame, inner, take);
  });
}

/** What has a name is as plain as a constant: `for name, view in (("about", views.about), ("terms", views.terms))`. */
const NAMED: ReadonlySet<Atom['kind']> = new Set<Atom['kind']>(['constant', 'function', 'class', 'module', 'symbol']);

/** A constant, or a collection of constants: `for name, port in (("a", 1), ("b", 2))`. */
function isPlain(value: Value, frame: Frame): boolean {
  const isConstant = (atoms: readonly Atom[]): boolean => atoms.length === 1 && NAMED.has(atoms[0]?.kind ?? 'opaque');
  const [only] = value;
  if (value.length === 1 && only && isContainer(only)) return knownElements(only, frame.branch)?.every(isConstant) ?? false;
  return isConstant(value);
}
