import { compareText } from '../util/compare-text.ts';

/** What the audit could not look at, and why. Every report prints it. */
export interface Gap {
  /** Relative to the audited root; `''` when it is about no single file. */
  readonly path: string;
  readonly reason: 'unreadable' | 'too-large' | 'binary' | 'encoding' | 'syntax' | 'link' | 'budget' | 'crash' | 'limit';
  readonly detail: string;
  /** 1-based line where known. */
  readonly line?: number;
}

/** Gaps in the order of reports: by path, then reason, then detail, each by code unit. */
export function compareGaps(left: Gap, right: Gap): number {
  return compareText(left.path, right.path) || compareText(left.reason, right.reason) || compareText(left.detail, right.detail);
}
