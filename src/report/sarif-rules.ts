import type { PropertyBag, ReportingDescriptor } from 'sarif';
import type { Finding } from '../findings/finding.ts';
import type { RuleDescription } from '../findings/rule-description.ts';
import { compareText } from '../util/compare-text.ts';
import { printable, printableLine } from './printable.ts';
import type { ReportView } from './report-view.ts';
import { cut, MAX_DESCRIPTION, MAX_TAGS } from './sarif-limits.ts';

/** The rules of a run, sorted by id, and the place of each in that list. */
export interface SarifRules {
  readonly descriptors: readonly ReportingDescriptor[];
  readonly indexOf: (ruleId: string) => number;
}

/** Describes every rule that ran; a finding of another rule brings its own description along, since GitHub rejects results without one. */
export function sarifRules(view: ReportView): SarifRules {
  const byId = new Map(view.result.rules.map((rule) => [rule.id, descriptorOf(rule)]));
  for (const finding of view.open) {
    if (!byId.has(finding.ruleId)) byId.set(finding.ruleId, descriptorOf(ruleFrom(finding)));
  }
  const ids = [...byId.keys()].sort(compareText);
  const indexes = new Map(ids.map((id, at) => [id, at]));
  return {
    descriptors: ids.flatMap((id) => byId.get(id) ?? []),
    indexOf: (ruleId) => indexes.get(ruleId) ?? -1,
  };
}

type Described = Omit<RuleDescription, 'mode' | 'profile' | 'message'>;

function ruleFrom(finding: Finding): Described {
  const { ruleId: id, code, title, remediation, severity, confidence, cwe } = finding;
  return { id, code, title, remediation, severity, confidence, cwe, family: '', owasp: [], aliases: [], references: [], helpUri: '' };
}

function descriptorOf(rule: Described): ReportingDescriptor {
  const title = sentence(printableLine(rule.title) || printable(rule.id));
  const advice = printableLine(rule.remediation);
  return {
    id: printable(rule.id),
    name: pascalCase(rule.id),
    shortDescription: { text: cut(title, MAX_DESCRIPTION) },
    fullDescription: { text: cut(`${title} ${advice}`.trim(), MAX_DESCRIPTION) },
    help: { text: helpText(rule, title, advice), markdown: helpMarkdown(rule, title, advice) },
    ...(rule.helpUri === '' ? {} : { helpUri: rule.helpUri }),
    defaultConfiguration: { level: rule.severity },
    properties: propertiesOf(rule),
  };
}

function propertiesOf(rule: Described): PropertyBag {
  const isSecurity = rule.securitySeverity !== undefined && rule.securitySeverity > 0;
  const tags = [
    ...(isSecurity ? ['security'] : []),
    ...rule.cwe.map((id) => `external/cwe/cwe-${String(id).padStart(3, '0')}`),
    ...rule.owasp.map((id) => `external/owasp/${printable(id).toLowerCase().replace(':', '-')}`),
    ...(rule.family === '' ? [] : [printable(rule.family)]),
    printable(rule.code),
  ];
  return {
    precision: rule.confidence,
    tags: [...new Set(tags)].slice(0, MAX_TAGS),
    // GitHub reads a number in a string and takes the rule for one about security; other rules have a plain severity.
    ...(isSecurity
      ? { 'security-severity': (rule.securitySeverity ?? 0).toFixed(1) }
      : { 'problem.severity': rule.severity === 'note' ? 'recommendation' : rule.severity }),
  };
}

function helpText(rule: Described, title: string, advice: string): string {
  const lines = [
    title,
    advice,
    `Rule ${printable(rule.id)} (${alsoKnownAs(rule).join(', ')}). "ratel explain ${printable(rule.id)}" tells more.`,
  ];
  return [...lines, ...rule.references.map(printable)].filter((line) => line !== '').join('\n');
}

function helpMarkdown(rule: Described, title: string, advice: string): string {
  const cwe = rule.cwe.map((id) => `[CWE-${id}](https://cwe.mitre.org/data/definitions/${id}.html)`);
  const owasp = rule.owasp.map((id) => `OWASP ${printable(id)}`);
  const facts = [...cwe, ...owasp, `confidence ${rule.confidence}`].join(' · ');
  const paragraphs = [
    `**${title}**`,
    advice,
    facts,
    `\`ratel explain ${printable(rule.id)}\` tells more. To accept a place, write \`# ratel: ignore[${printable(rule.id)}] reason\` on the line above it.`,
    `Also known as ${alsoKnownAs(rule).join(', ')}.`,
    rule.references.map((uri) => `- <${printable(uri)}>`).join('\n'),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

function alsoKnownAs(rule: Described): readonly string[] {
  return [rule.code, ...rule.aliases].map(printable);
}

/** Descriptions are sentences. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `sql-injection` → `SqlInjection`, the form that SARIF wants of a rule's name beside its id. */
function pascalCase(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Rule';
}
