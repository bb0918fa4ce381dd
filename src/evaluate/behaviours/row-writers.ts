import { argument } from '../calls/arguments.ts';
import { isContainer, orderedElements } from '../values/container.ts';
import { segmentsOf, textOf } from '../values/text.ts';
import { elementOf } from '../values/types.ts';
import { NONE, NOTHING, opaque, opaqueAtom, type Segment, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed } from './behaviour.ts';
import { appendPiece } from './buffer-behaviours.ts';
import { writtenTo } from './saved-files.ts';
import { putInto, stores } from './stores.ts';

/** Writers of tables into files: each row becomes a line of text there. https://docs.python.org/3/library/csv.html#csv.writer */
export const rowWriters: Readonly<Record<string, Behaviour>> = {
  'make-row-writer': (call) => {
    const file = argument(call.args, 0, 'csvfile')?.value ?? argument(call.args, undefined, 'f')?.value;
    return file && [opaqueAtom(call.origin, call.row.returns ?? call.row.name, file)];
  },
  'write-row': (call) => {
    writeRow(call, firstPassed(call) ?? NOTHING);
    return NONE;
  },
  'write-rows': (call) => {
    const rows = firstPassed(call) ?? NOTHING;
    const { site } = call.origin;
    const known = orderedElements(rows, call.frame.branch);
    for (const row of known ?? [elementOf(call.interpreter, rows, { via: 'element', of: rows, site })]) writeRow(call, row);
    return NONE;
  },
};

function writeRow(call: BehaviourCall, row: Value): void {
  const line = lineOf(call, row);
  const files = (call.receiver ?? NOTHING).flatMap((atom) => (atom.kind === 'opaque' && atom.of) || NOTHING);
  for (const { content } of stores(files)) if (!appendPiece(content, line, call)) putInto(call, content, line);
  writtenTo(call.interpreter, files, line);
}

/** The cells with commas between them, where they are known one by one. */
function lineOf({ frame, origin }: BehaviourCall, row: Value): Value {
  const [only, ...others] = row;
  const isDict = only !== undefined && others.length === 0 && isContainer(only, 'dict') && !only.object.open;
  const cells = isDict
    ? [...only.object.keyNames()].map((slot) => only.object.read(slot, frame.branch) ?? NOTHING)
    : orderedElements(row, frame.branch);
  if (!cells) return opaque({ via: 'operation', operands: [row], site: origin.site }, 'builtins.str');
  const segments = cells.flatMap((cell, at): Segment[] => [...(at > 0 ? [','] : []), ...segmentsOf(cell, origin.site)]);
  return textOf([...segments, '\r\n'], false, origin);
}
