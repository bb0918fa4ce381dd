import { append, container, isContainer, knownElements } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { segmentsOf, stringSegments, textOf } from '../values/text.ts';
import { NONE, opaqueAtom, type Segment, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { stores } from './stores.ts';

/**
 * Streams in memory: what was written to one, piece by piece, is what is read of it, as long as all of it was written on the way on which it was
 * made. https://docs.python.org/3/library/io.html#io.StringIO
 */
export const bufferBehaviours: Readonly<Record<string, Behaviour>> = {
  'make-buffer': (call) => {
    const content = new HeapObject(call.origin.site, call.frame.branch);
    content.length = 0;
    const [initial] = call.args.positional;
    const isText = call.row.name.startsWith('io.');
    if (initial && isText) appendTo(content, initial.value, call);
    return [opaqueAtom(call.origin, call.row.returns ?? call.row.name, undefined, content)];
  },
  /** `getvalue()`, `read()` */
  'read-buffer': (call) => {
    const [only, ...others] = stores(call.receiver);
    if (!only || others.length > 0 || call.receiver?.length !== 1 || call.args.positional.length > 0) return undefined;
    const pieces = isOnItsWay(only.content, call) ? piecesOf(only.content, call) : undefined;
    if (!pieces) return undefined;
    const segments: Segment[] = [];
    for (const piece of pieces) {
      const [atom, ...more] = piece;
      const own = atom && more.length === 0 ? stringSegments(atom) : undefined;
      segments.push(...(own ?? segmentsOf(piece, call.origin.site)));
    }
    return textOf(segments, call.row.returns === 'builtins.bytes', call.origin);
  },
  /** `truncate(0)` empties it; with anything else it is not known what is left. */
  'cut-buffer': (call) => {
    const [at] = call.args.positional;
    const [only] = at?.value ?? [];
    const isAll = only?.kind === 'constant' && only.literal.type === 'int' && Number(only.literal.value) === 0;
    for (const { content } of stores(call.receiver)) {
      if (isAll && isOnItsWay(content, call)) content.clear();
      else if (at) content.length = undefined;
    }
    return NONE;
  },
};

/** Puts a piece behind all that was written; false where it is not known what was. */
export function appendPiece(content: HeapObject, value: Value, call: BehaviourCall): boolean {
  if (!isOnItsWay(content, call)) return false;
  appendTo(content, value, call);
  return true;
}

function isOnItsWay(content: HeapObject, { frame }: BehaviourCall): boolean {
  return content.length !== undefined && !content.open && content.branch === frame.branch;
}

function appendTo(content: HeapObject, value: Value, { frame }: BehaviourCall): void {
  for (const list of container('list', content)) if (isContainer(list)) append(list, value, frame.branch, true);
}

function piecesOf(content: HeapObject, { frame }: BehaviourCall): readonly Value[] | undefined {
  const [list] = container('list', content);
  return list && isContainer(list) ? knownElements(list, frame.branch) : undefined;
}
