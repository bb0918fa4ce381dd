import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../../evaluate/values/branch.ts';
import { isContainer } from '../../../evaluate/values/container.ts';
import { valuesBefore } from '../../../evaluate/values/taint.ts';
import type { Atom, OpaqueAtom, Value } from '../../../evaluate/values/value.ts';
import type { FlowStop } from '../stop.ts';

/** Values that are looked at on the way back. */
const MAX_VISITS = 400;
/** Ends that are told; more would not help anybody. */
const MAX_ENDS = 8;

/** Where a value comes from, as far back as the evaluator knows it. */
export function endsOf(interpreter: Interpreter, value: Value): readonly FlowStop[] {
  const ends: FlowStop[] = [];
  const seen = new Set<Atom>(value);
  for (const atom of seen) {
    if (seen.size > MAX_VISITS || ends.length >= MAX_ENDS) break;
    const before = isContainer(atom) ? atom.object.everything(ROOT_BRANCH) : valuesBefore(atom).flat();
    for (const one of before) seen.add(one);
    const end = atom.kind === 'opaque' ? endOf(interpreter, atom, before.length === 0) : undefined;
    if (end) ends.push({ site: atom.kind === 'opaque' ? atom.origin.site : end.site, words: end.words });
  }
  return ends;
}

function endOf(interpreter: Interpreter, { origin }: OpaqueAtom, isFirst: boolean): FlowStop | undefined {
  const end = (words: string): FlowStop => ({ site: origin.site, words });
  switch (origin.via) {
    case 'parameter':
      return end(`parameter ${origin.name} of ${origin.info.name}(): no call that was followed passes something from outside`);
    case 'unresolved':
      return end(`the name ${origin.name}, which nothing in the project defines`);
    case 'budget':
      return end('the work for following calls was used up here');
    case 'many':
      return end('more alternatives than are kept apart');
    case 'global':
      return end(`${origin.name}, which the library models do not call a source`);
    case 'call': {
      const name = (origin.names[0] ?? '').replace(/\(\)$/, '');
      const isKnown = origin.names.some((one) => interpreter.library.row(one) !== undefined);
      if (isKnown && !isFirst) return undefined;
      return isKnown
        ? end(`a call of ${name}(), which is not a source`)
        : end(`a call of ${name === '' ? 'something unknown' : `${name}(), of which no model and no code is at hand`}`);
    }
    case 'attribute':
    case 'item':
    case 'element':
    case 'operation':
    case 'checked':
      return undefined;
  }
}
