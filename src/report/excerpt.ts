import type { Location } from '../findings/finding.ts';
import { type ExcerptLine, excerptLine } from './excerpt-line.ts';
import type { ReportView } from './report-view.ts';

/** One line of an excerpt with its number, or a place where lines are left out. */
export type ExcerptRow =
  | { readonly kind: 'line'; readonly number: number; readonly line: ExcerptLine }
  | { readonly kind: 'skipped'; readonly count: number };

/** A place that spans more lines than this is shown by its first lines and its last one. */
const MAX_LINES = 4;
const FIRST_LINES = 2;

/** The lines of a place, each with its part marked. Empty for a file that was not read. */
export function excerpt(view: ReportView, location: Location, width: number): readonly ExcerptRow[] {
  const lines = view.linesOf(location.path);
  if (lines === undefined) return [];
  const region = view.region(location);
  const numbers = Array.from({ length: region.endLine - region.startLine + 1 }, (_, at) => region.startLine + at);
  const shown = numbers.length > MAX_LINES ? [...numbers.slice(0, FIRST_LINES), region.endLine] : numbers;
  const rows = shown.map((number): ExcerptRow => {
    const start = lines.startOf(number);
    const text = lines.lineText(number);
    const firstWord = start + (/^\s*/.exec(text)?.[0].length ?? 0);
    const mark = {
      start: number === region.startLine ? start + region.startColumn - 1 : firstWord,
      end: number === region.endLine ? start + region.endColumn - 1 : start + text.length,
    };
    return { kind: 'line', number, line: excerptLine(view, location.path, { start, end: start + text.length }, mark, width) };
  });
  if (shown.length < numbers.length) rows.splice(FIRST_LINES, 0, { kind: 'skipped', count: numbers.length - shown.length });
  return rows;
}
