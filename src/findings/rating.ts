import type { Confidence, Severity } from './finding.ts';

const SEVERITIES: Readonly<Record<Severity, number>> = { error: 3, warning: 2, note: 1 };
const CONFIDENCES: Readonly<Record<Confidence, number>> = { high: 3, medium: 2, low: 1 };

/** Positive when `a` is worse than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES[a] - SEVERITIES[b];
}

/** Positive when `a` is surer than `b`. */
export function compareConfidence(a: Confidence, b: Confidence): number {
  return CONFIDENCES[a] - CONFIDENCES[b];
}
