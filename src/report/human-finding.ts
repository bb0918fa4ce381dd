import type { Finding, TextEdit } from '../findings/finding.ts';
import { humanExcerpts } from './human-excerpts.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { MASK } from './redaction.ts';
import type { ReportOptions } from './report-options.ts';
import type { ReportView } from './report-view.ts';
import { joinParts, type Part, textWidth, wrap } from './text-width.ts';

/** Words are broken at this width even on wider terminals; longer lines are hard to read. */
const TEXT_WIDTH = 110;
const LABEL_WIDTH = 7;
/** Lines of one edit that the verbose report shows. */
const MAX_EDIT_LINES = 6;

/** Writes findings for people; remembers what it said, so that advice is not repeated in a file. */
export class FindingWriter {
  private readonly view: ReportView;
  private readonly paint: Paint;
  private readonly options: ReportOptions;
  /** Advice of the current file → the line where it was given. */
  private advice = new Map<string, number>();
  private path = '';

  constructor(view: ReportView, paint: Paint, options: ReportOptions) {
    this.view = view;
    this.paint = paint;
    this.options = options;
  }

  /** The block of lines about one finding. */
  write(finding: Finding): readonly string[] {
    const { view, options, paint } = this;
    if (finding.primary.path !== this.path) {
      this.path = finding.primary.path;
      this.advice = new Map();
    }
    const message = wrap(view.message(finding), this.textWidth - 2).map((line) => `  ${line}`);
    if (options.quiet) return [this.headline(finding), ...message];
    const excerpts = humanExcerpts(view, finding, { paint, width: options.width, verbose: options.verbose });
    return [
      this.headline(finding),
      ...message,
      '',
      ...excerpts,
      '',
      ...this.related(finding),
      ...this.mend(finding),
      ...this.fix(finding),
      ...this.more(finding),
    ];
  }

  private get textWidth(): number {
    return Math.min(this.options.width, TEXT_WIDTH);
  }

  /** Columns beside a label. */
  private get blockWidth(): number {
    return this.textWidth - LABEL_WIDTH - 2;
  }

  private headline(finding: Finding): string {
    const { paint } = this;
    const severity = paint.strong(paint.severity(finding.severity, finding.severity));
    return `${this.place(finding.primary, (text) => paint.strong(text))}  ${severity}  ${printable(finding.ruleId)}`;
  }

  private place(location: Finding['primary'], tint: (text: string) => string): string {
    const { startLine, startColumn } = this.view.region(location);
    const text = `${this.view.path(location.path)}:${startLine}:${startColumn}`;
    return this.paint.fileLink(`${this.view.result.root}/${location.path}`, tint(text));
  }

  private related(finding: Finding): readonly string[] {
    const places = finding.related.map((one) => {
      const { startLine, startColumn } = this.view.region(one.location);
      return { one, width: textWidth(`${this.view.path(one.location.path)}:${startLine}:${startColumn}`) };
    });
    const widest = Math.min(RELATED_PLACE_WIDTH, Math.max(0, ...places.map((place) => place.width)));
    return places.flatMap(({ one, width }, at) => {
      const label = this.label(at === 0 ? 'See' : '');
      const indent = Math.max(widest, width) + 2;
      const place = `${label}${this.place(one.location, (text) => text)}`;
      const words = wrap(this.view.words(one.message, finding), Math.max(RELATED_WORDS_WIDTH, this.blockWidth - indent));
      return words.map((line, row) =>
        row === 0 ? `${place}${' '.repeat(indent - width)}${line}` : `${' '.repeat(LABEL_WIDTH + 2 + indent)}${line}`,
      );
    });
  }

  private mend(finding: Finding): readonly string[] {
    const advice = this.view.words(finding.remediation, finding);
    if (advice === '') return [];
    const given = this.advice.get(`${finding.ruleId}\n${advice}`);
    if (given !== undefined && !this.options.verbose) return this.block('Mend', `as at line ${given}`);
    this.advice.set(`${finding.ruleId}\n${advice}`, this.view.region(finding.primary).startLine);
    return this.block('Mend', advice);
  }

  private fix(finding: Finding): readonly string[] {
    if (finding.fix === undefined) return [];
    const how = finding.fix.level === 'safe' ? 'safe to apply' : 'a suggestion, to be looked at';
    const lines = this.block('Fix', `${this.view.words(finding.fix.description, finding)} (${how})`);
    if (!this.options.verbose) return lines;
    return [...lines, ...finding.fix.edits.flatMap((edit) => this.edit(edit, finding))];
  }

  /** What an edit takes out and puts in. */
  private edit(edit: TextEdit, finding: Finding): readonly string[] {
    const { path, start, end } = edit.location;
    const before = this.view.maskedText(path, start, end, MASK);
    const after = this.view.redaction.words(edit.replacement, finding);
    const lines = (sign: string, text: string) =>
      text === ''
        ? []
        : text
            .replace(/\n$/, '')
            .split(/\r?\n/)
            .map((line) => `${' '.repeat(LABEL_WIDTH + 2)}${sign} ${printable(line.replaceAll('\t', '    '))}`);
    const all = [...lines('-', before), ...lines('+', after)];
    const shown = all.length > MAX_EDIT_LINES ? [...all.slice(0, MAX_EDIT_LINES), `${' '.repeat(LABEL_WIDTH + 2)}⋮`] : all;
    return [`${' '.repeat(LABEL_WIDTH + 2)}${this.place(edit.location, (text) => this.paint.faint(text))}`, ...shown];
  }

  private more(finding: Finding): readonly string[] {
    const plain = (text: string): Part => ({ text, shown: text });
    const cwe = finding.cwe.map((id): Part => {
      const text = `CWE-${id}`;
      return { text, shown: this.paint.link(`https://cwe.mitre.org/data/definitions/${id}.html`, text) };
    });
    const parts = [plain(`ratel explain ${printable(finding.ruleId)}`), ...cwe, plain(`confidence ${finding.confidence}`)];
    const lines = joinParts(parts, { text: ' · ', shown: this.paint.faint(' · ') }, this.blockWidth);
    return lines.map((line, at) => `${this.label(at === 0 ? 'More' : '')}${line}`);
  }

  private block(label: string, text: string): readonly string[] {
    return wrap(text, this.blockWidth).map((line, at) => `${this.label(at === 0 ? label : '')}${line}`);
  }

  private label(text: string): string {
    return `  ${this.paint.good(text)}${' '.repeat(LABEL_WIDTH - text.length)}`;
  }
}

/** Related places are aligned unless one is longer than this. */
const RELATED_PLACE_WIDTH = 40;
/** Words beside a related place get at least as much, even where the line becomes too long. */
const RELATED_WORDS_WIDTH = 24;
