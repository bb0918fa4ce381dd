import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../src/util/nearest.ts';
import { UserError } from '../../src/util/user-error.ts';
import { NEAR_MISS, ruleTemplate, wrongCode } from './template.ts';

export interface CreatedRule {
  readonly id: string;
  readonly folder: string;
}

/**
 * Makes the folder of a new rule, with everything that the gate wants and nothing that it accepts yet.
 * @param rules the folder of all rules
 * @param name `family/rule-id`; the family may be new
 * @throws UserError for a name that is no name, or is taken
 */
export function createRule(rules: string, name: string): CreatedRule {
  const families = readdirSync(rules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'models' && !entry.name.startsWith('_'))
    .map((entry) => entry.name);
  const [, family = '', id = ''] = /^([a-z][a-z0-9-]*)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)+)$/.exec(name) ?? [];
  if (id === '') {
    throw new UserError(
      `“${name}” is not FAMILY/RULE-ID, such as flask/debug-page-shown.${didYouMean(name, families)} Families: ${families.join(', ')}. The id is in lower case with dashes and names what is bad.`,
    );
  }
  const taken = families.find((other) => existsSync(join(rules, other, id)));
  if (taken !== undefined) throw new UserError(`The rule ${id} is there already, in ${join(rules, taken, id)}.`);

  const folder = join(rules, family, id);
  for (const part of ['bad_1', 'good_1']) mkdirSync(join(folder, 'fixtures', part), { recursive: true });
  writeFileSync(join(folder, 'rule.json'), ruleTemplate(id, nextCode(rules, families, family)));
  writeFileSync(join(folder, 'fixtures', 'bad_1', 'app.py'), wrongCode(id));
  writeFileSync(join(folder, 'fixtures', 'good_1', 'app.py'), NEAR_MISS);
  return { id, folder };
}

const NEW_FAMILY = 'NEW';

/** The prefix that most rules of the family have, with the first number above all numbers of that prefix. */
function nextCode(rules: string, families: readonly string[], family: string): string {
  const codes = families.flatMap((other) =>
    codesIn(join(rules, other)).map((code) => ({ family: other, prefix: code.slice(0, -3), number: Number(code.slice(-3)) })),
  );
  const counts = new Map<string, number>();
  for (const code of codes) if (code.family === family) counts.set(code.prefix, (counts.get(code.prefix) ?? 0) + 1);
  const prefix = [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? NEW_FAMILY;
  const highest = Math.max(100, ...codes.filter((code) => code.prefix === prefix).map((code) => code.number));
  return `${prefix}${String(highest + 1).padStart(3, '0')}`;
}

function codesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name, 'rule.json');
    return existsSync(file) ? (/"code":\s*"([A-Z]{2,5}[0-9]{3})"/.exec(readFileSync(file, 'utf8'))?.slice(1, 2) ?? []) : [];
  });
}
