import { createHash } from 'node:crypto';
import type { RawFinding } from './finding.ts';
import { StatementReader } from './statement-code.ts';

/** Names the recipe below; a change of recipe gets a new name, because baselines hold its results. */
export const FINGERPRINT_VERSION = 'ratelFingerprint/1';

/** 128 bits, in hexadecimal digits: enough that two findings of one repository never meet by chance, short enough for a baseline. */
const FINGERPRINT_LENGTH = 32;

/**
 * The identity of each finding across edits, in the order given: rule, path, enclosing qualified name, normalised code, and the
 * ordinal among those equal in all of that, in source order. It survives edits elsewhere, reformatting, moves inside the function,
 * comments, and a changed secret. Give all findings of a run at once, de-duplicated and before any is filtered out: the ordinal of
 * one must not depend on whether its equals are shown.
 */
export function fingerprints(findings: readonly RawFinding[], textOf: (path: string) => string | undefined): readonly string[] {
  const statements = new StatementReader(textOf);
  const keys = findings.map((finding) => {
    const code = statements.codeOf(finding);
    return JSON.stringify([FINGERPRINT_VERSION, finding.ruleId, finding.primary.path, finding.enclosing, code]);
  });
  const ordinals = ordinalsOf(findings, keys);
  return keys.map((key, at) => digest(`${key}#${ordinals[at]}`));
}

function ordinalsOf(findings: readonly RawFinding[], keys: readonly string[]): readonly number[] {
  const inSourceOrder = findings.map((_, at) => at).sort((a, b) => byPlace(findings[a], findings[b]) || a - b);
  const seen = new Map<string, number>();
  const ordinals = new Array<number>(findings.length).fill(0);
  for (const at of inSourceOrder) {
    const key = keys[at] ?? '';
    const ordinal = seen.get(key) ?? 0;
    ordinals[at] = ordinal;
    seen.set(key, ordinal + 1);
  }
  return ordinals;
}

function byPlace(a: RawFinding | undefined, b: RawFinding | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a.primary.start - b.primary.start || a.primary.end - b.primary.end;
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, FINGERPRINT_LENGTH);
}
