import type { Finding, Gap } from './finding.ts';
import type { RuleDescription } from './rule-description.ts';

/** A baseline entry that matched nothing any more. */
export interface StaleBaselineEntry {
  readonly ruleId: string;
  readonly path: string;
  readonly fingerprint: string;
}

/** All that one audit found out; reporters are pure functions of it. */
export interface AuditResult {
  /** `informationUri` is the tool's home page; SARIF names it. */
  readonly tool: { readonly name: string; readonly version: string; readonly informationUri?: string };
  /** Absolute path of the audited root. */
  readonly root: string;
  /** The audited root relative to the git root, `''` or ending in `/`; SARIF URIs start with it. */
  readonly prefixInRepository: string;
  /** Totally ordered by path, line, column, rule id; suppressed and baselined ones included. */
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  /** Every rule that ran, sorted by id. */
  readonly rules: readonly RuleDescription[];
  readonly staleBaseline: readonly StaleBaselineEntry[];
  readonly stats: {
    readonly files: number;
    readonly lines: number;
    /** Wall time; shown to people only, never in a format that has to be byte-identical. */
    readonly milliseconds: number;
  };
  /** Decoded text of an audited file; `undefined` for a file that was not read. */
  readonly textOf: (path: string) => string | undefined;
}
