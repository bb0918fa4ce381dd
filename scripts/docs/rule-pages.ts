import type { RuleExample } from '../../src/cli/rule-examples.ts';
import { compilePack, type RulePack, readPackSources } from '../../src/rules/load-pack.ts';
import { ROOT } from '../build/root.ts';
import { reportOn } from './report-on.ts';
import { examplesOf } from './rule-examples.ts';

type Rule = RulePack['rules'][number];

/** The pages about rules, by path below `docs/rules/`: one for each rule, and the list of all. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const sources = await readPackSources(`${ROOT}/rules`);
  const pack = compilePack([sources]);
  const files = new Map(sources.rules.map(({ path, json }) => [String(json.id), path]));
  const pages = new Map<string, string>([['README.md', indexPage(pack.rules)]]);
  for (const rule of pack.rules) {
    const { id, family } = rule.source.description;
    pages.set(`${family}/${id}.md`, await rulePage(rule, files.get(id) ?? '', pack));
  }
  return pages;
}

function indexPage(rules: readonly Rule[]): string {
  const families = [...new Set(rules.map((rule) => rule.source.description.family))].sort();
  const sections = families.map((family) => {
    const rows = rules
      .map((rule) => rule.source.description)
      .filter((rule) => rule.family === family)
      .map(
        (rule) =>
          `| [${rule.id}](${family}/${rule.id}.md) | ${rule.code} | ${rule.severity} | ${rule.profile} | ${cell(rule.title)} | ${rule.aliases.join(', ')} |`,
      );
    return [
      `## ${family}`,
      '',
      '| id | code | severity | profile | finds | known elsewhere as |',
      '|---|---|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return `${NOTICE}\n# Rules\n\n${rules.length} rules. \`ratel explain ID\` shows the same in a terminal.\n\n${sections.join('\n\n')}\n`;
}

const NOTICE = '<!-- Written by `npm run docs` from rules/; change the rule, not this page. -->';

async function rulePage({ source }: Rule, file: string, pack: RulePack): Promise<string> {
  const rule = source.description;
  const facts: readonly (readonly [string, string])[] = [
    ['code', rule.code],
    ['severity', rule.severity],
    ['confidence', rule.confidence],
    ['profile', rule.profile],
    ['mode', rule.mode],
    ...(rule.securitySeverity === undefined ? [] : [['security severity', rule.securitySeverity.toFixed(1)] as const]),
    ...(rule.cwe.length === 0
      ? []
      : [['CWE', rule.cwe.map((id) => `[${id}](https://cwe.mitre.org/data/definitions/${id}.html)`).join(', ')] as const]),
    ...(rule.owasp.length === 0 ? [] : [['OWASP Top 10', rule.owasp.join(', ')] as const]),
    ...(rule.aliases.length === 0 ? [] : [['known elsewhere as', rule.aliases.join(', ')] as const]),
    ['looks at', [...source.roles].sort().join(', ')],
    ...(source.replaces.length === 0 ? [] : [['speaks instead of', source.replaces.join(', ')] as const]),
  ];
  const { bad, good } = examplesOf(file);
  const sections = [
    `# ${rule.id}`,
    `${rule.title}.`,
    ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${cell(value)} |`)].join('\n'),
    `## What goes wrong\n\n${prose(rule.message)}`,
    `## How to fix it\n\n${prose(rule.remediation)}`,
    ...(bad === undefined ? [] : [`## Reported\n\n${code(bad)}\n\n${fenced('text', await reportOn(bad, rule.id, pack))}`]),
    ...(good === undefined ? [] : [`## Not reported\n\n${code(good)}`]),
    ...(source.notes === undefined ? [] : [`## Scope\n\n${prose(source.notes)}`]),
    ...(rule.references.length === 0 ? [] : [`## References\n\n${rule.references.map((uri) => `- <${uri}>`).join('\n')}`]),
    `## Accept one finding\n\n${fenced('python', `# ratel: ignore[${rule.id}] the reason`)}`,
  ];
  return `${NOTICE}\n${sections.join('\n\n')}\n`;
}

/** Text of a rule as Markdown: placeholders stand out, and what looks like HTML is not. */
function prose(text: string): string {
  return text
    .replaceAll(/\{(\w+)\}/g, '*$1*')
    .replaceAll(/(`[^`]*`)|([<>])/g, (_, quoted: string | undefined, sign: string) => quoted ?? (sign === '<' ? '&lt;' : '&gt;'));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

const LANGUAGES: Readonly<Record<string, string>> = {
  py: 'python',
  html: 'html',
  yml: 'yaml',
  yaml: 'yaml',
  toml: 'toml',
  json: 'json',
  cfg: 'ini',
  ini: 'ini',
  sh: 'sh',
  conf: 'nginx',
};

function code(example: RuleExample): string {
  return example.files
    .map(({ path, text }) => {
      const language = LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? (path.endsWith('Dockerfile') ? 'dockerfile' : 'text');
      return `\`${path}\`\n\n${fenced(language, text.trimEnd())}`;
    })
    .join('\n\n');
}

/** A block whose fence is longer than any in the text. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`{3,}/gm)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
