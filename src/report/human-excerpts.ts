import type { Finding, Location, Severity } from '../findings/finding.ts';
import { type ExcerptRow, excerpt } from './excerpt.ts';
import type { Paint } from './paint.ts';
import type { ReportView } from './report-view.ts';
import { textWidth, wrap } from './text-width.ts';

/** A place to be shown with its line, and what is said about it. */
interface Mark {
  readonly location: Location;
  /** The place the finding is about; others are steps on the way. */
  readonly isPrimary: boolean;
  readonly label: string;
}

export interface ExcerptOptions {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
}

/** A longer flow is shown by its beginning and its end, where the reader has to look first. */
const MAX_STEPS = 10;
const FIRST_STEPS = 4;
const LAST_STEPS = 5;
const INDENT = '    ';

/** The excerpts of a finding: its primary place, or its flow in numbered steps, file by file. */
export function humanExcerpts(view: ReportView, finding: Finding, options: ExcerptOptions): readonly string[] {
  const marks = marksOf(view, finding);
  const shown = options.verbose || marks.length <= MAX_STEPS ? marks : [...marks.slice(0, FIRST_STEPS), ...marks.slice(-LAST_STEPS)];
  const skipped = marks.length - shown.length;
  const gutter = Math.max(...shown.map((mark) => String(view.region(mark.location).endLine).length));
  const writer = new ExcerptWriter(view, finding.severity, gutter, options);
  const isOneFile = shown.every((mark) => mark.location.path === finding.primary.path);
  let before: Mark | undefined;
  shown.forEach((mark, at) => {
    if (skipped > 0 && at === FIRST_STEPS) writer.note(`${skipped} more steps (--verbose shows them)`);
    if (!isOneFile && mark.location.path !== before?.location.path) writer.file(mark.location);
    writer.mark(mark);
    before = mark;
  });
  return writer.rows;
}

/** The steps of the flow; the primary place takes the number of its step, or stands before them when it is none. */
function marksOf(view: ReportView, finding: Finding): readonly Mark[] {
  const steps = finding.codeFlow.map((step, at): Mark => {
    const isPrimary = at === finding.codeFlow.length - 1 && same(step.location, finding.primary);
    return { location: step.location, isPrimary, label: `${at + 1} ${view.words(step.message, finding)}` };
  });
  return steps.at(-1)?.isPrimary ? steps : [{ location: finding.primary, isPrimary: true, label: '' }, ...steps];
}

function same(a: Location, b: Location): boolean {
  return a.path === b.path && a.start === b.start && a.end === b.end;
}

class ExcerptWriter {
  readonly rows: string[] = [];
  private readonly view: ReportView;
  private readonly severity: Severity;
  private readonly gutter: number;
  private readonly options: ExcerptOptions;
  /** The line shown last, so that two marks on one line share it. */
  private shownLine = '';

  constructor(view: ReportView, severity: Severity, gutter: number, options: ExcerptOptions) {
    this.view = view;
    this.severity = severity;
    this.gutter = gutter;
    this.options = options;
  }

  file(location: Location): void {
    const { paint } = this.options;
    const { startLine, startColumn } = this.view.region(location);
    const text = `${this.view.path(location.path)}:${startLine}:${startColumn}`;
    this.rows.push(
      `${INDENT}${' '.repeat(this.gutter)} ${paint.faint('╭─')} ${paint.fileLink(`${this.view.result.root}/${location.path}`, text)}`,
    );
    this.shownLine = '';
  }

  note(text: string): void {
    this.push('', this.options.paint.faint(`⋮ ${text}`));
    this.shownLine = '';
  }

  mark(mark: Mark): void {
    const width = Math.max(MIN_CODE_WIDTH, this.options.width - INDENT.length - this.gutter - 3);
    const rows = excerpt(this.view, mark.location, width);
    if (rows.length === 0) this.label(0, '', mark);
    rows.forEach((row, at) => {
      if (row.kind === 'skipped') this.note(row.count === 1 ? '1 line' : `${row.count} lines`);
      else this.line(row, mark, at === rows.length - 1);
    });
  }

  private line(row: ExcerptRow & { readonly kind: 'line' }, mark: Mark, isLast: boolean): void {
    const { number, line } = row;
    const key = `${mark.location.path}\n${number}\n${line.text}`;
    if (key !== this.shownLine) this.push(String(number), line.text);
    this.shownLine = key;
    if (line.text.trim() === '' && !isLast) return;
    const sign = mark.isPrimary ? '^' : '─';
    this.label(line.markStart, sign.repeat(line.markEnd - line.markStart), isLast ? mark : { ...mark, label: '' });
  }

  /** The signs under a line, and the words behind them or, when there is no room, below them. */
  private label(column: number, signs: string, mark: Mark): void {
    const room = this.options.width - INDENT.length - this.gutter - 3;
    const end = column + signs.length + 1;
    if (mark.label === '' || end + textWidth(mark.label) <= room) {
      this.push('', ' '.repeat(column) + this.tint([signs, mark.label].filter((part) => part !== '').join(' '), mark));
      return;
    }
    this.push('', ' '.repeat(column) + this.tint(signs, mark));
    const indent = Math.max(0, Math.min(column, room - MIN_LABEL_WIDTH));
    for (const words of wrap(mark.label, Math.max(MIN_LABEL_WIDTH, room - indent)))
      this.push('', ' '.repeat(indent) + this.tint(words, mark));
  }

  private tint(text: string, mark: Mark): string {
    const { paint } = this.options;
    return mark.isPrimary ? paint.severity(this.severity, text) : paint.name(text);
  }

  private push(number: string, text: string): void {
    const { paint } = this.options;
    this.rows.push(`${INDENT}${paint.faint(`${number.padStart(this.gutter)} │`)} ${text}`.trimEnd());
  }
}

const MIN_CODE_WIDTH = 30;
const MIN_LABEL_WIDTH = 24;
