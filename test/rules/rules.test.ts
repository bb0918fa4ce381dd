import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPackSources } from '../../src/rules/load-pack.ts';
import { testRules } from '../../src/test-rules.ts';

const RULES = join(import.meta.dirname, '../../rules');
const { rules } = await readPackSources(RULES);

describe('rules on their fixtures', () => {
  for (const { json } of rules) {
    const id = String(json.id);
    it(id, async () => {
      const report = await testRules(RULES, new Set([id]));
      expect(report.problems).toEqual([]);
    });
  }
});
