import type { AuditResult } from '../findings/audit-result.ts';

/** How a report is to look. Formats for machines ignore what is about looks. */
export interface ReportOptions {
  readonly color: boolean;
  /** Columns of the terminal; 0 or less when unknown. */
  readonly width: number;
  /** Whether paths may be links (OSC 8) that the terminal opens. */
  readonly hyperlinks: boolean;
  /** All gaps, all steps, all stale baseline entries, the edits of fixes. */
  readonly verbose: boolean;
  /** Findings only, without excerpts, advice and summary. */
  readonly quiet: boolean;
  /** SARIF only: tells uploads of one commit apart (`automationDetails.id`); everything to its last `/` is GitHub's category. */
  readonly automationId?: string;
}

/** Pure: reads no clock, no disk and no environment; the same result and options give the same text, which ends in a line end unless it is empty. */
export type Reporter = (result: AuditResult, options: ReportOptions) => string;
