import type { PropertyBag, ReportingDescriptor } from 'sarif';
import type { Finding } from '../findings/finding.ts';
import type { RuleDescription } from '../findings/rule-description.ts';
import { compareText } from '../util/compare-text.ts';
import { printable, printableLine } from './printable.ts';
import type { ReportView } from './report-view.ts';
import { cut, MAX_DESCRIPTION, MAX_NAME, MAX_RULES, MAX_TAGS } from './sarif-limits.ts';

/** The rules of a run, sorted by id, and the place of each in that list. */
export interface SarifRules {
  readonly descriptors: readonly ReportingDescriptor[];
  readonly indexOf: (ruleId: string) => number;
  /** Rules that ran and are not among the descriptors. */
  readonly omitted: number;
  /** Rules that have more tags than their descriptors. */
  readonly shortened: number;
}

/**
 * Describes every rule that ran, or where those are too many, every rule of the findings that are shown. A finding of a rule that is not
 * among them brings its own description along, since GitHub rejects results without one.
 */
export function sarifRules(view: ReportView, shown: readonly Finding[]): SarifRules {
  const found = new Set(shown.map((finding) => finding.ruleId));
  const { rules } = view.result;
  const described = rules.length + found.size <= MAX_RULES ? rules : rules.filter((rule) => found.has(rule.id));
  const byId = new Map(described.map((rule) => [rule.id, descriptorOf(rule)]));
  for (const finding of shown) {
    if (!byId.has(finding.ruleId)) byId.set(finding.ruleId, descriptorOf(ruleFrom(finding)));
  }
  const ids = [...byId.keys()].sort(compareText);
  const indexes = new Map(ids.map((id, at) => [id, at]));
  return {
    descriptors: ids.flatMap((id) => byId.get(id) ?? []),
    indexOf: (ruleId) => indexes.get(ruleId) ?? -1,
    omitted: rules.length - described.length,
    shortened: described.filter((rule) => tagsOf(rule).length > MAX_TAGS).length,
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
    ...nameOf(rule.id),
    shortDescription: { text: cut(title, MAX_DESCRIPTION) },
    fullDescription: { text: cut(`${title} ${advice}`.trim(), MAX_DESCRIPTION) },
    help: { text: helpText(rule, title, advice), markdown: helpMarkdown(rule, title, advice) },
    ...(rule.helpUri === '' ? {} : { helpUri: rule.helpUri }),
    defaultConfiguration: { level: rule.severity },
    properties: propertiesOf(rule),
  };
}

function isAboutSecurity(rule: Described): boolean {
  return rule.securitySeverity !== undefined && rule.securitySeverity > 0;
}

/** The important ones first. */
function tagsOf(rule: Described): readonly string[] {
  const tags = [
    ...(isAboutSecurity(rule) ? ['security'] : []),
    ...rule.cwe.map((id) => `external/cwe/cwe-${String(id).padStart(3, '0')}`),
    ...rule.owasp.map((id) => `external/owasp/${printable(id).toLowerCase().replace(':', '-')}`),
    ...(rule.family === '' ? [] : [printable(rule.family)]),
    printable(rule.code),
  ];
  return [...new Set(tags)];
}

function propertiesOf(rule: Described): PropertyBag {
  return {
    precision: rule.confidence,
    tags: tagsOf(rule).slice(0, MAX_TAGS),
    // GitHub reads a number in a string and takes the rule for one about security; other rules have a plain severity.
    ...(isAboutSecurity(rule)
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

/** A rule of one word has no name beside its id: one that differs in case alone says nothing (SARIF1001). */
function nameOf(id: string): { readonly name?: string } {
  return id.includes('-') ? { name: pascalCase(id).slice(0, MAX_NAME) } : {};
}

/** `sql-injection` → `SqlInjection`, the form that SARIF wants of a rule's name beside its id. */
function pascalCase(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Rule';
}
