export type { Gap } from '../source/gap.ts';

/** A place in a file of the audited root. `path` is relative to that root with `/`; offsets are UTF-16 units, `end` exclusive. */
export interface Location {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** How bad it is if true. */
export type Severity = 'error' | 'warning' | 'note';
/** How sure we are that it is true. */
export type Confidence = 'high' | 'medium' | 'low';

export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
}
/** One step of a flow: where the value is and, in a few words, what happens to it there. */
export interface FlowStep {
  readonly location: Location;
  readonly message: string;
}

/** A replacement of text; edits of one fix do not overlap. */
export interface TextEdit {
  readonly location: Location;
  readonly replacement: string;
}
export interface Fix {
  readonly level: 'safe' | 'suggestion';
  readonly description: string;
  readonly edits: readonly TextEdit[];
}

/** What a rule concluded, before settling. */
export interface RawFinding {
  readonly ruleId: string;
  /** Short alias of the rule id, for example `FLK110`. */
  readonly code: string;
  readonly title: string;
  /** What is wrong here, one or two sentences; never holds a secret. */
  readonly message: string;
  readonly remediation: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly cwe: readonly number[];
  /** Where it is shown and where a suppression applies. */
  readonly primary: Location;
  /** All of the statement around `primary`, for suppressions on any of its lines. */
  readonly statement: Location;
  /** Dotted name of the function or class around it, `''` at module level. */
  readonly enclosing: string;
  readonly related: readonly RelatedLocation[];
  /** Source first, sink last; empty when no data flows. */
  readonly codeFlow: readonly FlowStep[];
  readonly fix?: Fix;
  /** Places whose text is secret: every report shows dots instead, here and wherever the same text turns up. */
  readonly secrets?: readonly Location[];
}

/** A settled finding. `fingerprint` is its identity across edits (see fingerprint.ts). */
export interface Finding extends RawFinding {
  readonly fingerprint: string;
  readonly status: 'open' | 'suppressed' | 'baselined';
}
