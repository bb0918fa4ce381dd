import type { Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, NOTHING, type Value } from '../values/value.ts';
import { isTelling } from './implied-checks.ts';

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

/** Whether an instance keeps something from outside where a test looks: in the field of `is_safe(self.url)`, or in any where a method is asked. */
function holdsSource(interpreter: Interpreter, frame: Frame, atom: Atom, attributes: readonly string[]): boolean {
  if (atom.kind !== 'object') return false;
  const { object } = atom;
  return attributes.some((name) => {
    const value = object.read(name, frame.branch);
    return value ? reachesSource(interpreter, value) : keepsSource(interpreter, frame, atom);
  });
}

/** Whether one instance, not any, keeps something from outside in a field. */
export function keepsSource(interpreter: Interpreter, frame: Frame, atom: Atom): boolean {
  if (atom.kind !== 'object' || atom.object === atom.info.anyInstance) return false;
  const { object } = atom;
  return [...object.keyNames()].some((name) => reachesSource(interpreter, object.read(name, frame.branch) ?? NOTHING));
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
