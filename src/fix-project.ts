import { audit } from './audit.ts';
import type { AuditOutcome, AuditRequest } from './audit-request.ts';
import { applyFixes } from './findings/apply-fixes.ts';
import type { AuditResult } from './findings/audit-result.ts';
import type { Finding } from './findings/finding.ts';
import { loadLanguages } from './languages/registry.ts';

/** A file as it was read and as fixes leave it. */
export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A finding with a fix that was not applied, and why. */
export interface RefusedFix {
  readonly finding: Finding;
  readonly reason: string;
}

export interface FixedProject {
  /** The audit before, and that of the project with all changes in it. */
  readonly before: AuditOutcome;
  readonly outcome: AuditOutcome;
  readonly changes: readonly FileChange[];
  readonly mended: number;
  readonly refused: readonly RefusedFix[];
}

/** Fixes that overlap go in one after the other, each in a round of its own; more rounds than this mean that they undo each other. */
const MAX_ROUNDS = 8;

/**
 * Mends what can be mended safely, in memory: each round puts fixes into the texts and audits the project again as it would be. A fix after which
 * its file no longer parses, or its finding is still there, is refused.
 */
export async function fixProject(request: AuditRequest): Promise<FixedProject> {
  const before = await audit(request);
  const refused = new Map<string, RefusedFix>();
  const overlay = new Map<string, string>();
  let outcome = before;
  let mended = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { result } = outcome;
    const wanted = result.findings.filter(
      ({ status, fix, fingerprint }) => status === 'open' && fix?.level === 'safe' && !refused.has(fingerprint),
    );
    const { texts, applied } = applyFixes(wanted, result.textOf);
    if (applied.length === 0) break;
    const refuse = (findings: readonly Finding[], reason: string): void => {
      for (const finding of findings) refused.set(finding.fingerprint, { finding, reason });
    };
    const broken = await brokenFiles(texts, result.textOf);
    if (broken.size > 0) {
      refuse(
        applied.filter(({ fix }) => fix?.edits.some(({ location }) => broken.has(location.path))),
        'the file would no longer parse',
      );
      continue;
    }
    const next = await audit({ ...request, overlay: new Map([...overlay, ...texts]) });
    const stuck = unmended(applied, result, next.result);
    if (stuck.length > 0) {
      refuse(stuck, 'the finding would still be there');
      continue;
    }
    for (const [path, text] of texts) overlay.set(path, text);
    mended += applied.length;
    outcome = next;
  }
  const changes = [...overlay].map(([path, after]) => ({ path, before: before.result.textOf(path) ?? '', after }));
  return { before, outcome, changes: changes.filter(({ before: old, after }) => old !== after), mended, refused: [...refused.values()] };
}

async function brokenFiles(texts: ReadonlyMap<string, string>, textOf: (path: string) => string | undefined): Promise<ReadonlySet<string>> {
  const { python } = await loadLanguages();
  const problems = (text: string): number => python.lower(text).problems.length;
  return new Set(
    [...texts].filter(([path, text]) => path.endsWith('.py') && problems(text) > problems(textOf(path) ?? '')).map(([path]) => path),
  );
}

/** The findings of rules that still say as much as before: which of two findings went is not known, so none of them counts as mended. */
function unmended(applied: readonly Finding[], before: AuditResult, after: AuditResult): readonly Finding[] {
  const count = (findings: readonly Finding[], ruleId: string): number =>
    findings.filter((finding) => finding.status === 'open' && finding.ruleId === ruleId).length;
  return applied.filter(({ ruleId }) => count(after.findings, ruleId) > count(before.findings, ruleId) - count(applied, ruleId));
}
