import type { AuditResult } from './findings/audit-result.ts';
import type { Baseline } from './findings/baseline.ts';
import type { Confidence, Gap, Severity } from './findings/finding.ts';
import type { Profile } from './findings/rule-description.ts';
import type { RouteList } from './frameworks/routes/route.ts';
import type { ProjectSettings } from './frameworks/settings-list.ts';
import type { InspectedPlace, Inspection } from './rules/flow/inspect.ts';
import type { Config } from './source/config.ts';

/** What one audit is asked to do; the command line and the config are already merged. */
export interface AuditRequest {
  /** Absolute path of the directory that is audited. */
  readonly root: string;
  /** Paths relative to the root that findings are reported for, directories ending in `/`; absent: all. The whole root is looked at either way. */
  readonly only?: readonly string[];
  readonly config: Config;
  readonly profile: Profile;
  /** Rule ids, codes, aliases or families; absent: what the profile has. */
  readonly select?: readonly string[];
  readonly ignore: readonly string[];
  readonly minSeverity: Severity;
  readonly minConfidence: Confidence;
  /** Absolute paths of folders with users' own rules. */
  readonly packs: readonly string[];
  readonly baseline?: Baseline;
  /** Texts that stand for those of files: the project as it would be with these changes. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** A line whose values are to be told of: `ratel explain --flow`. */
  readonly inspect?: InspectedPlace;
  /** Whether the routes of the project are wanted: `ratel routes`. */
  readonly routes?: boolean;
  /** Whether the settings of the project are wanted: `ratel settings`. */
  readonly settings?: boolean;
  /** Told what is being done, for a progress line. */
  readonly onProgress?: (step: 'collect' | 'parse' | 'evaluate' | 'judge', done: number, total: number) => void;
}

/** `audit(request)` gives the result for the reporters and, for `--write-baseline`, what of the old baseline stays. */
export interface AuditOutcome {
  readonly result: AuditResult;
  readonly keptBaseline: Baseline['entries'];
  readonly gaps: readonly Gap[];
  /** What is known of the values on the line that was to be told of. */
  readonly inspections: readonly Inspection[];
  /** The routes of the project, where they were asked for. */
  readonly routes?: RouteList;
  /** Its settings, where they were asked for, and those that each rule is about. */
  readonly settings?: ProjectSettings & { readonly rules: ReadonlyMap<string, readonly string[]> };
}
