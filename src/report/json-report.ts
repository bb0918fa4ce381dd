import type { StaleBaselineEntry } from '../findings/audit-result.ts';
import type { Confidence, Fix, Gap, Severity } from '../findings/finding.ts';
import type { Region } from './report-view.ts';

/**
 * The public JSON report, `schema/ratel-report-1.schema.json` in types. It is apart from the inner types so that those stay free.
 * Within version 1 keys are only added.
 */
export interface JsonReport {
  readonly schema: 'ratel-report/1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly summary: JsonSummary;
  /** Open ones only, ordered by path, place and rule id. */
  readonly findings: readonly JsonFinding[];
  readonly gaps: readonly Gap[];
}

export interface JsonSummary {
  readonly files: number;
  readonly lines: number;
  readonly rules: number;
  readonly findings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly baselined: number;
  readonly gaps: number;
  readonly staleBaseline: readonly StaleBaselineEntry[];
}

export interface JsonFinding {
  readonly ruleId: string;
  readonly code: string;
  readonly title: string;
  readonly message: string;
  readonly remediation: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly cwe: readonly number[];
  readonly path: string;
  readonly region: Region;
  readonly enclosing: string;
  readonly related: readonly JsonPlace[];
  readonly codeFlow: readonly JsonPlace[];
  readonly fingerprint: string;
  readonly fix?: JsonFix;
  readonly helpUri?: string;
}

export interface JsonPlace {
  readonly path: string;
  readonly region: Region;
  readonly message: string;
}

export interface JsonFix {
  readonly level: Fix['level'];
  readonly description: string;
  readonly edits: readonly { readonly path: string; readonly region: Region; readonly replacement: string }[];
}
