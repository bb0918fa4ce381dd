import type { LineIndex } from '../source/line-index.ts';
import type { Fix, Location } from './finding.ts';
import type { Suppression } from './suppression-comment.ts';
import { standsAlone } from './suppression-reach.ts';

/** Takes the unused names out of a suppression, and the whole comment, or our part of it, when none is left. */
export function suppressionFix(suppression: Suppression, unused: ReadonlySet<string>, lines: LineIndex): Fix {
  const kept = suppression.names.map((one) => one.name).filter((name) => !unused.has(name));
  if (kept.length === 0) {
    const location = directiveRange(suppression, lines);
    return { level: 'safe', description: 'Delete the suppression comment', edits: [{ location, replacement: '' }] };
  }
  const names = [...unused].join(', ');
  const edits = [{ location: suppression.brackets, replacement: kept.join(', ') }];
  return { level: 'safe', description: `Take ${names} out of the suppression comment`, edits };
}

/** What has to go so that no trace of the directive stays: its line, the blanks before it, or its part of a shared comment. */
function directiveRange(suppression: Suppression, lines: LineIndex): Location {
  const { comment, directive } = suppression;
  const { path } = comment;
  const text = lines.text;
  const before = text.slice(comment.start, directive.start);
  const behind = text.slice(directive.end, comment.end);
  if (/[A-Za-z]/.test(before)) {
    const sign = backOver(text, backOver(text, directive.start, BLANKS), '#');
    return { path, start: backOver(text, sign, BLANKS), end: directive.end };
  }
  if (/[A-Za-z]/.test(behind)) {
    const sign = /^\s*#+\s*/.exec(behind);
    return { path, start: directive.start, end: directive.end + (sign?.[0].length ?? 0) };
  }
  return standsAlone(comment, lines) ? wholeLines(comment, lines) : { path, start: blanksBefore(comment, lines), end: comment.end };
}

function wholeLines(comment: Location, lines: LineIndex): Location {
  const start = lines.startOf(lines.at(comment.start).line);
  return { path: comment.path, start, end: lines.startOf(lines.at(comment.end).line + 1) };
}

/** Blanks before a trailing comment go with it, unless more text follows behind it on the line. */
function blanksBefore(comment: Location, lines: LineIndex): number {
  const line = lines.at(comment.end).line;
  const lineEnd = lines.startOf(line) + lines.lineText(line).length;
  if (lines.text.slice(comment.end, lineEnd).trim() !== '') return comment.start;
  return backOver(lines.text, comment.start, BLANKS);
}

const BLANKS = ' \t\f';

/** The offset of the first of the given units that stand right before an offset. (A regular expression would search from every unit of a long run.) */
function backOver(text: string, offset: number, units: string): number {
  let at = offset;
  while (at > 0 && units.includes(text.charAt(at - 1))) at--;
  return at;
}
