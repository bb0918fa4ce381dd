/** Name and version of the baseline file. A change that old versions of ratel cannot read gets a new number. */
export const BASELINE_SCHEMA_NAME = 'ratel-baseline/1';

/** JSON Schema of a baseline file. Unknown keys are errors: a baseline is written by ratel, so they are a broken merge or a newer format. */
export const BASELINE_SCHEMA = {
  type: 'object',
  required: ['schema', 'findings'],
  additionalProperties: false,
  properties: {
    schema: { const: BASELINE_SCHEMA_NAME },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule', 'path', 'fingerprint'],
        additionalProperties: false,
        properties: {
          rule: { type: 'string', minLength: 1 },
          path: { type: 'string', minLength: 1 },
          in: { type: 'string' },
          fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
          count: { type: 'integer', minimum: 1 },
        },
      },
    },
  },
} as const;
