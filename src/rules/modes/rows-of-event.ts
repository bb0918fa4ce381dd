import type { ClassInfo } from '../../evaluate/class-info.ts';
import type { Event } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Value } from '../../evaluate/value.ts';
import type { Expr } from '../../ir/nodes.ts';

/**
 * The classes of the project whose instances an event is about: what a call is made on, takes and gives, what a comparison compares, and what
 * that is an attribute of. So `may_edit(request.user, note)` and `note.author != request.user` are both about notes.
 */
export function rowsOf(event: Event): readonly ClassInfo[] {
  switch (event.kind) {
    case 'call': {
      const { positional, keywords } = event.args;
      return instances([event.receiver, event.result, ...[...positional, ...keywords].map(({ value }) => value)]);
    }
    case 'compare':
      return instances([event.left, event.right, ownerOf(event.leftNode, event.frame), ownerOf(event.rightNode, event.frame)]);
    default:
      return [];
  }
}

/** What the variable holds that a chain of attributes starts with: the note, where its author is compared. */
function ownerOf(node: Expr, { vars }: Frame): Value | undefined {
  if (node.kind !== 'attribute') return undefined;
  let at: Expr = node;
  while (at.kind === 'attribute') at = at.object;
  return at.kind === 'name' ? vars.get(at.id) : undefined;
}

function instances(values: readonly (Value | undefined)[]): readonly ClassInfo[] {
  return [...new Set(values.flatMap((value) => value?.flatMap((atom) => (atom.kind === 'object' ? [atom.info] : [])) ?? []))];
}
