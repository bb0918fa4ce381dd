import { BASELINE_SCHEMA } from '../../src/findings/baseline-schema.ts';
import { modelSchema } from '../../src/rules/model-schema.ts';
import { factsSchema, ruleSchema } from '../../src/rules/schema.ts';
import { CONFIG_SCHEMA } from '../../src/source/config-schema.ts';

/** The schemas whose source is the code that reads such files, by path; editors and the npm package use the files. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const schemas: Readonly<Record<string, unknown>> = {
    'baseline.schema.json': BASELINE_SCHEMA,
    'facts.schema.json': factsSchema(),
    'model.schema.json': modelSchema(),
    'ratel-config.schema.json': CONFIG_SCHEMA,
    'rule.schema.json': ruleSchema(),
  };
  return new Map(Object.entries(schemas).map(([name, schema]) => [`schema/${name}`, `${JSON.stringify(schema, null, 2)}\n`]));
}
