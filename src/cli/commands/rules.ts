import pc from 'picocolors';
import { type RuleDescription, shows } from '../../findings/rule-description.ts';
import { didYouMean } from '../../util/nearest.ts';
import { UserError } from '../../util/user-error.ts';
import type { RulesArguments } from '../command-line.ts';
import { configurationFor, packFolders } from '../configuration.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { knownRules } from '../known-rules.ts';
import { wordsOf } from '../lists.ts';
import { print } from '../streams.ts';
import { lookOf } from '../terminal.ts';
import { clip, wrap } from '../wrap.ts';

/** `ratel rules`: a table for people, or JSON. @throws UserError for an unknown family */
export async function runRules(args: RulesArguments): Promise<ExitCode> {
  const config = await configurationFor(process.cwd(), args, process.cwd());
  const all = (await knownRules(packFolders(args.rules, config, process.cwd()))).map(({ description }) => description);
  const families = wordsOf(args.family);
  refuseUnknownFamilies(families ?? [], all);
  const shown = all.filter(
    (rule) =>
      (families === undefined || families.includes(rule.family)) && (args.profile === undefined || shows(args.profile, rule.profile)),
  );
  if (args.json === true) print(`${JSON.stringify({ rules: shown.map(asJson) }, null, 2)}\n`);
  else {
    const { color, width } = lookOf(process.stdout, args.color, process.env);
    print(table(shown, color, width));
  }
  return EXIT.clean;
}

function refuseUnknownFamilies(wanted: readonly string[], rules: readonly RuleDescription[]): void {
  const known = [...new Set(rules.map((rule) => rule.family))].sort();
  for (const family of wanted) {
    if (!known.includes(family))
      throw new UserError(`There is no family of rules “${family}”.${didYouMean(family, known)} There are: ${known.join(', ')}.`);
  }
}

/** Keys are only ever added. */
function asJson(rule: RuleDescription): object {
  const { id, code, mode, profile, severity, confidence, title, family, securitySeverity, cwe, owasp, aliases, helpUri } = rule;
  return {
    id,
    code,
    mode,
    profile,
    severity,
    confidence,
    title,
    family,
    ...(securitySeverity === undefined ? {} : { securitySeverity }),
    cwe,
    owasp,
    aliases,
    ...(helpUri === '' ? {} : { helpUri }),
  };
}

function table(rules: readonly RuleDescription[], color: boolean, width: number): string {
  const paint = pc.createColors(color);
  const bySeverity = { error: paint.red, warning: paint.yellow, note: paint.cyan };
  const idWidth = Math.max(...rules.map((rule) => rule.id.length), 0);
  const lines: string[] = [];
  for (const family of [...new Set(rules.map((rule) => rule.family))].sort()) {
    const members = rules.filter((rule) => rule.family === family);
    lines.push('', paint.bold(family));
    for (const rule of members) {
      const profile = rule.profile === 'default' ? '' : ` (${rule.profile})`;
      const code = paint.dim(rule.code.padEnd(CODE_WIDTH));
      const severity = bySeverity[rule.severity];
      const room = (width > 0 ? width : Number.POSITIVE_INFINITY) - (CODE_WIDTH + idWidth + SEVERITY_WIDTH + 8) - profile.length;
      if (room < MIN_TITLE) {
        lines.push(
          `  ${code}  ${rule.id}  ${severity(rule.severity)}`,
          ...wrap(`${rule.title}${profile}`, width, ' '.repeat(CODE_WIDTH + 4)),
        );
        continue;
      }
      const title = `${clip(rule.title, room)}${profile}`;
      lines.push(`  ${code}  ${rule.id.padEnd(idWidth)}  ${severity(rule.severity.padEnd(SEVERITY_WIDTH))}  ${title}`);
    }
  }
  lines.push('', `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}; \`ratel explain ID\` tells more about one.`);
  return `${lines.slice(1).join('\n')}\n`;
}

const CODE_WIDTH = 6;
const SEVERITY_WIDTH = 7;
/** Where there is less room a title gets lines of its own: one that is cut shorter says nothing. */
const MIN_TITLE = 24;
