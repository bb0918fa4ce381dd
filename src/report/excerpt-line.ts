import { printable } from './printable.ts';
import { MASK } from './redaction.ts';
import type { ReportView } from './report-view.ts';
import { characterWidth, textWidth } from './text-width.ts';

/** A line of source fit to print, and where the marked part of it is. Columns are of the terminal, from 0, the end exclusive. */
export interface ExcerptLine {
  readonly text: string;
  readonly markStart: number;
  readonly markEnd: number;
  /** Whether the line was too long and is shown around the mark only. */
  readonly isClipped: boolean;
}

/** What is shown in one place: a character, a secret, a tab, a stand-in. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

const TAB_WIDTH = 4;
/** Part of the width that a clipped line shows before the mark, so that one sees what it belongs to. */
const CONTEXT_SHARE = 3;
const ELLIPSIS = '…';

/**
 * Renders the line from `lineStart` to `lineEnd` with `[markStart, markEnd)` marked (all offsets of the file's text): tabs expanded,
 * secrets masked, control characters replaced, clipped around the mark to `width` columns.
 */
export function excerptLine(
  view: ReportView,
  path: string,
  line: { readonly start: number; readonly end: number },
  mark: { readonly start: number; readonly end: number },
  width: number,
): ExcerptLine {
  const from = Math.max(line.start, mark.start - width);
  const to = Math.min(line.end, Math.max(mark.start, from) + 2 * width);
  const cells = cellsOf(view, path, from, to);
  const window = windowOf(cells, mark, { width, cutBefore: from > line.start, cutBehind: to < line.end });
  const shown = cells.slice(window.first, window.last);
  const lead = window.first > 0 || from > line.start ? ELLIPSIS : '';
  const trail = window.last < cells.length || to < line.end ? ELLIPSIS : '';
  let column = textWidth(lead);
  let markStart: number | undefined;
  let markEnd = column;
  for (const cell of shown) {
    if (cell.end > mark.start && cell.start < Math.max(mark.end, mark.start + 1)) {
      markStart ??= column;
      markEnd = column + cell.width;
    }
    column += cell.width;
  }
  const start = markStart ?? (shown.length > 0 && mark.start >= (shown.at(-1)?.end ?? 0) ? column : textWidth(lead));
  const text = `${lead}${shown.map((cell) => cell.text).join('')}${trail}`.trimEnd();
  return { text, markStart: start, markEnd: Math.max(start + 1, markEnd), isClipped: lead !== '' || trail !== '' };
}

function cellsOf(view: ReportView, path: string, from: number, to: number): readonly Cell[] {
  const text = view.result.textOf(path) ?? '';
  const masked = view.redaction.spans(path, from, to);
  const cells: Cell[] = [];
  let column = 0;
  let mask = 0;
  let at = from;
  const push = (shown: string, end: number): void => {
    const width = textWidth(shown);
    cells.push({ text: shown, width, start: at, end });
    column += width;
    at = end;
  };
  while (at < to) {
    while (masked[mask] !== undefined && (masked[mask]?.end ?? 0) <= at) mask++;
    const secret = masked[mask];
    if (secret !== undefined && secret.start <= at) {
      push(MASK, Math.max(at + 1, secret.end));
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
    const end = at + character.length;
    if (character === '\t') push(' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)), end);
    else if (characterWidth(character) === 0 && cells.length > 0 && printable(character) === character) joinToLast(cells, character, end);
    else push(printable(character), end);
    at = end;
  }
  return cells;
}

/** An accent or a joiner belongs to the character before it. */
function joinToLast(cells: Cell[], character: string, end: number): void {
  const last = cells.pop();
  if (last !== undefined) cells.push({ ...last, text: last.text + character, end });
}

interface Limits {
  readonly width: number;
  readonly cutBefore: boolean;
  readonly cutBehind: boolean;
}

/** Which cells fit: all, or those from a little before the mark on. */
function windowOf(
  cells: readonly Cell[],
  mark: { readonly start: number },
  limits: Limits,
): { readonly first: number; readonly last: number } {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (total <= limits.width && !limits.cutBefore && !limits.cutBehind) return { first: 0, last: cells.length };
  const marked = cells.findIndex((cell) => cell.end > mark.start);
  let first = marked < 0 ? cells.length : marked;
  let before = 0;
  while (first > 0 && before + (cells[first - 1]?.width ?? 0) <= limits.width / CONTEXT_SHARE) {
    first--;
    before += cells[first]?.width ?? 0;
  }
  let last = first;
  let used = 2;
  while (last < cells.length && used + (cells[last]?.width ?? 0) <= limits.width) {
    used += cells[last]?.width ?? 0;
    last++;
  }
  return { first, last };
}
