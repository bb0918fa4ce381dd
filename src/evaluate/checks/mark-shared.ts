import { encloses } from '../../util/encloses.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { type Atom, NOTHING, type Value } from '../values/value.ts';
import type { Check } from './check.ts';
import { markValue } from './mark-checked.ts';

/**
 * What a function finds out about values that it has put where others read them holds for these: `g.schema = …`, and then `abort(400)` unless it
 * is a known one; `self.period = …` in `dispatch()` of a view. Only behind conditions that every way to the function's end has met.
 */
export function markShared(interpreter: Interpreter, frame: Frame, checks: readonly Check[]): void {
  const { info } = frame;
  if (checks.length === 0 || !info || frame.branch !== frame.start) return;
  const isOwn = (atom: Atom): boolean =>
    (atom.kind === 'opaque' || atom.kind === 'text') &&
    atom.origin.site.module === info.module &&
    encloses(info.node, atom.origin.site.node);
  const mark = (value: Value): Value => value.flatMap((atom) => (isOwn(atom) ? markValue(interpreter, [atom], checks) : [atom]));
  interpreter.shared.refine(info, mark);
  const self = info.owner && info.binding === 'plain' ? frame.vars.get(info.node.params[0]?.name ?? '') : undefined;
  for (const atom of self ?? NOTHING) {
    if (atom.kind !== 'object' || atom.object !== atom.info.anyInstance) continue;
    for (const name of atom.object.keyNames()) {
      const value = atom.object.read(name, frame.branch) ?? NOTHING;
      const marked = mark(value);
      if (marked.some((one, at) => one !== value[at])) atom.object.write(name, marked, frame.branch);
    }
  }
}
