import type { Gap, Severity } from '../findings/finding.ts';
import { groupBy } from '../util/group-by.ts';
import { gapWords, reasonWords } from './gap-words.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';
import type { ReportOptions } from './report-options.ts';
import type { ReportView } from './report-view.ts';
import { joinParts, type Part, wrap } from './text-width.ts';

/** Up to this many gaps, or stale entries, are listed one by one even without `--verbose`. */
const FEW = 5;
/** Files that stand for a group of gaps. */
const EXAMPLES = 3;

/** From so many findings on the report is longer than a screen or two: the end says which rules spoke most. */
const MANY = 20;
/** Rules that are named there. */
const MOST = 5;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** The end of the human report: what was found in how much, what was not looked at, and what is stale. */
export function humanSummary(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  return [
    ...countLines(view, paint, options),
    ...mostLines(view, paint, options),
    ...gapLines(view, paint, options),
    ...staleLines(view, paint, options),
  ];
}

function countLines(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  const { findings, stats } = view.result;
  if (stats.files === 0) return [`${paint.severity('warning', 'Nothing was audited:')} no file here is one that ratel reads.`];
  const suppressed = findings.filter((finding) => finding.status === 'suppressed').length;
  const baselined = findings.filter((finding) => finding.status === 'baselined').length;
  const extras = [
    seconds(stats.milliseconds),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
  ];
  const parts = [verdict(view, paint), ...extras.map((text) => ({ text, shown: text }))];
  return joinParts(parts, { text: ' · ', shown: paint.faint(' · ') }, options.width);
}

/** What was found in how much. */
function verdict(view: ReportView, paint: Paint): Part {
  const files = plural(view.result.stats.files, 'file');
  if (view.open.length === 0) {
    const checked = `${plural(view.result.rules.length, 'rule')} looked at ${files} and found nothing`;
    return { text: `✓ ${checked}`, shown: `${paint.good('✓')} ${checked}` };
  }
  const counts = SEVERITIES.flatMap((severity): Part[] => {
    const count = view.open.filter((finding) => finding.severity === severity).length;
    const text = plural(count, severity);
    return count === 0 ? [] : [{ text, shown: paint.severity(severity, text) }];
  });
  const touched = new Set(view.open.map((finding) => finding.primary.path)).size;
  const say = (form: keyof Part) => `${counts.map((part) => part[form]).join(', ')} in ${touched} of ${files}`;
  return { text: say('text'), shown: say('shown') };
}

/** Which rules spoke most often, and how to see less at once. */
function mostLines(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  if (view.open.length <= MANY) return [];
  const rules = [...groupBy(view.open, (finding) => finding.ruleId)].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const named = rules.slice(0, MOST).map(([rule, findings]) => `${findings.length} × ${rule}`);
  const rest = rules.length > MOST ? `, and ${plural(rules.length - MOST, 'other rule')}` : '';
  const hint = '--min-severity error shows errors alone, --select RULE one rule, --write-baseline accepts what is there';
  return [...indented(`${named.join(', ')}${rest}`, options), ...indented(hint, options).map((line) => paint.faint(line))];
}

function gapLines(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  const { gaps } = view.result;
  if (gaps.length === 0) return [];
  const heading = `${paint.severity('warning', plural(gaps.length, 'gap'))}: not everything was looked at`;
  if (options.verbose || gaps.length <= FEW)
    return [heading, ...gaps.flatMap((gap) => indented(`${gapPlace(view, gap)}${gapWords(gap)}`, options))];
  const groups = [...groupBy(gaps, (gap) => gap.reason)].map(([reason, group]) => {
    const examples = group.slice(0, EXAMPLES).map((gap) => gapPlace(view, gap).trimEnd() || printableLine(gap.detail));
    const rest = group.length > EXAMPLES ? `, and ${group.length - EXAMPLES} more` : '';
    return indented(`${group.length} × ${reasonWords(reason)}: ${examples.join(', ')}${rest}`, options);
  });
  return [heading, ...groups.flat(), paint.faint('  --verbose lists each with its detail')];
}

/** Text behind a small indent, further lines behind a larger one. */
function indented(text: string, options: ReportOptions): readonly string[] {
  return wrap(text, options.width - 4).map((line, at) => `${' '.repeat(at === 0 ? 2 : 4)}${line}`);
}

function gapPlace(view: ReportView, gap: Gap): string {
  if (gap.path === '') return '';
  return `${view.path(gap.path)}${gap.line === undefined ? '' : `:${gap.line}`}  `;
}

function staleLines(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  const stale = view.result.staleBaseline;
  if (stale.length === 0) return [];
  const verb = stale.length === 1 ? 'entry of the baseline matches' : 'entries of the baseline match';
  const subject = `${stale.length} ${verb}`;
  const rest = 'nothing any more (--write-baseline drops them)'.split(' ').map((text) => ({ text, shown: text }));
  const heading = joinParts([{ text: subject, shown: paint.severity('note', subject) }, ...rest], BLANK, options.width);
  const shown = options.verbose ? stale : stale.slice(0, FEW);
  const more = stale.length > shown.length ? [paint.faint(`  and ${stale.length - shown.length} more (--verbose lists them)`)] : [];
  return [...heading, ...shown.map((entry) => `  ${view.path(entry.path)}  ${printableLine(entry.ruleId)}`), ...more];
}

const BLANK: Part = { text: ' ', shown: ' ' };

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
