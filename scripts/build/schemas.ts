import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BASELINE_SCHEMA } from '../../src/findings/baseline-schema.ts';
import { factsSchema, modelSchema, ruleSchema } from '../../src/rules/schema.ts';
import { CONFIG_SCHEMA } from '../../src/source/config-schema.ts';
import { ROOT } from './root.ts';

/** The schemas that editors and tests use, by file name. Their source is the code that reads those files. */
const SCHEMAS: Readonly<Record<string, () => unknown>> = {
  'rule.schema.json': ruleSchema,
  'facts.schema.json': factsSchema,
  'model.schema.json': modelSchema,
  'baseline.schema.json': () => BASELINE_SCHEMA,
  'ratel-config.schema.json': () => CONFIG_SCHEMA,
};

function texts(): readonly (readonly [path: string, text: string])[] {
  return Object.entries(SCHEMAS).map(([name, make]) => [`schema/${name}`, `${JSON.stringify(make(), null, 2)}\n`]);
}

/** Writes every schema into `schema/`. */
export async function writeSchemas(): Promise<void> {
  mkdirSync(`${ROOT}/schema`, { recursive: true });
  for (const [path, text] of texts()) writeFileSync(`${ROOT}/${path}`, text);
}

/** The schema files, relative to the repository, that differ from what the sources say. */
export async function staleSchemas(): Promise<readonly string[]> {
  return texts()
    .filter(([path, text]) => !existsSync(`${ROOT}/${path}`) || readFileSync(`${ROOT}/${path}`, 'utf8') !== text)
    .map(([path]) => path);
}
