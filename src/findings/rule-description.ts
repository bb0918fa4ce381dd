import type { Confidence, Severity } from './finding.ts';

export type RuleMode = 'match' | 'flow' | 'setting' | 'text' | 'project' | 'template' | 'artefact';
/** `default` is on; `strict` adds what is worth a look but often fine; `pedantic` adds matters of taste. */
export type Profile = 'default' | 'strict' | 'pedantic';

/** From the narrowest on. */
export const PROFILES = ['default', 'strict', 'pedantic'] as const satisfies readonly Profile[];

/** Whether a run in one profile shows what belongs to another. */
export function shows(run: Profile, profile: Profile | undefined): boolean {
  return profile === undefined || PROFILES.indexOf(profile) <= PROFILES.indexOf(run);
}

/** The text and facts of a rule that reports show. All of it comes from the rule's `rule.json`. */
export interface RuleDescription {
  readonly id: string;
  readonly code: string;
  readonly family: string;
  readonly mode: RuleMode;
  readonly title: string;
  /** The message template, with `{placeholders}`. */
  readonly message: string;
  readonly remediation: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly profile: Profile;
  /** 0.0–10.0 as GitHub reads it; absent for rules that are not about security. */
  readonly securitySeverity?: number;
  readonly cwe: readonly number[];
  /** OWASP Top 10 ids such as `A03:2021`. */
  readonly owasp: readonly string[];
  /** Ids of the same check in other tools (`B201`, `S201`, `security.W018`); they select and suppress as well. */
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  readonly helpUri: string;
}
