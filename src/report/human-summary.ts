import type { Gap, Severity } from '../findings/finding.ts';
import { groupBy } from '../util/group-by.ts';
import { gapWords, reasonWords } from './gap-words.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';
import type { ReportOptions } from './report-options.ts';
import type { ReportView } from './report-view.ts';

/** Up to this many gaps, or stale entries, are listed one by one even without `--verbose`. */
const FEW = 5;
/** Files that stand for a group of gaps. */
const EXAMPLES = 3;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** The end of the human report: what was found in how much, what was not looked at, and what is stale. */
export function humanSummary(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  return [...countLines(view, paint), ...gapLines(view, paint, options), ...staleLines(view, paint, options)];
}

function countLines(view: ReportView, paint: Paint): readonly string[] {
  const { findings, stats } = view.result;
  if (stats.files === 0) return [`${paint.severity('warning', 'Nothing was audited:')} no file here is one that ratel reads.`];
  const suppressed = findings.filter((finding) => finding.status === 'suppressed').length;
  const baselined = findings.filter((finding) => finding.status === 'baselined').length;
  const extras = [
    seconds(stats.milliseconds),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
  ];
  const separator = paint.faint(' · ');
  if (view.open.length === 0) {
    const checked = `${plural(view.result.rules.length, 'rule')} looked at ${plural(stats.files, 'file')} and found nothing`;
    return [[`${paint.good('✓')} ${checked}`, ...extras].join(separator)];
  }
  const counts = SEVERITIES.flatMap((severity) => {
    const count = view.open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint.severity(severity, plural(count, severity))];
  });
  const touched = new Set(view.open.map((finding) => finding.primary.path)).size;
  const files = `in ${touched} of ${plural(stats.files, 'file')}`;
  return [[`${counts.join(', ')} ${files}`, ...extras].join(separator)];
}

function gapLines(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  const { gaps } = view.result;
  if (gaps.length === 0) return [];
  const heading = `${paint.severity('warning', plural(gaps.length, 'gap'))}: not everything was looked at`;
  if (options.verbose || gaps.length <= FEW) return [heading, ...gaps.map((gap) => `  ${gapPlace(view, gap)}${gapWords(gap)}`)];
  const groups = [...groupBy(gaps, (gap) => gap.reason)].map(([reason, group]) => {
    const examples = group.slice(0, EXAMPLES).map((gap) => gapPlace(view, gap).trimEnd() || printableLine(gap.detail));
    const rest = group.length > EXAMPLES ? `, and ${group.length - EXAMPLES} more` : '';
    return `  ${group.length} × ${reasonWords(reason)}: ${examples.join(', ')}${rest}`;
  });
  return [heading, ...groups, paint.faint('  --verbose lists each with its detail')];
}

function gapPlace(view: ReportView, gap: Gap): string {
  if (gap.path === '') return '';
  return `${view.path(gap.path)}${gap.line === undefined ? '' : `:${gap.line}`}  `;
}

function staleLines(view: ReportView, paint: Paint, options: ReportOptions): readonly string[] {
  const stale = view.result.staleBaseline;
  if (stale.length === 0) return [];
  const verb = stale.length === 1 ? 'entry of the baseline matches' : 'entries of the baseline match';
  const heading = `${paint.severity('note', `${stale.length} ${verb}`)} nothing any more (--write-baseline drops them)`;
  const shown = options.verbose ? stale : stale.slice(0, FEW);
  const rest = stale.length > shown.length ? [paint.faint(`  and ${stale.length - shown.length} more (--verbose lists them)`)] : [];
  return [heading, ...shown.map((entry) => `  ${view.path(entry.path)}  ${printableLine(entry.ruleId)}`), ...rest];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
