import pc from 'picocolors';
import { UserError } from '../../util/user-error.ts';
import type { ExplainArguments } from '../command-line.ts';
import { configurationFor, packFolders } from '../configuration.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { type KnownRule, knownRules, rulesNamed } from '../known-rules.ts';
import { type RuleExample, shippedExamples } from '../rule-examples.ts';
import { print } from '../streams.ts';
import { type Look, lookOf } from '../terminal.ts';
import { wrap } from '../wrap.ts';
import { explainFlow } from './explain-flow.ts';

/** Width when the terminal's is unknown, and the widest that reads well. */
const DEFAULT_WIDTH = 100;
const MIN_WIDTH = 40;

/** `ratel explain RULE`, `ratel explain --flow PATH:LINE`. @throws UserError for an unknown rule, with the nearest */
export async function runExplain(args: ExplainArguments): Promise<ExitCode> {
  if (args.flow !== undefined && args.rule !== undefined) throw new UserError(`Give either a rule or --flow, not both.`);
  if (args.flow !== undefined) return explainFlow(args, args.flow);
  if (args.rule === undefined) throw new UserError('`ratel explain` needs a rule: its id, code or alias; or --flow PATH:LINE.');
  const wanted = args.rule;
  const config = await configurationFor(process.cwd(), args, process.cwd());
  const rules = await knownRules(packFolders(args.rules, config, process.cwd()));
  const look = lookOf(process.stdout, args.color, process.env);
  print(
    `${rulesNamed(rules, wanted)
      .map((rule) => explanation(rule, look))
      .join('\n\n')}\n`,
  );
  return EXIT.clean;
}

function explanation({ description: rule, notes }: KnownRule, look: Look): string {
  const paint = pc.createColors(look.color);
  const width = Math.max(MIN_WIDTH, Math.min(look.width || DEFAULT_WIDTH, DEFAULT_WIDTH));
  const section = (title: string, text: string): readonly string[] => ['', paint.bold(title), ...wrap(text, width, '  ')];
  const facts = [
    `${rule.severity}, confidence ${rule.confidence}`,
    rule.profile === 'default' ? 'on by default' : `on with --profile ${rule.profile}`,
    ...(rule.securitySeverity === undefined ? [] : [`security severity ${rule.securitySeverity.toFixed(1)}`]),
    ...rule.cwe.map((id) => `CWE-${id}`),
    ...rule.owasp.map((id) => `OWASP ${id}`),
  ];
  const { bad, good } = shippedExamples(rule.id);
  return [
    `${paint.bold(rule.id)} ${paint.dim(`(${rule.code}, ${rule.family})`)}`,
    ...wrap(rule.title, width, '  '),
    ...wrap(facts.join(' · '), width, '  '),
    ...(rule.aliases.length === 0
      ? []
      : wrap(`Known elsewhere as ${rule.aliases.join(', ')}; --select, --ignore and suppressions take these names too.`, width, '  ')),
    ...section('What is wrong', withoutPlaceholders(rule.message)),
    ...section('How to mend it', rule.remediation),
    ...(notes === undefined ? [] : section('Scope', notes)),
    ...(bad === undefined ? [] : ['', paint.bold('Reported'), ...code(bad, look)]),
    ...(good === undefined ? [] : ['', paint.bold('Not reported'), ...code(good, look)]),
    ...(rule.references.length === 0 && rule.helpUri === '' ? [] : ['', paint.bold('Read more')]),
    ...[...(rule.helpUri === '' ? [] : [rule.helpUri]), ...rule.references].map((uri) => `  ${uri}`),
    ...section('To accept one finding', 'Put this on its line or on the line above, with your reason:'),
    `  # ratel: ignore[${rule.id}] reason`,
  ].join('\n');
}

/** `{name}` stands for a part of the code that a finding is about; here there is none. */
function withoutPlaceholders(message: string): string {
  return message.replaceAll(/\{(\w+)\}/g, '‹$1›');
}

function code(example: RuleExample, look: Look): readonly string[] {
  const paint = pc.createColors(look.color);
  const lines: string[] = [];
  for (const { path, text, reported } of example.files) {
    if (example.files.length > 1) lines.push(`  ${paint.dim(path)}`);
    text
      .trimEnd()
      .split('\n')
      .forEach((line, index) => {
        const isReported = reported.includes(index + 1);
        lines.push(
          `  ${isReported ? paint.red('▸') : ' '} ${paint.dim(String(index + 1).padStart(3))} ${paint.dim('│')} ${line}`.trimEnd(),
        );
      });
  }
  return lines;
}
