import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One small project out of a rule's fixtures. */
export interface RuleExample {
  readonly files: readonly ExampleFile[];
}
export interface ExampleFile {
  readonly path: string;
  /** Without the marks that say what is expected. */
  readonly text: string;
  /** 1-based lines that the rule reports. */
  readonly reported: readonly number[];
}

/** What shows best what a rule reports and what it leaves alone. */
export interface RuleExamples {
  readonly bad?: RuleExample;
  readonly good?: RuleExample;
}

/** The examples of a rule, which the build puts beside the program; none when run from the sources or for users' rules. */
export function shippedExamples(ruleId: string): RuleExamples {
  const file = fileURLToPath(new URL('examples.json', import.meta.url));
  if (!existsSync(file)) return {};
  const all = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, RuleExamples>>;
  return Object.hasOwn(all, ruleId) ? (all[ruleId] ?? {}) : {};
}
