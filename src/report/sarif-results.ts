import type { Result, Fix as SarifFix, Location as SarifLocation } from 'sarif';
import type { Finding, FlowStep } from '../findings/finding.ts';
import { FINGERPRINT_VERSION } from '../findings/fingerprint.ts';
import { compareSeverity } from '../findings/rating.ts';
import { groupBy } from '../util/group-by.ts';
import { lineHashes } from './line-hash.ts';
import type { ReportView } from './report-view.ts';
import { MAX_FLOW_STEPS, MAX_LOCATIONS, MAX_PLACES, MAX_RESULTS } from './sarif-limits.ts';
import { artifactOf, physical, sarifLocation } from './sarif-locations.ts';
import type { SarifRules } from './sarif-rules.ts';

/** The open findings that fit into one run: all, or the `limit` worst. In the order of the report. */
export function resultsShown(view: ReportView, limit = MAX_RESULTS): readonly Finding[] {
  const worst = [...view.open].sort((a, b) => compareSeverity(b.severity, a.severity)).slice(0, limit);
  const kept = new Set<Finding>();
  let places = 0;
  for (const finding of worst) {
    places += placesOf(finding);
    if (places > MAX_PLACES) break;
    kept.add(finding);
  }
  return kept.size === view.open.length ? view.open : view.open.filter((finding) => kept.has(finding));
}

function placesOf(finding: Finding): number {
  return 1 + Math.min(finding.related.length, MAX_LOCATIONS - 1) + Math.min(finding.codeFlow.length, MAX_FLOW_STEPS);
}

/** Whether a finding has more related places or steps than its result holds. */
export function isShortened(finding: Finding): boolean {
  return finding.related.length > MAX_LOCATIONS - 1 || finding.codeFlow.length > MAX_FLOW_STEPS;
}

/** Findings as results with all that code scanning reads of them. */
export function sarifResults(view: ReportView, findings: readonly Finding[], rules: SarifRules): readonly Result[] {
  const hashOf = hashesOf(view, findings);
  return findings.map((finding): Result => {
    const related = finding.related.slice(0, MAX_LOCATIONS - 1);
    const fixes = fixesOf(view, finding);
    return {
      ruleId: view.words(finding.ruleId),
      ruleIndex: rules.indexOf(finding.ruleId),
      level: finding.severity,
      message: { text: messageOf(view, finding, related.length) },
      locations: [{ physicalLocation: physical(view, finding.primary) }],
      partialFingerprints: { primaryLocationLineHash: hashOf(finding), [FINGERPRINT_VERSION]: finding.fingerprint },
      ...(related.length > 0 ? { relatedLocations: related.map((one, at) => relatedLocation(view, finding, one, at + 1)) } : {}),
      ...(finding.codeFlow.length > 0 ? { codeFlows: [{ threadFlows: [{ locations: flowOf(view, finding) }] }] } : {}),
      ...(fixes.length > 0 ? { fixes: [...fixes] } : {}),
      properties: { confidence: finding.confidence },
    };
  });
}

/** The message, and behind it the related places as links, since GitHub shows only those that the message names. */
function messageOf(view: ReportView, finding: Finding, related: number): string {
  const message = literal(view.message(finding));
  const links = finding.related.slice(0, related).map((one, at) => `[${linkText(view.words(one.message, finding))}](${at + 1})`);
  return links.length === 0 ? message : `${message} See also: ${links.join(', ')}.`;
}

/** Keeps what looks like a link or a numbered placeholder in a message from being read as one (SARIF 2.1.0, 3.11.5 and 3.11.6). */
function literal(text: string): string {
  const bracketed = /\]\(/.test(text) ? text.replace(/[\\[\]]/g, '\\$&') : text;
  return bracketed.replace(/\{(\d+)\}/g, '{{$1}}');
}

function linkText(text: string): string {
  return (text === '' ? 'here' : text).replace(/[\\[\]]/g, '\\$&').replace(/\{(\d+)\}/g, '{{$1}}');
}

function relatedLocation(view: ReportView, finding: Finding, one: Finding['related'][number], id: number): SarifLocation {
  return { id, ...sarifLocation(view, one.location, literal(view.words(one.message, finding))) };
}

function flowOf(view: ReportView, finding: Finding): { location: SarifLocation }[] {
  return shortened(finding.codeFlow).map((step) => ({
    location: sarifLocation(view, step.location, literal(view.words(step.message, finding))),
  }));
}

/** Of a flow that is too long the middle goes: it begins at the source and ends at the sink. */
function shortened(steps: readonly FlowStep[]): readonly FlowStep[] {
  if (steps.length <= MAX_FLOW_STEPS) return steps;
  const half = MAX_FLOW_STEPS / 2;
  return [...steps.slice(0, half), ...steps.slice(-half)];
}

function fixesOf(view: ReportView, finding: Finding): readonly SarifFix[] {
  const fix = view.fixOf(finding);
  if (fix === undefined) return [];
  const changes = [...groupBy(fix.edits, (edit) => edit.location.path)].map(([path, edits]) => ({
    artifactLocation: artifactOf(view, path),
    replacements: edits.map((edit) => ({
      deletedRegion: view.exactRegion(edit.location),
      ...(edit.replacement === '' ? {} : { insertedContent: { text: edit.replacement } }),
    })),
  }));
  return [{ description: { text: literal(view.words(fix.description, finding)) }, artifactChanges: changes }];
}

function hashesOf(view: ReportView, findings: readonly Finding[]): (finding: Finding) => string {
  const hashes = new Map<string, ReadonlyMap<number, string>>();
  for (const [path, ofFile] of groupBy(findings, (finding) => finding.primary.path)) {
    const lines = new Set(ofFile.map((finding) => view.region(finding.primary).startLine));
    hashes.set(path, lineHashes(view.result.textOf(path) ?? '', lines));
  }
  return (finding) => hashes.get(finding.primary.path)?.get(view.region(finding.primary).startLine) ?? finding.fingerprint;
}
