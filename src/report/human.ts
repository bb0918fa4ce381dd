import type { AuditResult } from '../findings/audit-result.ts';
import { FindingWriter } from './human-finding.ts';
import { humanSummary } from './human-summary.ts';
import { paintFor } from './paint.ts';
import type { ReportOptions } from './report-options.ts';
import { ReportView } from './report-view.ts';

/** Width when the terminal's is unknown. */
const DEFAULT_WIDTH = 100;
/** Narrower terminals get longer lines: below this nothing readable fits. */
const MIN_WIDTH = 40;
/** Source lines are clipped at this width even on wider terminals. */
const MAX_WIDTH = 160;

/**
 * For people at a terminal: each finding with its source lines, carets, flow and advice, then the summary. `quiet` leaves only where and
 * what, and nothing at all when there is nothing.
 */
export function humanReport(result: AuditResult, options: ReportOptions): string {
  const width = options.width <= 0 ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, Math.min(options.width, MAX_WIDTH));
  const view = new ReportView(result);
  const sized = { ...options, width };
  const paint = paintFor(sized);
  const writer = new FindingWriter(view, paint, sized);
  const blocks = view.open.map((finding) => writer.write(finding).join('\n'));
  if (!options.quiet) blocks.push(humanSummary(view, paint, sized).join('\n'));
  if (blocks.length === 0) return '';
  return `${blocks.join(options.quiet ? '\n' : '\n\n')}\n`;
}
